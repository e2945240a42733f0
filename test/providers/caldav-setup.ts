import { vi } from 'vitest';
import {
  startCaldavSimulator,
  type CaldavSimulator,
  type CaldavSimulatorOptions,
} from '../../simulator/caldav/server.ts';
import { systemClock } from '../../src/base/time.ts';
import { createCaldavLogin } from '../../src/providers/caldav/login.ts';
import { createCaldavProvider } from '../../src/providers/caldav/provider.ts';
import { createAddressGuard, type AddressGuard } from '../../src/providers/kit/address-guard.ts';
import { createHttpClient, type HttpClient } from '../../src/providers/kit/http-client.ts';
import type { Login, OpenedAccount, ProviderLogin } from '../../src/sync/login.ts';
import type { CalendarProvider, CalendarSession } from '../../src/sync/provider.ts';
import { loadZones } from '../../src/zones/zones.ts';

export const JANE = { user: 'jane@dav.example', password: 'jane-app-password', name: 'Jane Doe' };

export const zones = loadZones();

/** Our side of CalDAV, without a server. */
export interface CaldavClient {
  http: HttpClient;
  login: ProviderLogin;
  provider: CalendarProvider;
}

/** Calls servers on this machine, unless a guard says otherwise; gives up on an answer after ten seconds. */
export function openClient(guard?: AddressGuard, totalTimeoutMs = 10_000): CaldavClient {
  const endpoints = guard ?? createAddressGuard({ allowPrivate: true });
  const http = createHttpClient({ endpoints, totalTimeoutMs });
  const deps = { http, clock: systemClock };
  return {
    http,
    login: createCaldavLogin({ ...deps, findService: async () => [] }),
    provider: createCaldavProvider({ ...deps, zones }),
  };
}

/** A simulated server with Jane's account, and our side of it. */
export interface CaldavSetup extends CaldavClient {
  simulator: CaldavSimulator;
  jane: Login;
  account: OpenedAccount;
  /** Jane's account with a calendar of our own in it. */
  session: CalendarSession;
  close(): Promise<void>;
}

export async function openCaldav(options: Partial<CaldavSimulatorOptions> = {}): Promise<CaldavSetup> {
  const simulator = await startCaldavSimulator({ accounts: [JANE], ...options });
  const client = openClient();
  const jane = { server: simulator.url, username: JANE.user, password: JANE.password };
  const signal = AbortSignal.timeout(10_000);
  const account = await client.login.open(jane, signal);
  const { accessToken } = account.grant.tokens;
  const { id: calendarId } = await client.provider.openCalendar(accessToken, 'dedicated', 'VALClean', signal);
  return {
    ...{ ...client, simulator, jane, account, session: { accessToken, calendarId } },
    async close() {
      await client.http.close();
      await simulator.close();
    },
  };
}

/** Resolves once a fault has been played as often as it was meant to. */
export async function played(simulator: CaldavSimulator, faultId: string): Promise<void> {
  await vi.waitUntil(() => simulator.faults.list().every(({ id }) => id !== faultId), { timeout: 10_000, interval: 5 });
}
