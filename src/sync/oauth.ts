import type { CalendarKind } from './provider.ts';

/** Access as the provider grants it. `refreshToken` is `null` when the answer carried none: keep the old one. */
export interface TokenSet {
  accessToken: string;
  refreshToken: string | null;
  accessExpiresAt: Date;
  /** Set when the person granted access for a limited time only. */
  refreshExpiresAt: Date | null;
}

/** What a finished consent gives us. */
export interface Grant {
  tokens: TokenSet & { refreshToken: string };
  /** Stable id of the account at the provider (OpenID Connect `sub`); the e-mail may change, this never does. */
  accountId: string;
  accountEmail: string;
  /** The scopes that were really granted, as the provider lists them. */
  scopes: string[];
}

export interface AuthorizationRequest {
  state: string;
  nonce: string;
  /** PKCE verifier; the S256 challenge made from it goes into the address. */
  codeVerifier: string;
  calendar: CalendarKind;
  /** Our events are in a calendar of this kind until now: access to it is needed to take them out. */
  formerCalendar: CalendarKind | null;
  /** Preselects the account when a person reconnects it; `null` shows the account chooser. */
  loginHint: string | null;
}

/** Why a consent gave nothing; these are the `?error=` codes of the settings page. */
export type GrantRefusal =
  | 'access_denied'
  | 'scope_missing'
  | 'admin_consent_required'
  | 'provider_unavailable'
  | 'provider_error';

/** The person, their administrator or the provider said no. Nothing was stored. */
export class GrantRefused extends Error {
  readonly code: GrantRefusal;

  constructor(code: GrantRefusal, options?: ErrorOptions) {
    super(`consent gave no access: ${code}`, options);
    this.name = 'GrantRefused';
    this.code = code;
  }
}

/** What the engine needs of a grant, however it was given. */
export interface ProviderGrants {
  /** @throws {ProviderFailure} `reauth_required` (dead grant), `operator_error` (our credentials), `retry_later`. */
  refresh(refreshToken: string, signal: AbortSignal): Promise<TokenSet>;

  /**
   * Takes the grant back at the provider; an already dead one counts as done.
   * @throws {ProviderFailure} `retry_later` when the provider could not be reached.
   */
  revoke(refreshToken: string, signal: AbortSignal): Promise<void>;
}

/** The OAuth 2.0 side of a provider (RFC 6749, PKCE of RFC 7636, OpenID Connect Core 1.0). */
export interface ProviderOAuth extends ProviderGrants {
  /**
   * Where an administrator of the person's organisation allows our app for everybody in it; `null` where the provider
   * knows no such thing. The browser comes back to our callback without `code` and `error`.
   */
  readonly adminConsentUrl: string | null;

  /** Where the browser is sent. */
  authorizationUrl(request: AuthorizationRequest): Promise<string>;

  /**
   * Exchanges the callback's code, checks the ID token (issuer, audience, nonce, signature) and the granted scopes.
   * @param callbackUrl the address that the browser came back to, with its query
   * @throws {GrantRefused}
   */
  exchange(
    callbackUrl: URL,
    expected: Pick<AuthorizationRequest, 'state' | 'nonce' | 'codeVerifier' | 'calendar'>,
    signal: AbortSignal,
  ): Promise<Grant>;
}
