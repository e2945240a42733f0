import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { MAIL_CHANNEL, queueMail } from '../../src/store/mails.ts';
import { changeUser } from '../../src/use-cases/accounts/change-user.ts';
import { disconnectCalendar } from '../../src/use-cases/calendar/disconnect-calendar.ts';
import { showCalendar } from '../../src/use-cases/calendar/show-calendar.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { startMailServer, type ArrivedMail, type MailServer } from '../support/mail-server.ts';
import { calendarOf, type Rig } from '../sync/rig.ts';
import { shareRig } from '../sync/share-rig.ts';
import { mailsTo, SENDER, startMailWorker, type MailRig } from './rig.ts';

/* From the first refusal of a grant to the mail in its owner's letter box. */

let database: Database;
let rig: Rig;
let server: MailServer;
let mails: MailRig;
let admin: Caller;
let jane: Caller;
let people = 0;

shareRig((shared) => {
  ({ database, rig, admin } = shared);
});

beforeAll(async () => {
  server = await startMailServer();
  mails = startMailWorker({ database, clock: rig.clock, post: server.url });
});

afterAll(async () => {
  await mails.worker.stop();
  await server.close();
});

beforeEach(async () => {
  people += 1;
  jane = await rig.person('customer', null, `Jane Doe ${people}`);
  await rig.connect(jane);
  await rig.confirm(admin, await rig.order(jane, []));
  await rig.settle();
});

afterEach(() => {
  rig.oauth.failure = null;
  expect(mails.errors.splice(0)).toEqual([]);
});

/** The provider refuses Jane's grant, and something was to be written to her calendar. */
async function breakGrant(): Promise<void> {
  rig.oauth.failure = { kind: 'reauth_required', code: 'grant_revoked' };
  rig.google.fail({
    failure: { kind: 'reauth_required', code: 'access_token_rejected' },
    match: (_, { calendarId }) => calendarId === calendarOf(jane),
  });
  await rig.confirm(admin, await rig.order(jane, [], { startsAt: '2026-12-03T09:00:00' }));
  await rig.settle();
  rig.oauth.failure = null;
}

async function statusOf(person: Caller): Promise<string | undefined> {
  return (await showCalendar(rig.context, person)).connections[0]?.status;
}

const states = async (): Promise<string[]> => (await mailsTo(database, jane.id)).map((mail) => mail.state);

const arrivedForJane = (): ArrivedMail[] =>
  server.arrived.filter(({ email }) => email.to?.[0]?.name === `Jane Doe ${people}`);

