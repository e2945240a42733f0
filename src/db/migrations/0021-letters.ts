import { sql, type Kysely } from 'kysely';

/** What people want to hear by mail, and mails about appointments. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...choices, ...mails]) await sql.raw(statement).execute(db);
}

const choices = [
  `alter table users
    add column mail_calendar_trouble boolean not null default true,
    add column mail_appointment_files boolean not null default true,
    add column mail_appointment_changes boolean not null default false,
    add column mail_weekly_overview boolean not null default false`,
  // Few want these: who changes appointments asks first whether anybody does.
  `create index users_mail_changes on users (id) where mail_appointment_changes and is_active`,
  `create index users_mail_weekly on users (time_zone, id) where mail_weekly_overview and is_active`,
];

const mails = [
  `alter table mails
    drop constraint mails_kind_check,
    add constraint mails_kind_check
      check (kind in ('reauth_required', 'appointment_file', 'appointment_changes', 'weekly_overview')),
    -- What it is about, beside connection_id: an appointment whose file was asked for; the Monday of a week.
    add column appointment_id bigint references appointments (id),
    add column week text check (week ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')`,
  // What is asked or changed while a mail has not been tried yet goes with that mail.
  `create unique index mails_open_file on mails (user_id, appointment_id)
    where kind = 'appointment_file' and state = 'queued' and attempts = 0`,
  `create unique index mails_open_changes on mails (user_id)
    where kind = 'appointment_changes' and state = 'queued' and attempts = 0`,
  // How many files a person has asked for lately.
  `create index mails_files on mails (user_id, created_at) where kind = 'appointment_file'`,

  `create table mail_changes (
    mail_id bigint not null references mails (id) on delete cascade,
    appointment_id bigint not null references appointments (id),
    -- The appointment as its reader knew it before the first of the changes; null: it did not concern them.
    was jsonb,
    primary key (mail_id, appointment_id)
  )`,
  // Whether a later mail tells of the same appointment.
  `create index mail_changes_appointment on mail_changes (appointment_id, mail_id)`,
];
