import * as client from 'openid-client';
import { z } from 'zod';
import { SECOND } from '../../base/time.ts';
import {
  GrantRefused,
  type AuthorizationRequest,
  type Grant,
  type ProviderOAuth,
  type TokenSet,
} from '../../sync/oauth.ts';
import { ProviderFailure } from '../../sync/provider.ts';
import { checkedEndpoint } from '../kit/endpoint.ts';
import { oauthFetch } from '../kit/oauth-fetch.ts';
import { readBody } from '../kit/read-body.ts';
import type { MicrosoftDeps } from './api.ts';
import { createAuthority, type Authority } from './authority.ts';
import type { MicrosoftConfig } from './config.ts';
import { grantRefused, refreshFailure } from './oauth-errors.ts';

/** What we ask people for. `Calendars.ReadWrite` reaches their own calendars only. */
const CALENDAR_SCOPE = 'Calendars.ReadWrite';
const SCOPE = `openid profile email offline_access User.Read ${CALENDAR_SCOPE}`;
/** A refresh needs to know no more of the person: no ID token, and no keys to fetch for its signature. */
const REFRESH_SCOPE = `offline_access User.Read ${CALENDAR_SCOPE}`;

/** Microsoft states 60 to 90 minutes in every answer; this only covers an answer without the number. */
const DEFAULT_LIFETIME_S = 3_600;

type TokenAnswer = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

