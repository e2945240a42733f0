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
}

/** The addresses that the server itself calls, for the HTTP client's list (the browser alone opens `authUrl`). */
export function googleEndpoints(config: GoogleConfig): string[] {
  return [config.tokenUrl, config.revokeUrl, config.jwksUrl, config.apiBaseUrl];
}
