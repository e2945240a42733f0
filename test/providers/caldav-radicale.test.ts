import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BATCH_SIZE } from '../../src/providers/caldav/limits.ts';
import { findServer, startRadicale, type CaldavServer } from '../support/caldav-servers.ts';
import { openRealContract, ownersProgram } from './caldav-real.ts';
import { openClient } from './caldav-setup.ts';
import { providerContract } from './contract.ts';

/* Radicale itself, from Debian's package, as far as it is installed; `npm test` says when it is not. */

const JANE = { username: 'jane@dav.example', password: 'jane-app-password' };
const PRIMARY = '/jane%40dav.example/personal/';

describe.runIf(findServer('radicale'))('Radicale', () => {
  const cleanup = new AsyncDisposableStack();
  let server: CaldavServer;

  beforeAll(async () => {
    server = await startRadicale({ [JANE.username]: JANE.password }, cleanup);
    const program = ownersProgram(server, JANE);
    await program.makeCalendar(PRIMARY);
    await program.close();
  });
  afterAll(() => cleanup.disposeAsync());

  providerContract('Radicale', () => openRealContract(server, JANE, PRIMARY), {
    batchSize: BATCH_SIZE,
    idempotency: 'if-none-match',
    calendarCreation: true,
    incremental: true,
    cost: { create: 1, update: 2, check: 1, delete: 1, lookUp: 1 },
  });

  test.each([
    ['the address', () => server.url],
    ['the address of the account', () => `${server.url}/jane@dav.example/`],
  ])('is found by %s, and refuses a wrong password', async (_, address) => {
    const { login, http } = openClient();
    const signal = AbortSignal.timeout(30_000);
    const { grant, calendars } = await login.open({ server: address(), ...JANE }, signal);
    expect(grant.accountEmail).toBe(JANE.username);
    expect(calendars.find(({ isDefault }) => isDefault)?.id).toBe(PRIMARY);
    const wrong = login.open({ server: address(), ...JANE, password: 'wrong' }, signal);
    await expect(wrong).rejects.toMatchObject({ code: 'password_refused' });
    await http.close();
  });
});
