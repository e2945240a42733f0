import { notify } from '../db/notify.ts';
import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';
import type { Language } from '../domain/user.ts';
import type { ProviderName } from '../sync/provider.ts';
import { NEEDS_OWNER } from './connection-work.ts';
import { wantsMail, type MailChoice } from './mail-choices.ts';

/** Mail workers listen here; there is no payload. */
export const MAIL_CHANNEL = 'mails';

export type MailKind =
  /** A calendar account needs its owner to sign in again. */
  | 'reauth_required'
  /** The file of an appointment, asked for by its reader. */
  | 'appointment_file'
  /** Appointments were confirmed, moved or cancelled. */
  | 'appointment_changes'
  | 'weekly_overview'
  /** The operator asks the owner of an account that still needs them. */
  | 'connection_reminder'
  /** Somebody can't come to visits that the reader plans, or can after all. */
  | 'absence'
  /** The customer of a visit that the reader plans asks for another time. */
  | 'reschedule_request'
  /** A customer's wish for another time is accepted or declined. */
  | 'request_answer'
  /** Somebody made an account for the reader, who sets its password. */
  | 'invitation'
  /** The reader sets another password. */
  | 'password_reset'
  /** To an address that its reader wants to sign in with: a link, or that somebody has it. */
  | 'email_confirmation'
  /** To the address that was the reader's until now. */
  | 'email_changed'
  /** An administrator gave the reader this address. */
  | 'email_assigned';

/** The choice that each kind hangs on; `null`: who lost it would be locked out, so there is none. */
export const CHOICE_OF: Readonly<Record<MailKind, MailChoice | null>> = {
  reauth_required: 'calendarTrouble',
  appointment_file: 'appointmentFiles',
  appointment_changes: 'appointmentChanges',
  weekly_overview: 'weeklyOverview',
  connection_reminder: 'calendarTrouble',
  absence: 'teamAbsences',
  reschedule_request: 'rescheduleRequests',
  request_answer: 'requestAnswers',
  invitation: null,
  password_reset: null,
  email_confirmation: null,
  email_changed: null,
  email_assigned: null,
};

export interface NewMail {
  /** The recipient. */
  userId: number;
  kind: 'reauth_required' | 'connection_reminder';
  /** What it is about. */
  connectionId: number;
  /** Names the incident: a second mail with the same key is not queued. */
  key: string;
}

/** Queues a mail in the transaction of what it tells about, and wakes the mail workers when that commits. */
export async function queueMail(tx: Tx, { userId, kind, connectionId, key }: NewMail, now: Date): Promise<void> {
  const queued = await sql`
    insert into mails (user_id, kind, connection_id, key, due_at, created_at)
    values (${userId}, ${kind}, ${connectionId}, ${key}, ${now}, ${now})
    on conflict (key) do nothing`.execute(tx);
  if (queued.numAffectedRows === 1n) await notify(tx, MAIL_CHANNEL);
}

/** Queues the file of an appointment, and wakes the mail workers. Asked for again before it is on its way, it is one mail. */
export async function queueFileMail(
  tx: Tx,
  { userId, appointmentId }: { userId: number; appointmentId: number },
  now: Date,
): Promise<void> {
  const queued = await sql`
    insert into mails (user_id, kind, appointment_id, key, due_at, created_at)
    values (${userId}, 'appointment_file', ${appointmentId}, 'file:' || gen_random_uuid(), ${now}, ${now})
    on conflict (user_id, appointment_id) where kind = 'appointment_file' and state = 'queued' and attempts = 0
    do nothing`.execute(tx);
  if (queued.numAffectedRows === 1n) await notify(tx, MAIL_CHANNEL);
}

/** When a person asked for files since `since`, oldest first. */
export async function fileMailsSince(db: Db, userId: number, since: Date): Promise<Date[]> {
  const found = await sql<{ at: Date }>`
    select created_at as at from mails
     where user_id = ${userId} and kind = 'appointment_file' and created_at > ${since} order by created_at`.execute(db);
  return found.rows.map((row) => row.at);
}

export type PasswordMailKind = 'invitation' | 'password_reset';

const PASSWORD_MAIL = sql`kind in ('invitation', 'password_reset')`;

