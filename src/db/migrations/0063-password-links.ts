import { sql, type Kysely } from 'kysely';

/** People set their password by a link in a mail: those who are invited, and those who forgot theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...accounts, ...mails]) await sql.raw(statement).execute(db);
}

const accounts = [
  // Null: invited, and has not set one yet.
  `alter table users alter column password_hash drop not null`,
  // Links that can be used; one that was used, and all others of its person, are gone.
  `create table password_links (
    id bigint generated always as identity primary key,
    user_id bigint not null references users (id),
    -- The token itself stands in the mail and nowhere else.
    token_hash bytea not null unique,
    expires_at timestamptz not null,
    created_at timestamptz not null
  )`,
  `create index password_links_user on password_links (user_id)`,
];

const PASSWORD_MAILS = `kind in ('invitation', 'password_reset')`;

const mails = [
  `alter table mails
    drop constraint mails_kind_check,
    add constraint mails_kind_check check (kind in
      ('reauth_required', 'appointment_file', 'appointment_changes', 'weekly_overview', 'connection_reminder',
       'absence', 'request_answer', 'invitation', 'password_reset'))`,
  // Asked for again before it has been tried, it is one mail.
  `create unique index mails_open_password on mails (user_id)
    where ${PASSWORD_MAILS} and state = 'queued' and attempts = 0`,
  // How many a person got lately.
  `create index mails_password on mails (user_id, created_at) where ${PASSWORD_MAILS}`,
];
