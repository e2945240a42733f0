import { once } from 'node:events';
import net from 'node:net';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../src/base/loggers.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { observeMails } from '../../src/mail-metrics.ts';
import { deleteOldMails } from '../../src/store/mails.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { TestClock } from '../sync/rig.ts';
import { mailsTo, queueReauthMail, startMailWorker, type MailRig, type MailRow } from './rig.ts';

/* What becomes of a queued mail, whatever the mail server does. */

let opened: TestDatabase;
let clock: TestClock;
let server: MailServer;
let mails: MailRig;

beforeAll(async () => {
  opened = await openTestDatabase();
});

afterAll(async () => {
  await opened.close();
});

beforeEach(async () => {
  clock = new TestClock();
  server = await startMailServer();
  mails = startMailWorker({ database: opened.database, clock, post: server.url });
});

afterEach(async () => {
  await mails.worker.stop();
  await server.close();
  expect(mails.errors).toEqual([]);
  await sql`delete from mails`.execute(opened.database.db);
});

const queue = (person?: Parameters<typeof queueReauthMail>[2]): Promise<number> =>
  queueReauthMail(opened.database, clock.now(), person);

async function onlyMail(userId: number): Promise<MailRow> {
  const [mail, ...more] = await mailsTo(opened.database, userId);
  if (!mail || more.length > 0) throw new Error('not exactly one mail');
  return mail;
}

describe('a server that can not take a mail now', () => {
  it.each([
    ['recipient', 450, 'try again later'],
    ['message', 451, '4.7.1 greylisted'],
    ['message', 421, 'shutting down'],
    ['recipient', 550, '5.7.1 relaying denied'],
  ] as const)('%s %i %s: it is tried again, under the same Message-ID', async (at, code, text) => {
    server.answers.push({ at, code, text });
    const jane = await queue();
    await mails.worker.deliverDue();
    expect(await onlyMail(jane)).toMatchObject({ state: 'queued', attempts: 1, error_code: `smtp_${code}` });
    await mails.worker.deliverDue();
    expect((await onlyMail(jane)).attempts).toBe(1);
    clock.advance(MINUTE);
    await mails.worker.deliverDue();
    const mail = await onlyMail(jane);
    expect(mail).toMatchObject({ state: 'sent', attempts: 2 });
    const ids = server.arrived.map(({ email }) => email.messageId);
    expect(new Set(ids)).toEqual(new Set([`<${mail.message_id}@valclean.example>`]));
    expect(mails.events.map(({ outcome }) => outcome)).toEqual(['postponed', 'sent']);
  });

  it('is asked less and less often, never more than an hour apart', async () => {
    const jane = await queue();
    const waits: number[] = [];
    for (let i = 0; i < 16; i += 1) {
      server.answers.push({ at: 'recipient', code: 450, text: 'later' });
      await mails.worker.deliverDue();
      const { due_at: dueAt } = await onlyMail(jane);
      waits.push(dueAt.getTime() - clock.now().getTime());
      clock.advance(HOUR);
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeLessThanOrEqual(SECOND);
    expect(waits.at(-1)).toBeLessThanOrEqual(HOUR);
    expect(waits.at(-1)).toBeGreaterThan(HOUR / 3);
  });

  it('is given up after five days', async () => {
    const jane = await queue();
    clock.advance(5 * DAY - MINUTE);
    server.answers.push({ at: 'message', code: 451, text: 'later' }, { at: 'message', code: 451, text: 'later' });
    await mails.worker.deliverDue();
    expect((await onlyMail(jane)).state).toBe('queued');
    clock.advance(MINUTE);
    await mails.worker.deliverDue();
    expect(await onlyMail(jane)).toMatchObject({ state: 'failed', error_code: 'smtp_451' });
  });

  it('when nobody listens, it is tried again', async () => {
    await server.close();
    const jane = await queue();
    await mails.worker.deliverDue();
    expect(await onlyMail(jane)).toMatchObject({ state: 'queued', error_code: 'ECONNREFUSED' });
  });
});

it('a recipient or a message that is refused for good is not tried again', async () => {
  for (const at of ['recipient', 'message'] as const) {
    server.answers.push({ at, code: 550, text: '5.1.1 no such mailbox' });
    const jane = await queue();
    await mails.worker.deliverDue();
    expect(await onlyMail(jane)).toMatchObject({ state: 'failed', attempts: 1, error_code: 'smtp_550' });
  }
  expect(mails.events.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['failed', 'smtp_550'],
    ['failed', 'smtp_550'],
  ]);
});

