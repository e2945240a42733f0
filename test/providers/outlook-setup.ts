import { vi } from 'vitest';
import {
  startMicrosoftSimulator,
  type MicrosoftSimulator,
  type MicrosoftSimulatorOptions,
} from '../../simulator/microsoft/server.ts';
import { systemClock, type Clock } from '../../src/base/time.ts';
import { createHttpClient, type HttpClient } from '../../src/providers/kit/http-client.ts';
import { microsoftEndpoints, type MicrosoftConfig } from '../../src/providers/microsoft/config.ts';
import { createMicrosoftOAuth } from '../../src/providers/microsoft/oauth.ts';
import { createMicrosoftProvider } from '../../src/providers/microsoft/provider.ts';
import type { Grant, ProviderOAuth } from '../../src/sync/oauth.ts';
import type { CalendarKind, CalendarProvider } from '../../src/sync/provider.ts';
import { loadZones } from '../../src/zones/zones.ts';
import { consentSecrets } from './consent-secrets.ts';

export const EMAIL = 'jane@contoso.example';
export const PERSONAL_EMAIL = 'jane@outlook.example';
/** A mailbox whose zone is far from the visits'. */
const MAILBOX_ZONE = 'America/New_York';

const REDIRECT_URI = 'http://localhost:8000/api/calendar/outlook/callback/';
const CLIENT = {
  clientId: '6f1d3c1e-0000-4000-8000-00000000c1ee',
  clientSecret: 'client-secret',
  redirectUris: [REDIRECT_URI],
};

export const zones = loadZones();

/** A simulated Microsoft with a work and a personal account, and our side of it. */
export interface OutlookSetup {
  simulator: MicrosoftSimulator;
  config: MicrosoftConfig;
  http: HttpClient;
  oauth: ProviderOAuth;
  provider: CalendarProvider;
  /** Signs somebody in, Jane at work when left out, and lets them agree to everything. */
  connect(calendar: CalendarKind, email?: string): Promise<Grant>;
  close(): Promise<void>;
}

/** @param clock of our side; the simulator's is among its options */
export async function openOutlook(
  options: Partial<MicrosoftSimulatorOptions> = {},
  clock: Clock = systemClock,
): Promise<OutlookSetup> {
  const simulator = await startMicrosoftSimulator({
    clients: [CLIENT],
    accounts: [
      { email: EMAIL, name: 'Jane Doe', timeZone: MAILBOX_ZONE },
      { email: PERSONAL_EMAIL, name: 'Jane Doe', kind: 'personal', timeZone: MAILBOX_ZONE },
    ],
    ...options,
  });
  const config: MicrosoftConfig = {
    clientId: CLIENT.clientId,
    clientSecret: CLIENT.clientSecret,
    redirectUri: REDIRECT_URI,
    authorityUrl: simulator.env['OUTLOOK_AUTHORITY_URL'] ?? '',
    graphBaseUrl: simulator.env['GRAPH_API_BASE_URL'] ?? '',
  };
  const http = createHttpClient({ endpoints: microsoftEndpoints(config), totalTimeoutMs: 10_000 });
  const oauth = createMicrosoftOAuth(config, { http, clock });
  return {
    simulator,
    config,
    http,
    oauth,
    provider: createMicrosoftProvider(config, { http, clock, zones }),
    connect: (calendar, email = EMAIL) => connect(simulator, oauth, calendar, email),
    async close() {
      await http.close();
      await simulator.close();
    },
  };
}

async function connect(
  simulator: MicrosoftSimulator,
  oauth: ProviderOAuth,
  calendar: CalendarKind,
  email: string,
): Promise<Grant> {
  const secrets = { ...consentSecrets(), calendar };
  const address = await oauth.authorizationUrl({ ...secrets, loginHint: null, formerCalendar: null });
  const callback = await simulator.authorize(address, { email });
  return oauth.exchange(new URL(callback), secrets, AbortSignal.timeout(10_000));
}

/** Resolves once a fault has been played as often as it was meant to. */
export async function played(simulator: MicrosoftSimulator, faultId: string): Promise<void> {
  await vi.waitUntil(() => simulator.faults.list().every(({ id }) => id !== faultId), { timeout: 10_000, interval: 5 });
}
