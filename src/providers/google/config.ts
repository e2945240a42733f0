import type { ProviderLimits } from '../../sync/provider.ts';

/** Where Google is and who we are there. All addresses are https, or http on loopback (simulator, tests). */
export interface GoogleConfig {
  clientId: string;
  clientSecret: string;
  /** Registered with Google, equal to the letter. */
  redirectUri: string;
  authUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  /** Public keys of the ID tokens' signatures. */
  jwksUrl: string;
  /** `iss` of ID tokens. */
  issuer: string;
  /** Root of the Calendar API, without a slash at the end: `https://www.googleapis.com`. */
  apiBaseUrl: string;
  /** Quota of the operator's own Google Cloud project; Google's standard when left out. */
  limits?: ProviderLimits;
}

/** The addresses that the server itself calls, for the HTTP client's list (the browser alone opens `authUrl`). */
export function googleEndpoints(config: GoogleConfig): string[] {
  return [config.tokenUrl, config.revokeUrl, config.jwksUrl, config.apiBaseUrl];
}
