import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BATCH_SIZE } from '../../src/providers/caldav/limits.ts';
import type { CaldavServer } from '../support/caldav-servers.ts';
import { findCyrus, startCyrus } from '../support/cyrus-server.ts';
import { openRealContract } from './caldav-real.ts';
import { openClient } from './caldav-setup.ts';
import { providerContract } from './contract.ts';

/* Cyrus itself, from Debian's packages, as far as they are installed; `npm test` says when they are not. */

const JANE = { username: 'jane', password: 'jane-app-password' };
const PRIMARY = '/dav/calendars/user/jane/Default/';

describe.runIf(findCyrus())('Cyrus', () => {
  const cleanup = new AsyncDisposableStack();
  let server: CaldavServer;

  beforeAll(async () => {
    server = await startCyrus(JANE, cleanup);
  });
  afterAll(() => cleanup.disposeAsync());

  providerContract('Cyrus', () => openRealContract(server, JANE, PRIMARY), {
    batchSize: BATCH_SIZE,
    idempotency: 'if-none-match',
    calendarCreation: true,
    incremental: true,
    cost: { create: 1, update: 2, check: 1, delete: 1, lookUp: 1 },
  });

  test('is found by its address, and refuses a wrong password', async () => {
    const { login, http } = openClient();
    const signal = AbortSignal.timeout(30_000);
    const { calendars } = await login.open({ server: server.url, ...JANE }, signal);
    expect(calendars.find(({ isDefault }) => isDefault)?.id).toBe(PRIMARY);
    const wrong = login.open({ server: server.url, ...JANE, password: 'wrong' }, signal);
    await expect(wrong).rejects.toMatchObject({ code: 'password_refused' });
    await http.close();
  });
});