it('sends by itself when an attempt is due again', async () => {
  server.answers.push({ at: 'recipient', code: 450, text: 'later' });
  const jane = await queue();
  mails.worker.run();
  await expect.poll(() => mails.events.length, { timeout: 30_000 }).toBe(1);
  await expect
    .poll(
      () => {
        clock.advance(SECOND);
        return server.arrived.length;
      },
      { timeout: 30_000 },
    )
    .toBe(1);
  await expect.poll(async () => (await onlyMail(jane)).state, { timeout: 30_000 }).toBe('sent');
});

it('a server that never answers is left when the worker stops, and the mail is kept', async () => {
  const sockets = new Set<net.Socket>();
  const silent = net.createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as net.AddressInfo;
  const url = `smtp://127.0.0.1:${port}`;
  const { worker, errors } = startMailWorker({ database: opened.database, clock, post: url });
  const jane = await queue();
  worker.run();
  await expect.poll(() => sockets.size, { timeout: 30_000 }).toBe(1);
  const stopped = worker.stop();
  clock.advance(MINUTE);
  await stopped;
  expect(errors).toEqual([]);
  expect(await onlyMail(jane)).toMatchObject({ state: 'queued', attempts: 1, error_code: 'EABORT' });
  for (const socket of sockets) socket.destroy();
  silent.close();
});

it('many workers send each of many mails once', async () => {
  const people = await Promise.all(Array.from({ length: 40 }, () => queue()));
  const others = Array.from({ length: 3 }, () =>
    startMailWorker({ database: opened.database, clock, post: server.url }),
  );
  await Promise.all([mails, ...others].map(({ worker }) => worker.deliverDue()));
  expect(server.arrived).toHaveLength(people.length);
  expect(new Set(server.arrived.map(({ email }) => email.messageId)).size).toBe(people.length);
  for (const { worker, errors } of others) {
    await worker.stop();
    expect(errors).toEqual([]);
  }
});

it('a worker that has lost its lease changes nothing', async () => {
  const jane = await queue();
  server.beforeAnswer = async () => {
    server.beforeAnswer = () => undefined;
    // Another worker has taken over, and waits for its turn.
    await sql`update mails set lease_token = nextval('lease_tokens')`.execute(opened.database.db);
  };
  await mails.worker.deliverDue();
  expect(await onlyMail(jane)).toMatchObject({ state: 'queued', attempts: 1 });
});

describe('names and addresses of people', () => {
  it.each([
    'Jane\r\nBcc: eve@evil.example',
    'Jane\nSubject: Hello\n\nbody',
    'Jane" <eve@evil.example>, "',
    'Jane <eve@evil.example>',
    '=?utf-8?Q?Jane=0D=0ABcc=3A_eve=40evil=2Eexample?=',
    'Jane\u2028Bcc: eve@evil.example',
    'Jane\u0000\u0007\r.\r\nQUIT',
    '<img src=x onerror=alert(1)><script>alert(2)</script>&amp;',
    'Zoë Ångström-李 👩‍👩‍👧',
    'x'.repeat(200),
    '\ud83d half an emoji',
  ])('%j stays a name', async (name) => {
    // PostgreSQL keeps neither of these; the letter must cope with what other ways bring.
    const kept = name.replaceAll('\u0000', '').toWellFormed();
    const jane = await queue({ name: kept, accountEmail: `"${kept}"@gmail.example` });
    await mails.worker.deliverDue();
    const { email: address } = await addressOf(jane);
    const [mail] = server.arrived;
    expect(mail?.envelope.to).toEqual([address]);
    const headers = mail?.email.headers.map(({ key }) => key).toSorted();
    expect(headers).toEqual(
      [
        ...['auto-submitted', 'content-type', 'date', 'from', 'list-unsubscribe', 'list-unsubscribe-post'],
        ...['message-id', 'mime-version', 'subject', 'to'],
      ].toSorted(),
    );
    expect(mail?.email.subject).toBe('VALClean: your Google calendar needs you to sign in again');
    expect(mail?.email.to?.map((to) => to.address)).toEqual([address]);
    const shown = kept.replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
    expect(mail?.email.to?.[0]?.name).toBe(shown.replaceAll('=?', '= ?'));
    expect(mail?.email.text).toContain(`Hello ${shown},\n`);
    expect(mail?.email.html).not.toMatch(/<(img|script)/);
    expect(mail?.email.html?.match(/<a /g)).toHaveLength(2);
    expect(mail?.email.attachments).toEqual([]);
  });

  it.each([
    'jane@example.com\r\nRCPT TO:<eve@evil.example>',
    'jane@example.com, eve@evil.example',
    'jane@example.com>\r\nDATA',
    'Jane <jane@example.com>',
    'jane@example.com (eve@evil.example)',
    'group:jane@example.com;',
    'jane',
  ])('%j is no address: nothing is sent', async (email) => {
    const jane = await queue({ email });
    await mails.worker.deliverDue();
    expect(await onlyMail(jane)).toMatchObject({ state: 'failed', error_code: 'invalid_address' });
    expect(server.arrived).toEqual([]);
  });
});