/** Who an ID token speaks of (https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference). */
const claimsSchema = z.looseObject({
  tid: z.guid(),
  oid: z.guid(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
  name: z.string().optional(),
});

/**
 * OAuth 2.0 and OpenID Connect at Entra ID, version 2.0. Nothing is discovered: the addresses are known, and the start
 * needs no network.
 * @throws {UnsafeEndpoint} when the authority is not an address that we may use
 */
export function createMicrosoftOAuth(
  config: MicrosoftConfig,
  deps: Pick<MicrosoftDeps, 'http' | 'clock'>,
): ProviderOAuth {
  const authority = createAuthority(config.authorityUrl);
  const insecure = checkedEndpoint(authority.tokenUrl).protocol === 'http:';
  return { adminConsentUrl: adminConsentUrl(authority, config), authorizationUrl, exchange, refresh, revoke };

  async function authorizationUrl(request: AuthorizationRequest): Promise<string> {
    const url = client.buildAuthorizationUrl(configuration(authority.issuerOf('common')), {
      redirect_uri: config.redirectUri,
      scope: SCOPE,
      response_mode: 'query',
      state: request.state,
      nonce: request.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(request.codeVerifier),
      code_challenge_method: 'S256',
      // Microsoft refuses both at once.
      ...(request.loginHint === null ? { prompt: 'select_account' } : { login_hint: request.loginHint }),
    });
    return url.href;
  }

  async function exchange(
    callbackUrl: URL,
    expected: Pick<AuthorizationRequest, 'state' | 'nonce' | 'codeVerifier'>,
    signal: AbortSignal,
  ): Promise<Grant> {
    try {
      const answer = await withIssuerOfToken(signal, (setting) =>
        client.authorizationCodeGrant(setting, asRegistered(callbackUrl), {
          expectedState: expected.state,
          expectedNonce: expected.nonce,
          pkceCodeVerifier: expected.codeVerifier,
          idTokenExpected: true,
        }),
      );
      return toGrant(answer);
    } catch (error) {
      throw grantRefused(error);
    }
  }

  async function refresh(refreshToken: string, signal: AbortSignal): Promise<TokenSet> {
    try {
      const answer = await withIssuerOfToken(signal, (setting) =>
        client.refreshTokenGrant(setting, refreshToken, { scope: REFRESH_SCOPE }),
      );
      if (!grantsCalendar(scopesOf(answer))) {
        throw new ProviderFailure({ kind: 'reauth_required', code: 'scope_missing' });
      }
      return toTokens(answer);
    } catch (error) {
      throw refreshFailure(error, deps.clock.now());
    }
  }

  /**
   * Microsoft has no endpoint for it: a grant ends when its owner withdraws the consent, at
   * https://myapps.microsoft.com (work) or https://account.live.com/consent/Manage (personal). Ours ends by forgetting it.
   */
  async function revoke(): Promise<void> {}

  /**
   * The issuer of an ID token names the person's tenant, which only the token itself tells: the first reading fails on it,
   * and the second one, of the same answer, expects the issuer of just that tenant. Signature, audience, nonce and
   * lifetime are checked by then, and the keys are those that this issuer may sign with.
   */
  async function withIssuerOfToken(
    signal: AbortSignal,
    grant: (setting: client.Configuration) => Promise<TokenAnswer>,
  ): Promise<TokenAnswer> {
    const ask = oauthFetch(deps.http, signal);
    let answer: Response | null = null;
    const recorded: client.CustomFetch = async (url, options) => {
      if (url !== authority.tokenUrl) return ask(url, options);
      answer ??= await ask(url, options);
      return answer.clone();
    };
    const tenant = async (): Promise<string | null> => tenantOf(answer ? await answer.clone().text() : '');
    try {
      return await grant(configuration(authority.issuerOf('unknown'), recorded));
    } catch (error) {
      const tid = await tenant();
      if (tid === null || !authority.admits(tid)) throw error;
      const issuer = authority.issuerOf(tid);
      return grant(configuration(issuer, withKeysOf(issuer, tid, recorded)));
    }
  }

  /** A key may be bound to one issuer: that of personal accounts signs for nobody else. */
  function withKeysOf(issuer: string, tid: string, fetch: client.CustomFetch): client.CustomFetch {
    return async (url, options) => {
      const answer = await fetch(url, options);
      if (url !== authority.jwksUrl || answer.status !== 200) return answer;
      const set = readBody(keySetSchema, await answer.text());
      const keys = (set?.keys ?? []).filter((key) => (key.issuer ?? issuer).replace('{tenantid}', tid) === issuer);
      return new Response(JSON.stringify({ keys }), { status: 200, headers: { 'content-type': 'application/json' } });
    };
  }

  function configuration(issuer: string, fetch?: client.CustomFetch): client.Configuration {
    const server: client.ServerMetadata = {
      issuer,
      authorization_endpoint: authority.authorizeUrl,
      token_endpoint: authority.tokenUrl,
      jwks_uri: authority.jwksUrl,
      id_token_signing_alg_values_supported: ['RS256'],
    };
    const secret = client.ClientSecretPost(config.clientSecret);
    const setting = new client.Configuration(server, config.clientId, {}, secret);
    client.enableNonRepudiationChecks(setting);
    if (insecure) client.allowInsecureRequests(setting);
    if (fetch) setting[client.customFetch] = fetch;
    return setting;
  }

  /**
   * Behind a proxy our own idea of the address may differ from the registered one, which is compared to the letter. `iss`
   * (RFC 9207), should it ever come, names a tenant that is not known here yet; it is checked against the authority.
   */
  function asRegistered(callbackUrl: URL): URL {
    const url = new URL(config.redirectUri);
    for (const [name, value] of callbackUrl.searchParams) url.searchParams.append(name, value);
    if (url.searchParams.getAll('iss').some((iss) => !authority.isIssuer(iss)))
      throw new GrantRefused('provider_error');
    url.searchParams.delete('iss');
    return url;
  }

  function toGrant(answer: TokenAnswer): Grant {
    const scopes = scopesOf(answer);
    if (!grantsCalendar(scopes)) throw new GrantRefused('scope_missing');
    const claims = claimsSchema.safeParse(answer.claims());
    const tokens = toTokens(answer);
    if (!claims.success || tokens.refreshToken === null) throw new GrantRefused('provider_error');
    const { tid, oid, preferred_username: username, email, name } = claims.data;
    return {
      tokens: { ...tokens, refreshToken: tokens.refreshToken },
      // The same person in another tenant is another account, and names and addresses change.
      accountId: `${tid}:${oid}`.toLowerCase(),
      accountEmail: username ?? email ?? name ?? 'Microsoft account',
      scopes,
    };
  }

  function toTokens(answer: TokenAnswer): TokenSet {
    const now = deps.clock.now().getTime();
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? null,
      accessExpiresAt: new Date(now + (answer.expires_in ?? DEFAULT_LIFETIME_S) * SECOND),
      // Ninety days from its last use; each refresh gives a new one.
      refreshExpiresAt: null,
    };
  }
}

const keySetSchema = z.object({ keys: z.array(z.looseObject({ issuer: z.string().optional() })) });

/** `null` where no administrator has a say: personal accounts. */
function adminConsentUrl(authority: Authority, { clientId, redirectUri }: MicrosoftConfig): string | null {
  if (authority.adminConsentUrl === null) return null;
  const url = new URL(authority.adminConsentUrl);
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('redirect_uri', redirectUri);
  return url.href;
}

function scopesOf(answer: TokenAnswer): string[] {
  return (answer.scope ?? '').split(' ').filter((scope) => scope !== '');
}

/** Scopes come as short names or with the address of their API in front, in any order and case. */
function grantsCalendar(scopes: readonly string[]): boolean {
  return scopes.some((scope) => scope.replace(/^https:\/\/[^/]+\//, '').toLowerCase() === CALENDAR_SCOPE.toLowerCase());
}

const idTokenSchema = z.object({ id_token: z.string() });
const tenantClaimSchema = z.object({ tid: z.guid() });

/** The tenant that an ID token claims to be from. Nothing is proved by this alone. */
function tenantOf(body: string): string | null {
  const [, payload] = readBody(idTokenSchema, body)?.id_token.split('.') ?? [];
  if (payload === undefined) return null;
  return readBody(tenantClaimSchema, Buffer.from(payload, 'base64url').toString())?.tid ?? null;
}
