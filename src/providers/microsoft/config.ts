import type { ProviderLimits } from '../../sync/provider.ts';

/** Where Microsoft is and who we are there. All addresses are https, or http on loopback (simulator, tests). */
export interface MicrosoftConfig {
  clientId: string;
  clientSecret: string;
  /** Registered with Entra ID, equal to the letter. */
  redirectUri: string;
  /** Tenant included, without a slash at the end: `https://login.microsoftonline.com/common`. */
  authorityUrl: string;
  /** Root of Microsoft Graph with its version, without a slash at the end: `https://graph.microsoft.com/v1.0`. */
  graphBaseUrl: string;
  /** What the operator's own app may do; Microsoft's standard when left out. */
  limits?: ProviderLimits;
}

/** The addresses that the server itself calls, for the HTTP client's list. */
export function microsoftEndpoints(config: MicrosoftConfig): string[] {
  return [config.authorityUrl, config.graphBaseUrl];
}