async function addressOf(userId: number): Promise<{ email: string }> {
  const found = await sql<{ email: string }>`select email from users where id = ${userId}`.execute(opened.database.db);
  return found.rows[0] ?? { email: '' };
}

it('logs and metrics hold neither addresses nor texts nor credentials', async () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'trace', destination: { write: (line: string) => void lines.push(line) } });
  const refusing = await startMailServer({
    allowInsecureAuth: true,
    authOptional: false,
    onAuth: (_auth, _session, callback) => callback(new Error('no entry for post-user, jane1@example.com')),
  });
  // The mail library would write its own log there.
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const url = refusing.url.replace('//', '//post-user:post-secret@');
  for (const address of [url, `${url}?logger=true&debug=true&transactionLog=true`]) {
    const { worker, events, errors } = startMailWorker({ database: opened.database, clock, post: address });
    const quentin = await queue({ name: 'Quentin Secret', email: `quentin${address.length}@secret.example` });
    await worker.deliverDue();
    expect(await onlyMail(quentin)).toMatchObject({ state: 'queued', error_code: 'smtp_535' });
    const registry = new Registry();
    const observe = observeMails(registry, logger);
    for (const event of events) observe(event);
    lines.push(await registry.metrics());
    expect(errors).toEqual([]);
    await worker.stop();
    await sql`delete from mails`.execute(opened.database.db);
  }
  expect(printed.mock.calls).toEqual([]);
  printed.mockRestore();
  const said = lines.join('\n');
  expect(said).toContain('smtp_535');
  expect(said).toContain('valclean_mails_total{kind="reauth_required",outcome="postponed"} 1');
  expect(said).not.toMatch(/post-user|post-secret|quentin|secret\.example|Hello|jane1@/i);
  await refusing.close();
});

it('credentials are given to the server that they are for', async () => {
  const seen: (string | null | undefined)[] = [];
  const closed = await startMailServer({
    allowInsecureAuth: true,
    authOptional: false,
    onAuth: ({ username, password }, _session, callback) => {
      seen.push(username, password);
      callback(null, { user: username });
    },
  });
  const url = closed.url.replace('//', '//office%40valclean.example:p%40ss%3Aword@');
  const { worker } = startMailWorker({ database: opened.database, clock, post: url });
  await queue();
  await worker.deliverDue();
  expect(seen).toEqual(['office@valclean.example', 'p@ss:word']);
  expect(closed.arrived).toHaveLength(1);
  await worker.stop();
  await closed.close();
});

it('a certificate that nobody vouches for is not trusted', async () => {
  const encrypted = await startMailServer({ secure: true, disabledCommands: [] });
  const url = `smtps://localhost:${encrypted.port}`;
  const wary = startMailWorker({ database: opened.database, clock, post: url });
  const jane = await queue();
  await wary.worker.deliverDue();
  expect((await onlyMail(jane)).state).toBe('queued');
  expect(encrypted.arrived).toEqual([]);
  clock.advance(MINUTE);
  const told = startMailWorker({ database: opened.database, clock, post: `${url}?tls.rejectUnauthorized=false` });
  await told.worker.deliverDue();
  expect((await onlyMail(jane)).state).toBe('sent');
  for (const { worker } of [wary, told]) await worker.stop();
  await encrypted.close();
});

it('what ended long ago is forgotten, what waits is not', async () => {
  const sent = await queue();
  await mails.worker.deliverDue();
  const waiting = await queue();
  await deleteOldMails(opened.database.db, new Date(clock.now().getTime() + DAY));
  expect(await mailsTo(opened.database, sent)).toEqual([]);
  expect(await mailsTo(opened.database, waiting)).toHaveLength(1);
});
