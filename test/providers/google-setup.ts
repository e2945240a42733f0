import { vi } from 'vitest';
import {
  startGoogleSimulator,
  type GoogleSimulator,
  type GoogleSimulatorOptions,
} from '../../simulator/google/server.ts';
import { systemClock, type Clock } from '../../src/base/time.ts';
import { createHttpClient, type HttpClient } from '../../src/providers/kit/http-client.ts';
import { googleEndpoints, type GoogleConfig } from '../../src/providers/google/config.ts';
import { createGoogleOAuth } from '../../src/providers/google/oauth.ts';
import { createGoogleProvider } from '../../src/providers/google/provider.ts';
import type { Grant, ProviderOAuth } from '../../src/sync/oauth.ts';
import type { CalendarKind, CalendarProvider } from '../../src/sync/provider.ts';
import { consentSecrets } from './consent-secrets.ts';

export const EMAIL = 'jane@example.com';

const REDIRECT_URI = 'http://127.0.0.1:8000/api/calendar/google/callback/';
const CLIENT = { clientId: 'client-1.apps.example', clientSecret: 'client-secret', redirectUris: [REDIRECT_URI] };

/** A simulated Google with one account, and our side of it. */
export interface GoogleSetup {
  simulator: GoogleSimulator;
  config: GoogleConfig;
  http: HttpClient;
  oauth: ProviderOAuth;
  provider: CalendarProvider;
  /** Signs Jane in and lets her agree to everything. */
  connect(calendar: CalendarKind): Promise<Grant>;
  close(): Promise<void>;
}

/** @param clock of our side; the simulator's is among its options */
export async function openGoogle(
  options: Partial<GoogleSimulatorOptions> = {},
  clock: Clock = systemClock,
): Promise<GoogleSetup> {
  const simulator = await startGoogleSimulator({
    port: 0,
    clients: [CLIENT],
    accounts: [{ email: EMAIL, name: 'Jane Doe', timeZone: 'America/New_York' }],
    ...options,
  });
  const config = configOf(simulator);
  const http = createHttpClient({ endpoints: googleEndpoints(config), totalTimeoutMs: 10_000 });
  const oauth = createGoogleOAuth(config, { http, clock });
  return {
    simulator,
    config,
    http,
    oauth,
    provider: createGoogleProvider(config, { http, clock }),
    connect: (calendar) => connect(simulator, oauth, calendar),
    async close() {
      await http.close();
      await simulator.close();
    },
  };
}

function configOf(simulator: GoogleSimulator): GoogleConfig {
  const env = (name: string): string => simulator.env[name] ?? '';
  return {
    clientId: CLIENT.clientId,
    clientSecret: CLIENT.clientSecret,
    redirectUri: REDIRECT_URI,
    authUrl: env('GOOGLE_AUTH_URL'),
    tokenUrl: env('GOOGLE_TOKEN_URL'),
    revokeUrl: env('GOOGLE_REVOKE_URL'),
    jwksUrl: env('GOOGLE_JWKS_URL'),
    issuer: env('GOOGLE_ISSUER'),
    apiBaseUrl: env('GOOGLE_API_BASE_URL'),
  };
}

async function connect(simulator: GoogleSimulator, oauth: ProviderOAuth, calendar: CalendarKind): Promise<Grant> {
  const secrets = { ...consentSecrets(), calendar };
  const callback = await simulator.authorize(
    await oauth.authorizationUrl({ ...secrets, loginHint: null, formerCalendar: null }),
    {
      email: EMAIL,
    },
  );
  return oauth.exchange(new URL(callback), secrets, AbortSignal.timeout(10_000));
}

/** Resolves once a fault has been played as often as it was meant to. */
export async function played(simulator: GoogleSimulator, faultId: string): Promise<void> {
  await vi.waitUntil(() => simulator.faults.list().every(({ id }) => id !== faultId), { timeout: 10_000, interval: 5 });
}
