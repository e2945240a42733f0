import type { Answer } from '../kit/delivery.ts';
import type { JsonObject } from '../kit/json.ts';
import { EntraError, entraErrorBody } from './entra-error.ts';
import { SIGN_IN_SCOPES } from './scopes.ts';
import { CONSUMER_TENANT } from './state.ts';
import { findTenant } from './tenants.ts';
import type { World } from './world.ts';

// Not a template of ours: these braces stand in the real document.
const TENANT_PLACEHOLDER = '{tenantid}';

/** `GET /{tenant}/v2.0/.well-known/openid-configuration`: there is no revocation endpoint in it, as there is none. */
export function discoveryAnswer(world: World, segment: string): Answer {
  const tenant = findTenant(world.state, segment);
  if (!tenant) return json(entraErrorBody(world, new EntraError(90_002)), 400);
  const login = `${world.url}/${segment}`;
  return json({
    token_endpoint: `${login}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${login}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: [...SIGN_IN_SCOPES],
    issuer: `${world.url}/${tenant.kind === 'tenant' ? tenant.id : TENANT_PLACEHOLDER}/v2.0`,
    request_uri_parameter_supported: false,
    userinfo_endpoint: `${world.url}/oidc/userinfo`,
    authorization_endpoint: `${login}/oauth2/v2.0/authorize`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${login}/oauth2/v2.0/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'ver', 'email'],
    tenant_region_scope: null,
    cloud_instance_name: new URL(world.url).hostname,
    msgraph_host: new URL(world.url).host,
  });
}

/** `GET /{tenant}/discovery/v2.0/keys`: one key for work accounts of any tenant, another bound to the consumer tenant. */
export async function keysAnswer(world: World, segment: string): Promise<Answer> {
  const tenant = findTenant(world.state, segment);
  if (!tenant) return json(entraErrorBody(world, new EntraError(90_002)), 400);
  const [work, personal] = await Promise.all([world.signingKey('work'), world.signingKey('personal')]);
  return json({
    keys: [
      { ...work.publicJwk, issuer: `${world.url}/${TENANT_PLACEHOLDER}/v2.0` },
      { ...personal.publicJwk, issuer: `${world.url}/${CONSUMER_TENANT}/v2.0` },
    ] as JsonObject[],
  });
}

function json(body: JsonObject, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}
