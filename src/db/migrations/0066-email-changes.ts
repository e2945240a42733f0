import { sql, type Kysely } from 'kysely';

/** People change the address with which they sign in, by a link in a mail to the new one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...changes, ...mails]) await sql.raw(statement).execute(db);
}

const changes = [
  `create table email_changes (
    id bigint generated always as identity primary key,
    user_id bigint not null references users (id),
    -- The address that the person wants.
    email text not null,
    -- In which they asked and gave their password: it goes on when all others end.
    session uuid not null,
    created_at timestamptz not null,
    -- When it was carried out, replaced by another or given up.
    ended_at timestamptz
  )`,
  `create unique index email_changes_open on email_changes (user_id) where ended_at is null`,
  // How many a person asked for lately, and how many were asked for to an address.
  `create index email_changes_user on email_changes (user_id, created_at)`,
  `create index email_changes_email on email_changes (lower(email), created_at)`,
  // Links that can be used while the change is open.
  `create table email_links (
    -- The token itself stands in the mail and nowhere else.
    token_hash bytea primary key,
    email_change_id bigint not null references email_changes (id) on delete cascade,
    expires_at timestamptz not null
  )`,
  `create index email_links_change on email_links (email_change_id)`,
];

const mails = [
  `alter table mails
    drop constraint mails_kind_check,
    add constraint mails_kind_check check (kind in
      ('reauth_required', 'appointment_file', 'appointment_changes', 'weekly_overview', 'connection_reminder',
       'absence', 'request_answer', 'invitation', 'password_reset', 'reschedule_request', 'email_confirmation',
       'email_changed', 'email_assigned')),
    add column email_change_id bigint references email_changes (id) on delete set null,
    -- Where it goes, when that is not the address of its reader.
    add column to_email text`,
  `create index mails_email_change on mails (email_change_id) where email_change_id is not null`,
];
