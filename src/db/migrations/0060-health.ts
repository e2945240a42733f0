import { sql, type Kysely } from 'kysely';

/** What administrators see of the engine's health, what they settle about providers, and reminders to owners. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...figures, ...providers, ...reminders]) await sql.raw(statement).execute(db);
}

const PROVIDER = `provider text not null check (provider in ('google', 'outlook', 'caldav'))`;

const figures = [
  // Added to by every node every few seconds; kept for a day.
  `create table sync_minutes (
    minute timestamptz not null,
    ${PROVIDER},
    done integer not null,
    failed integer not null,
    throttled integer not null,
    primary key (minute, provider)
  )`,
  // How long what people wait for took from being due to being acknowledged: how many events by sync/lag.ts's buckets.
  `create table sync_lags (
    minute timestamptz not null,
    ${PROVIDER},
    bucket smallint not null,
    events integer not null,
    primary key (minute, provider, bucket)
  )`,
];

const providers = [
  `create table provider_settings (
    provider text primary key check (provider in ('google', 'outlook', 'caldav')),
    -- No node calls it while this is true.
    paused boolean not null default false,
    -- When and by whom it was paused or resumed last.
    switched_at timestamptz,
    switched_by bigint references users (id),
    -- The day on which our secret there ends, entered by hand.
    secret_expires_on date,
    -- The last check of our credentials.
    checked_at timestamptz,
    check_outcome text,
    check_code text
  )`,
];

const reminders = [
  `alter table mails
    drop constraint mails_kind_check,
    add constraint mails_kind_check check (kind in
      ('reauth_required', 'appointment_file', 'appointment_changes', 'weekly_overview', 'connection_reminder'))`,
];
