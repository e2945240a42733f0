import { sql, type Kysely } from 'kysely';

/** Mails that wait to be sent, and those that were; their texts are made when they are sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of mails) await sql.raw(statement).execute(db);
}

const mails = [
  `create table mails (
    id bigint generated always as identity primary key,
    -- The recipient.
    user_id bigint not null references users (id),
    kind text not null check (kind in ('reauth_required')),
    -- What it is about.
    connection_id bigint references connections (id),
    -- One mail for each: names the incident.
    key text not null unique,
    -- Stays from attempt to attempt, so that mail systems know one that arrives twice.
    message_id uuid not null default gen_random_uuid(),
    -- 'moot': no longer true when it was to be sent.
    state text not null default 'queued' check (state in ('queued', 'sent', 'moot', 'failed')),
    attempts integer not null default 0,
    error_code text,
    due_at timestamptz not null,
    -- As with connections: the worker's lease, on the database's own clock.
    lease_token bigint,
    lease_until timestamptz,
    created_at timestamptz not null,
    finished_at timestamptz
  )`,
  // The queue.
  `create index mails_due on mails (due_at, id) where state = 'queued'`,
  // Whether there is news of the same thing; forgetting what is over.
  `create index mails_connection on mails (connection_id, kind, id)`,
  `create index mails_finished on mails (finished_at) where finished_at is not null`,
];
