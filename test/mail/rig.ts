import { createCipher, type Cipher } from '../../src/base/cipher.ts';
import { MailWorker, type MailEvent } from '../../src/mail/mail-worker.ts';
import type { Mailbox } from '../../src/mail/letter.ts';
import type { Post } from '../../src/mail/post.ts';
import { createSmtpPost } from '../../src/mail/smtp-post.ts';
import type { Clock } from '../../src/base/time.ts';
import type { Database } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { PLANNERS_HEAR_AFTER_MS } from '../../src/store/mail-planners.ts';
import { queueMail } from '../../src/store/mails.ts';
import { insertUser } from '../../src/store/users.ts';
import { renderCalendar } from '../../src/providers/ics/calendar.ts';
import { troubleOf } from '../../src/trouble-words.ts';
import { loadZones } from '../../src/zones/zones.ts';
import { startMailServer, type ArrivedMail, type MailServer } from '../support/mail-server.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

export const SENDER: Mailbox = { name: 'VALClean', address: 'office@valclean.example' };

export interface MailRig {
  worker: MailWorker;
  events: MailEvent[];
  errors: unknown[];
}

/** A mail worker over a real database, not yet running. */
export function startMailWorker(parts: {
  database: Database;
  clock: Clock;
  post: Post | string;
  cipher?: Cipher;
}): MailRig {
  const { database, clock, post, cipher = createCipher([{ id: 'test', bytes: Buffer.alloc(32, 7) }]) } = parts;
  const zones = loadZones({ only: 'bundled' });
  const heading = { name: 'VALClean', timeZone: 'Europe/London' };
  const events: MailEvent[] = [];
  const errors: unknown[] = [];
  const worker = new MailWorker({
    db: database.db,
    clock,
    random: () => 0.5,
    post: typeof post === 'string' ? createSmtpPost(post, SENDER) : post,
    desk: {
      ...{ database, clock, zones, cipher },
      settings: {
        ...{ businessName: 'VALClean', appUrl: 'http://localhost:3000' },
        ...{ syncHorizonDays: 365, overviewHorizonDays: 60 },
      },
      renderFile: (events) => renderCalendar('file', heading, events, zones),
      troubleOf,
    },
    observe: (event) => void events.push(event),
    onError: (error) => void errors.push(error),
  });
  return { worker, events, errors };
}

/** The API, an SMTP server, and the mail worker between them. */
export interface MailedServer {
  server: TestServer;
  post: MailServer;
  mails: MailRig;
  /** What arrived since the last look, and within the half minute after which those who plan are written to. */
  delivered(): Promise<ArrivedMail[]>;
  close(): Promise<void>;
}

export async function startMailedServer(): Promise<MailedServer> {
  const server = await startTestServer();
  const post = await startMailServer();
  const { database, cipher } = server.context;
  const mails = startMailWorker({ database, clock: server.clock, post: post.url, cipher });
  const delivered = async (): Promise<ArrivedMail[]> => {
    server.clock.advance(PLANNERS_HEAR_AFTER_MS);
    await mails.worker.deliverDue();
    return post.arrived.splice(0);
  };
  const close = async (): Promise<void> => {
    await mails.worker.stop();
    await post.close();
    await server.close();
  };
  return { server, post, mails, delivered, close };
}

/** To whom these mails went, in the order of their addresses. */
export function readersOf(arrived: readonly ArrivedMail[]): (string | undefined)[] {
  return arrived.map(({ envelope }) => envelope.to[0]).toSorted();
}

export interface MailRow {
  id: number;
  state: string;
  attempts: number;
  error_code: string | null;
  message_id: string;
  key: string;
  due_at: Date;
}

/** The mails to one person, oldest first. */
export async function mailsTo(database: Database, userId: number): Promise<MailRow[]> {
  const found = await sql<MailRow>`
    select id, state, attempts, error_code, message_id, key, due_at from mails where user_id = ${userId} order by id`.execute(
    database.db,
  );
  return found.rows;
}

let accounts = 0;

/** A person whose calendar account needs them to sign in again, with the mail that tells them. @returns their id */
export async function queueReauthMail(
  database: Database,
  now: Date,
  person: { name?: string; email?: string; accountEmail?: string } = {},
): Promise<number> {
  accounts += 1;
  const { name = `Jane Doe ${accounts}`, email = `jane${accounts}@example.com` } = person;
  const { accountEmail = `jane${accounts}@gmail.example` } = person;
  const place = { phone: null, role: 'customer' as const, timeZone: 'Europe/London', managerId: null };
  return database.transaction(async (tx) => {
    const user = await insertUser(tx, { ...place, name, email, passwordHash: 'none' }, now);
    if (!user) throw new Error('the e-mail address is taken');
    const { rows } = await sql<{ id: number }>`
      insert into connections (user_id, provider, account_id, account_email, calendar_kind, status, created_at, updated_at)
      values (${user.id}, 'google', ${email}, ${accountEmail}, 'primary', 'reauth_required', ${now}, ${now})
      returning id`.execute(tx);
    const connectionId = rows[0]?.id ?? 0;
    const key = `reauth:${connectionId}:1`;
    await queueMail(tx, { userId: user.id, kind: 'reauth_required', connectionId, key }, now);
    return user.id;
  });
}
