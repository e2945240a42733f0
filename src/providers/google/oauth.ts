import * as client from 'openid-client';
import { SECOND } from '../../base/time.ts';
import {
  GrantRefused,
  type AuthorizationRequest,
  type Grant,
  type ProviderOAuth,
  type TokenSet,
} from '../../sync/oauth.ts';
import { ProviderFailure, type CalendarKind } from '../../sync/provider.ts';
import { checkedEndpoint } from '../kit/endpoint.ts';
import { AnswerLost, NotSent } from '../kit/http-failure.ts';
import { oauthFetch } from '../kit/oauth-fetch.ts';
import { retryAfterMs } from '../kit/retry-after.ts';
import type { GoogleDeps } from './api.ts';
import type { GoogleConfig } from './config.ts';
import { grantRefused, refreshFailure } from './oauth-errors.ts';

/** One calendar scope for each kind of target: https://developers.google.com/workspace/calendar/api/auth */
const CALENDAR_SCOPE: Record<CalendarKind, string> = {
  primary: 'https://www.googleapis.com/auth/calendar.events.owned',
  dedicated: 'https://www.googleapis.com/auth/calendar.app.created',
};

/** Google states 3,600 s in every answer; this only covers an answer without the number. */
const DEFAULT_LIFETIME_S = 3_600;

type TokenAnswer = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

