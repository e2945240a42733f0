import { sql, type Kysely } from 'kysely';

/** Mails to those who plan when a customer asks for another time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table users add column mail_reschedule_requests boolean not null default true`,
  `alter table mails
    drop constraint mails_kind_check,
    add constraint mails_kind_check check (kind in
      ('reauth_required', 'appointment_file', 'appointment_changes', 'weekly_overview', 'connection_reminder',
       'absence', 'request_answer', 'invitation', 'password_reset', 'reschedule_request'))`,
];