describe('a dead grant', () => {
  it('is told to its owner, with what they need and nothing else', async () => {
    await breakGrant();
    expect(await statusOf(jane)).toBe('reauth_required');
    await mails.worker.deliverDue();
    const [mail, ...more] = arrivedForJane();
    expect(more).toEqual([]);
    const { rows } = await sql<{ email: string }>`select email from users where id = ${jane.id}`.execute(database.db);
    expect(mail?.envelope).toEqual({ from: SENDER.address, to: [rows[0]?.email] });
    expect(mail?.email).toMatchObject({
      from: SENDER,
      to: [{ name: `Jane Doe ${people}`, address: rows[0]?.email }],
      subject: 'VALClean: your Google calendar needs you to sign in again',
    });
    for (const form of [mail?.email.text, mail?.email.html]) {
      expect(form).toContain(`Hello Jane Doe ${people},`);
      expect(form).toContain(`google-${jane.id}@mail.example`);
      expect(form).toContain('http://localhost:3000/settings/calendar');
      expect(form).toContain('Nothing is lost');
      expect(form).not.toMatch(/Ring twice|Key safe|High Street|Deep clean|@valclean|grant_revoked|null|undefined/);
    }
    expect(await states()).toEqual(['sent']);
  });

  it('is told once, however often the queue is looked at', async () => {
    await breakGrant();
    await rig.settle();
    for (let i = 0; i < 3; i += 1) await mails.worker.deliverDue();
    expect(arrivedForJane()).toHaveLength(1);
  });

  it('is told at once: the same commit queues the mail and wakes the worker', async () => {
    const running = startMailWorker({ database, clock: rig.clock, post: server.url });
    const unlisten = await database.listen(MAIL_CHANNEL, () => running.worker.wake());
    running.worker.run();
    await breakGrant();
    // The clock stands still, so no sweep finds it.
    await expect.poll(() => arrivedForJane().length, { timeout: 30_000 }).toBe(1);
    await unlisten();
    await running.worker.stop();
    expect(running.errors).toEqual([]);
  });

  it('is recorded together with its mail or not at all', async () => {
    const { db } = database;
    await sql`alter table mails add constraint closed check (false) not valid`.execute(db);
    await breakGrant();
    expect(rig.errors.splice(0)).toHaveLength(1);
    expect(await statusOf(jane)).toBe('active');
    await sql`alter table mails drop constraint closed`.execute(db);
    await sql`update connections set lease_until = null where user_id = ${jane.id}`.execute(db);
    await breakGrant();
    expect(await statusOf(jane)).toBe('reauth_required');
    expect(await states()).toEqual(['queued']);
  });

  it('is told again when it dies again after reconnecting', async () => {
    await breakGrant();
    await mails.worker.deliverDue();
    await rig.connect(jane);
    await rig.settle();
    expect(await statusOf(jane)).toBe('active');
    await breakGrant();
    await mails.worker.deliverDue();
    expect(arrivedForJane()).toHaveLength(2);
    expect(new Set(arrivedForJane().map(({ email }) => email.messageId)).size).toBe(2);
  });
});

describe('no mail is sent', () => {
  afterEach(() => {
    expect(arrivedForJane()).toEqual([]);
  });

  it('when the person has reconnected in time', async () => {
    await breakGrant();
    await rig.connect(jane);
    await mails.worker.deliverDue();
    expect(await states()).toEqual(['moot']);
  });

  it('when the person has disconnected in time', async () => {
    await breakGrant();
    await disconnectCalendar(rig.context, jane, { provider: 'google', removeEvents: true, connectionId: null });
    await rig.settle();
    await mails.worker.deliverDue();
    expect(await states()).toEqual(['moot']);
  });

  it('when the person was deactivated meanwhile', async () => {
    await breakGrant();
    await changeUser(rig.context, jane.id, { isActive: false, version: null });
    await rig.settle();
    await mails.worker.deliverDue();
    expect(await states()).toEqual(['moot']);
  });

  it('when the account only has to wait', async () => {
    rig.google.fail({
      failure: { kind: 'retry_later', code: 'rate_limited', afterMs: 5000, scope: 'connection' },
      match: (_, { calendarId }) => calendarId === calendarOf(jane),
    });
    await rig.confirm(admin, await rig.order(jane, [], { startsAt: '2026-12-04T09:00:00' }));
    await rig.settle();
    await mails.worker.deliverDue();
    expect(await states()).toEqual([]);
  });
});

it('a grant that died twice before the first mail went out is told once', async () => {
  await breakGrant();
  await rig.connect(jane);
  await rig.settle();
  await breakGrant();
  await mails.worker.deliverDue();
  expect(await states()).toEqual(['moot', 'sent']);
  expect(arrivedForJane()).toHaveLength(1);
});

it('a mail of a transaction that fails was never queued', async () => {
  const [connection] = (await showCalendar(rig.context, jane)).connections;
  const failing = database.transaction(async (tx) => {
    const mail = { userId: jane.id, kind: 'reauth_required' as const, connectionId: connection?.id ?? 0, key: 'never' };
    await queueMail(tx, mail, rig.clock.now());
    throw new Error('thought better of it');
  });
  await expect(failing).rejects.toThrow('better');
  expect(await states()).toEqual([]);
});