/** OAuth 2.0 and OpenID Connect at Google. @throws {UnsafeEndpoint} when an address is not one that we may use */
export function createGoogleOAuth(config: GoogleConfig, deps: GoogleDeps): ProviderOAuth {
  const insecure = [config.authUrl, config.tokenUrl, config.revokeUrl, config.jwksUrl]
    .map(checkedEndpoint)
    .some((url) => url.protocol === 'http:');
  return { adminConsentUrl: null, authorizationUrl, exchange, refresh, revoke };

  async function authorizationUrl(request: AuthorizationRequest): Promise<string> {
    const url = client.buildAuthorizationUrl(configuration(config.issuer), {
      redirect_uri: config.redirectUri,
      scope: scopesFor(request).join(' '),
      state: request.state,
      nonce: request.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(request.codeVerifier),
      code_challenge_method: 'S256',
      // Without both, a person who connects again gets no refresh token.
      access_type: 'offline',
      prompt: request.loginHint === null ? 'consent select_account' : 'consent',
      ...(request.loginHint === null ? {} : { login_hint: request.loginHint }),
    });
    return url.href;
  }

  async function exchange(
    callbackUrl: URL,
    expected: Pick<AuthorizationRequest, 'state' | 'nonce' | 'codeVerifier' | 'calendar'>,
    signal: AbortSignal,
  ): Promise<Grant> {
    try {
      const answer = await withEitherIssuer(signal, (setting) =>
        client.authorizationCodeGrant(setting, asRegistered(callbackUrl), {
          expectedState: expected.state,
          expectedNonce: expected.nonce,
          pkceCodeVerifier: expected.codeVerifier,
          idTokenExpected: true,
        }),
      );
      return toGrant(answer, CALENDAR_SCOPE[expected.calendar]);
    } catch (error) {
      throw grantRefused(error);
    }
  }

  async function refresh(refreshToken: string, signal: AbortSignal): Promise<TokenSet> {
    try {
      return toTokens(await withEitherIssuer(signal, (setting) => client.refreshTokenGrant(setting, refreshToken)));
    } catch (error) {
      throw refreshFailure(error, deps.clock.now());
    }
  }

  /** 400 says that the token was dead already. No credentials: whoever holds a token may give it up. */
  async function revoke(refreshToken: string, signal: AbortSignal): Promise<void> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ token: refreshToken }).toString();
    try {
      const answer = await deps.http.send({ method: 'POST', url: config.revokeUrl, headers, body }, signal);
      if (answer.status === 200 || answer.status === 400) return;
      const passing = answer.status === 429 || answer.status >= 500;
      if (!passing) throw new ProviderFailure({ kind: 'operator_error', code: 'revocation_refused' });
      const afterMs = retryAfterMs(answer.headers['retry-after'], deps.clock.now());
      throw new ProviderFailure({ kind: 'retry_later', code: 'revocation_unavailable', afterMs, scope: 'connection' });
    } catch (error) {
      if (!(error instanceof NotSent || error instanceof AnswerLost)) throw error;
      const failure = { kind: 'retry_later', code: error.code, afterMs: null, scope: 'connection' } as const;
      throw new ProviderFailure(failure, { cause: error });
    }
  }

  /**
   * Google signs ID tokens as `https://accounts.google.com` or as `accounts.google.com`
   * (https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken). A code is good for one
   * exchange only, so the second reading gets the first answer again instead of asking twice.
   */
  async function withEitherIssuer(
    signal: AbortSignal,
    grant: (setting: client.Configuration) => Promise<TokenAnswer>,
  ): Promise<TokenAnswer> {
    const ask = oauthFetch(deps.http, signal);
    let answer: Response | null = null;
    const recorded: client.CustomFetch = async (url, options) => {
      if (url !== new URL(config.tokenUrl).href) return ask(url, options);
      answer ??= await ask(url, options);
      return answer.clone();
    };
    try {
      return await grant(configuration(config.issuer, recorded));
    } catch (error) {
      if (!answer || !namesOtherIssuer(error)) throw error;
      return await grant(configuration(bareIssuer(config.issuer), recorded));
    }
  }

  function configuration(issuer: string, fetch?: client.CustomFetch): client.Configuration {
    const server: client.ServerMetadata = {
      issuer,
      authorization_endpoint: config.authUrl,
      token_endpoint: config.tokenUrl,
      jwks_uri: config.jwksUrl,
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
   * Behind a proxy our own idea of the address may differ from the registered one, which Google compares to the letter.
   * `iss` (RFC 9207) is checked here, in both spellings.
   */
  function asRegistered(callbackUrl: URL): URL {
    const url = new URL(config.redirectUri);
    for (const [name, value] of callbackUrl.searchParams) url.searchParams.append(name, value);
    const issuers = url.searchParams.getAll('iss');
    if (issuers.some((iss) => iss !== config.issuer && iss !== bareIssuer(config.issuer))) {
      throw new GrantRefused('provider_error');
    }
    url.searchParams.delete('iss');
    return url;
  }

  function toGrant(answer: TokenAnswer, calendarScope: string): Grant {
    const scopes = (answer.scope ?? '').split(' ').filter((scope) => scope !== '');
    if (!scopes.includes(calendarScope)) throw new GrantRefused('scope_missing');
    const claims = answer.claims();
    const email = claims?.['email'];
    if (!claims || typeof email !== 'string') throw new GrantRefused('scope_missing');
    const tokens = toTokens(answer);
    if (tokens.refreshToken === null) throw new GrantRefused('provider_error');
    return {
      tokens: { ...tokens, refreshToken: tokens.refreshToken },
      accountId: claims.sub,
      accountEmail: email,
      scopes,
    };
  }

  function toTokens(answer: TokenAnswer): TokenSet {
    const now = deps.clock.now().getTime();
    const limited = Number(answer['refresh_token_expires_in'] ?? Number.NaN);
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? null,
      accessExpiresAt: new Date(now + (answer.expires_in ?? DEFAULT_LIFETIME_S) * SECOND),
      refreshExpiresAt: Number.isFinite(limited) ? new Date(now + limited * SECOND) : null,
    };
  }
}

function scopesFor({ calendar, formerCalendar }: AuthorizationRequest): string[] {
  const former = formerCalendar === null || formerCalendar === calendar ? [] : [CALENDAR_SCOPE[formerCalendar]];
  return ['openid', 'email', CALENDAR_SCOPE[calendar], ...former];
}

function bareIssuer(issuer: string): string {
  return issuer.replace(/^https?:\/\//, '');
}

function namesOtherIssuer(error: unknown): boolean {
  if (!(error instanceof client.ClientError) || error.code !== 'OAUTH_JWT_CLAIM_COMPARISON_FAILED') return false;
  const mismatch = error.cause instanceof Error ? error.cause.cause : null;
  return typeof mismatch === 'object' && mismatch !== null && 'claim' in mismatch && mismatch.claim === 'iss';
}
