import { sql, type Kysely } from 'kysely';

/** Mails to those who plan when somebody can't come, or can after all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...choices, ...mails]) await sql.raw(statement).execute(db);
}

const choices = [`alter table users add column mail_team_absences boolean not null default true`];

const mails = [
  `alter table mails
    drop constraint mails_kind_check,
    add constraint mails_kind_check check (kind in
      ('reauth_required', 'appointment_file', 'appointment_changes', 'weekly_overview', 'connection_reminder', 'absence')),
    -- Whom it is about.
    add column about_user_id bigint references users (id)`,
  // All that one person says within a moment is one mail.
  `create unique index mails_open_absence on mails (user_id, about_user_id)
    where kind = 'absence' and state = 'queued' and attempts = 0`,

  `create table mail_absences (
    mail_id bigint not null references mails (id) on delete cascade,
    appointment_id bigint not null references appointments (id),
    -- What its reader had been told before the first of the changes: that the person can't come, or nothing.
    was_absent boolean not null,
    primary key (mail_id, appointment_id)
  )`,
];
