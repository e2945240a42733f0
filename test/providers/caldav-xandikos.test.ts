import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BATCH_SIZE } from '../../src/providers/caldav/limits.ts';
import { findServer, startXandikos, type CaldavServer } from '../support/caldav-servers.ts';
import { openRealContract } from './caldav-real.ts';
import { openClient } from './caldav-setup.ts';
import { providerContract } from './contract.ts';

/* Xandikos itself, from Debian's package, as far as it is installed; `npm test` says when it is not. */

const JANE = { username: 'jane', password: 'anything' };
const PRIMARY = '/user/calendars/calendar/';

describe.runIf(findServer('xandikos'))('Xandikos', () => {
  const cleanup = new AsyncDisposableStack();
  let server: CaldavServer;

  beforeAll(async () => {
    server = await startXandikos(cleanup);
  });
  afterAll(() => cleanup.disposeAsync());

  providerContract('Xandikos', () => openRealContract(server, JANE, PRIMARY), {
    batchSize: BATCH_SIZE,
    idempotency: 'if-none-match',
    calendarCreation: true,
    incremental: true,
    cost: { create: 1, update: 2, check: 1, delete: 1, lookUp: 1 },
  });

  test('is found by its address', async () => {
    const { login, http } = openClient();
    const { calendars } = await login.open({ server: server.url, ...JANE }, AbortSignal.timeout(30_000));
    expect(calendars.find(({ isDefault }) => isDefault)?.id).toBe(PRIMARY);
    await http.close();
  });
});
