import { authenticate } from './access.ts';
import { ApiError, errorBody } from './api-error.ts';
import type { Answer } from '../kit/delivery.ts';
import type { JsonObject } from '../kit/json.ts';
import type { World } from './world.ts';

/** `GET /.well-known/openid-configuration` (OpenID Connect Discovery section 3). */
export function discoveryAnswer(world: World): Answer {
  const { url } = world;
  return json({
    issuer: url,
    authorization_endpoint: `${url}/o/oauth2/v2/auth`,
    token_endpoint: `${url}/token`,
    revocation_endpoint: `${url}/revoke`,
    userinfo_endpoint: `${url}/v1/userinfo`,
    jwks_uri: `${url}/oauth2/v3/certs`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: ['aud', 'email', 'email_verified', 'exp', 'iat', 'iss', 'name', 'sub'],
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
  });
}

/** `GET /oauth2/v3/certs`: the public key as a JWK set. */
export async function certsAnswer(world: World): Promise<Answer> {
  const { publicJwk } = await world.signingKey();
  return json({ keys: [publicJwk as JsonObject] });
}

/** `GET /v1/userinfo` (OpenID Connect) and `GET /oauth2/v2/userinfo` (Google's older form). */
export function userInfoAnswer(world: World, authorization: string | undefined, older: boolean): Answer {
  try {
    const token = authenticate(world.state, authorization, world.clock.now().getTime());
    const account = world.state.accounts.get(token.email);
    const withEmail = token.scopes.some((scope) => scope.endsWith('/userinfo.email'));
    const sub = account?.sub ?? '';
    const name = token.scopes.some((scope) => scope.endsWith('/userinfo.profile')) ? { name: account?.name ?? '' } : {};
    if (older) return json({ id: sub, ...(withEmail ? { email: token.email, verified_email: true } : {}), ...name });
    return json({ sub, ...(withEmail ? { email: token.email, email_verified: true } : {}), ...name });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return json(errorBody(error), error.status);
  }
}

/** `GET /tokeninfo?access_token=…` */
export function tokenInfoAnswer(world: World, accessToken: string | null): Answer {
  const token = world.state.accessTokens.get(accessToken ?? '');
  const leftMs = token ? token.expiresAt - world.clock.now().getTime() : 0;
  if (!token || leftMs <= 0) return json({ error: 'invalid_token', error_description: 'Invalid Value' }, 400);
  return json({
    azp: token.clientId,
    aud: token.clientId,
    sub: world.state.accounts.get(token.email)?.sub ?? '',
    scope: token.scopes.join(' '),
    exp: String(Math.floor(token.expiresAt / 1000)),
    expires_in: String(Math.floor(leftMs / 1000)),
    email: token.email,
    email_verified: 'true',
  });
}

function json(body: JsonObject, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=UTF-8' }, body: JSON.stringify(body) };
}