/** Queues a mail with a link to set the password, and wakes the mail workers. Asked for again before it is on its way, it is one mail. */
export async function queuePasswordMail(tx: Tx, userId: number, kind: PasswordMailKind, now: Date): Promise<void> {
  await sql`
    insert into mails (user_id, kind, key, due_at, created_at)
    values (${userId}, ${kind}, 'password:' || gen_random_uuid(), ${now}, ${now})
    on conflict (user_id) where ${PASSWORD_MAIL} and state = 'queued' and attempts = 0 do nothing`.execute(tx);
  await notify(tx, MAIL_CHANNEL);
}

/**
 * The same for whoever has this address, unless they got `most` since `since`. It wakes the mail workers in any case, and
 * tells nothing: nobody learns from the time it takes whether there is such an account.
 */
export async function queuePasswordMailTo(
  tx: Tx,
  email: string,
  limit: { most: number; since: Date },
  now: Date,
): Promise<void> {
  await sql`
    insert into mails (user_id, kind, key, due_at, created_at)
    select u.id, 'password_reset', 'password:' || gen_random_uuid(), ${now}, ${now} from users u
     where lower(u.email) = lower(${email}) and u.is_active and ${limit.most} > (select count(*) from mails
       where mails.user_id = u.id and ${PASSWORD_MAIL} and mails.created_at > ${limit.since})
    on conflict (user_id) where ${PASSWORD_MAIL} and state = 'queued' and attempts = 0 do nothing`.execute(tx);
  await notify(tx, MAIL_CHANNEL);
}

/** When a person was sent links to set their password since `since`, oldest first. */
export async function passwordMailsSince(db: Db, userId: number, since: Date): Promise<Date[]> {
  const found = await sql<{ at: Date }>`
    select created_at as at from mails
     where user_id = ${userId} and ${PASSWORD_MAIL} and created_at > ${since} order by created_at`.execute(db);
  return found.rows.map((row) => row.at);
}

/** A letter about the address with which a person signs in. */
export type EmailLetter =
  /** To the address that they want. */
  | { kind: 'email_confirmation'; userId: number; emailChangeId: number }
  /** To the address that was theirs until now. */
  | { kind: 'email_changed'; userId: number; toEmail: string }
  /** To the address that an administrator gave them. */
  | { kind: 'email_assigned'; userId: number };

/** Queues a letter about an address, and wakes the mail workers. */
export async function queueEmailLetter(tx: Tx, letter: EmailLetter, now: Date): Promise<void> {
  const change = letter.kind === 'email_confirmation' ? letter.emailChangeId : null;
  const toEmail = letter.kind === 'email_changed' ? letter.toEmail : null;
  await sql`
    insert into mails (user_id, kind, email_change_id, to_email, key, due_at, created_at)
    values (${letter.userId}, ${letter.kind}, ${change}, ${toEmail}, 'email:' || gen_random_uuid(), ${now}, ${now})`.execute(
    tx,
  );
  await notify(tx, MAIL_CHANNEL);
}

/** One mail, held by one worker. Whatever is written under a lease that was lost meanwhile changes nothing. */
export interface ClaimedMail {
  id: number;
  kind: MailKind;
  userId: number;
  /** Of a file. */
  appointmentId: number | null;
  /** Of a weekly overview: the date of its Monday. */
  week: string | null;
  /** Of a letter to an address that its reader wants. */
  emailChangeId: number | null;
  /** Where it goes, when that is not the address of its reader. */
  toEmail: string | null;
  /** The same for every attempt. */
  messageId: string;
  /** This one included. */
  attempts: number;
  createdAt: Date;
  leaseToken: number;
}

/** Takes due mails that nobody holds. The lease runs on the database's clock, so clocks of nodes may differ. */
export async function claimMails(db: Db, limit: number, leaseMs: number, now: Date): Promise<ClaimedMail[]> {
  const claimed = await sql<ClaimedMail>`
    with due as (
      select id from mails where state = 'queued' and due_at <= ${now}
         and (lease_until is null or lease_until < clock_timestamp())
       order by due_at, id limit ${limit} for update skip locked
    )
    update mails set lease_token = nextval('lease_tokens'), attempts = attempts + 1,
           lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
      from due where mails.id = due.id
    returning mails.id, kind, user_id as "userId", appointment_id as "appointmentId", week,
      email_change_id as "emailChangeId", to_email as "toEmail", message_id as "messageId", attempts,
      created_at as "createdAt", lease_token as "leaseToken"`.execute(db);
  return claimed.rows;
}

/** Ends a mail for good. `moot`: what it would tell is no longer true. */
export async function finishMail(
  db: Db,
  mail: ClaimedMail,
  outcome: { state: 'sent' | 'moot' } | { state: 'failed'; code: string },
  now: Date,
): Promise<void> {
  const code = outcome.state === 'failed' ? outcome.code : null;
  await sql`
    update mails set state = ${outcome.state}, error_code = ${code}, lease_until = null, finished_at = ${now}
     where id = ${mail.id} and lease_token = ${mail.leaseToken}`.execute(db);
}

/** Puts a mail back, to be tried again at `dueAt`. */
export async function postponeMail(db: Db, mail: ClaimedMail, dueAt: Date, code: string): Promise<void> {
  await sql`
    update mails set due_at = ${dueAt}, error_code = ${code}, lease_until = null
     where id = ${mail.id} and lease_token = ${mail.leaseToken}`.execute(db);
}

/** When the next mail that nobody holds is due; `null`: none is queued. */
export async function nextMailDue(db: Db): Promise<Date | null> {
  const next = await sql<{ at: Date | null }>`
    select min(due_at) as at from mails
     where state = 'queued' and (lease_until is null or lease_until < clock_timestamp())`.execute(db);
  return next.rows[0]?.at ?? null;
}

/** Whom a mail is for. */
export interface Recipient {
  id: number;
  name: string;
  email: string;
  hasPassword: boolean;
  role: Role;
  /** IANA. */
  timeZone: string;
  language: Language;
}

/** `null` when the person may not or does not want to hear of this any more. */
export async function loadRecipient(db: Db, mail: ClaimedMail): Promise<Recipient | null> {
  const choice = CHOICE_OF[mail.kind];
  const wanted = choice === null ? sql<boolean>`true` : wantsMail(choice);
  const found = await sql<Recipient>`
    select u.id, u.name, u.email, u.role, u.time_zone as "timeZone", coalesce(u.language, 'en') as language,
           u.password_hash is not null as "hasPassword"
      from users u where u.id = ${mail.userId} and u.is_active and ${wanted}`.execute(db);
  return found.rows[0] ?? null;
}

/** What a `reauth_required` mail is made from. */
export interface ReauthFacts {
  provider: ProviderName;
  accountEmail: string;
  errorCode: string | null;
}

/**
 * `null` when the mail is moot: the account works again or was given up, or it broke anew meanwhile and that has a mail of
 * its own.
 */
export async function loadReauthFacts(db: Db, mailId: number): Promise<ReauthFacts | null> {
  const found = await sql<ReauthFacts>`
    select c.provider, c.account_email as "accountEmail", c.error_code as "errorCode"
      from mails m join connections c on c.id = m.connection_id
     where m.id = ${mailId} and c.status = 'reauth_required'
       and not exists (select from mails newer
         where newer.connection_id = m.connection_id and newer.kind = m.kind and newer.id > m.id)`.execute(db);
  return found.rows[0] ?? null;
}

/** What a `connection_reminder` is made from: the account needs a new sign-in, or an answer to the deletion guard. */
export interface ReminderFacts extends ReauthFacts {
  asks: boolean;
}

/** `null` when nobody has to do anything about the account any more. */
export async function loadReminderFacts(db: Db, mailId: number): Promise<ReminderFacts | null> {
  const found = await sql<ReminderFacts>`
    select c.provider, c.account_email as "accountEmail", c.error_code as "errorCode", c.status = 'paused' as asks
      from mails m join connections c on c.id = m.connection_id
     where m.id = ${mailId} and ${NEEDS_OWNER}`.execute(db);
  return found.rows[0] ?? null;
}

/** Removes what ended before `before`. */
export async function deleteOldMails(db: Db, before: Date): Promise<void> {
  await sql`delete from mails where finished_at < ${before}`.execute(db);
}

/** Ends all leases. Only for a process that is sure to be alone with the database. */
export async function clearMailLeases(db: Db): Promise<void> {
  await sql`update mails set lease_until = null where lease_until is not null`.execute(db);
}
