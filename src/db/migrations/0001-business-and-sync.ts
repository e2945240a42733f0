import { sql, type Kysely } from 'kysely';

/** People, orders, appointments, calendar connections and the links between them: the whole first schema. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...people, ...business, ...calendars, ...upkeep]) await sql.raw(statement).execute(db);
}

const people = [
  `create table users (
    id bigint generated always as identity primary key,
    email text not null,
    password_hash text not null,
    name text not null,
    phone text,
    role text not null check (role in ('customer', 'staff', 'manager', 'admin')),
    time_zone text not null,
    manager_id bigint references users (id),
    is_active boolean not null default true,
    calendar_sync_enabled boolean not null default true,
    reminder_minutes integer check (reminder_minutes between 0 and 40320),
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  `create unique index users_email on users (lower(email))`,
  `create index users_manager on users (manager_id) where manager_id is not null`,
  `create index users_role on users (role, id)`,

  // Refresh tokens are stored hashed; a family is one sign-in, and the reuse of a spent token ends all of it.
  `create table refresh_tokens (
    id bigint generated always as identity primary key,
    user_id bigint not null references users (id),
    family uuid not null,
    token_hash bytea not null unique,
    expires_at timestamptz not null,
    spent_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz not null
  )`,
  `create index refresh_tokens_family on refresh_tokens (family)`,
  `create index refresh_tokens_user on refresh_tokens (user_id)`,

  // One row per failed sign-in and thing counted ('account:…' hashed, 'address:…').
  `create table login_failures (
    id bigint generated always as identity primary key,
    counted text not null,
    at timestamptz not null
  )`,
  `create index login_failures_counted on login_failures (counted, at)`,

  `create table idempotency_keys (
    user_id bigint not null references users (id),
    key text not null,
    operation text not null,
    body_hash bytea not null,
    status integer not null,
    response jsonb not null,
    created_at timestamptz not null,
    primary key (user_id, operation, key)
  )`,
];

const WALL = String.raw`check (%s ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$')`;
const wall = (column: string): string => `${column} text not null ${WALL.replace('%s', column)}`;

const business = [
  `create table services (
    id bigint generated always as identity primary key,
    name text not null,
    duration_minutes integer not null check (duration_minutes > 0),
    price_cents integer not null check (price_cents >= 0),
    currency text not null check (length(currency) = 3),
    is_active boolean not null default true,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,

  `create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null references users (id),
    created_by bigint not null references users (id),
    status text not null check (status in ('pending', 'confirmed', 'cancelled')),
    time_zone text not null,
    notes text,
    line1 text not null,
    line2 text,
    city text not null,
    postal_code text not null,
    country text not null,
    access_notes text,
    rrule text,
    -- Wall time up to which a recurring order has been turned into appointments; null before it is confirmed.
    materialised_until text,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  `create index orders_customer on orders (customer_id, id)`,
  `create index orders_status on orders (status, id)`,

  `create table order_items (
    id bigint generated always as identity primary key,
    order_id bigint not null references orders (id),
    position integer not null,
    service_id bigint not null references services (id),
    quantity integer not null check (quantity > 0),
    ${wall('starts_wall')},
    -- The instant that was asked for; tells the two wall times of a night apart in which clocks go back.
    starts_at timestamptz not null,
    duration_minutes integer not null check (duration_minutes > 0),
    price_cents integer not null check (price_cents >= 0),
    currency text not null,
    staff_ids bigint[] not null default '{}',
    unique (order_id, position)
  )`,

  `create table appointments (
    id bigint generated always as identity primary key,
    order_id bigint not null references orders (id),
    order_item_id bigint not null references order_items (id),
    -- The wall time that the recurrence rule gave; stays when the appointment is moved, so no occurrence is made twice.
    ${wall('occurrence_wall')},
    service_id bigint not null references services (id),
    status text not null check (status in ('scheduled', 'completed', 'cancelled', 'no_show')),
    ${wall('starts_wall')},
    ${wall('ends_wall')},
    time_zone text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    arrival_window_minutes integer check (arrival_window_minutes between 0 and 1440),
    notes text,
    internal_notes text,
    price_cents integer not null,
    currency text not null,
    -- Version of the zone data that starts_at and ends_at were derived with.
    zone_version text not null,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (order_item_id, occurrence_wall)
  )`,
  `create index appointments_order on appointments (order_id, id)`,
  `create index appointments_start on appointments (starts_at, id)`,

  `create table assignments (
    appointment_id bigint not null references appointments (id),
    user_id bigint not null references users (id),
    position integer not null,
    primary key (appointment_id, user_id)
  )`,
  `create index assignments_user on assignments (user_id, appointment_id)`,

  // The audience of domain/audience.ts in SQL, for sets: who is concerned by which appointment, in the most specific part.
  `create view audience as
    select appointment_id, user_id, min(part) as part from (
      select a.id as appointment_id, o.customer_id as user_id, 1 as part
        from appointments a join orders o on o.id = a.order_id
      union all
      select s.appointment_id, s.user_id, 2 from assignments s
      union all
      select s.appointment_id, u.manager_id, 3 from assignments s join users u on u.id = s.user_id
        where u.manager_id is not null
      union all
      select a.id, u.id, 4 from appointments a cross join users u where u.role = 'admin' and u.is_active
    ) concerned group by appointment_id, user_id`,
];

const calendars = [
  `create sequence lease_tokens`,
  `create table connections (
    id bigint generated always as identity primary key,
    user_id bigint not null references users (id),
    provider text not null check (provider in ('google', 'outlook', 'caldav')),
    account_id text not null,
    account_email text not null,
    calendar_id text,
    calendar_name text,
    calendar_kind text not null check (calendar_kind in ('primary', 'dedicated')),
    -- 'disconnected' keeps the row, without tokens, so that the same account finds its links again.
    status text not null check (status in
      ('active', 'degraded', 'reauth_required', 'paused', 'disconnecting', 'disconnected')),
    error_code text,
    scopes text[] not null default '{}',
    -- Ciphertexts of base/cipher.ts.
    access_token text,
    refresh_token text,
    access_expires_at timestamptz,
    refresh_expires_at timestamptz,
    -- The worker's lease. Measured on the database's own clock, so that clocks of nodes may differ.
    lease_token bigint,
    lease_until timestamptz,
    -- Back-off of the whole account.
    not_before timestamptz,
    attempts integer not null default 0,
    last_synced_at timestamptz,
    -- Since when work has been waiting without a success; 15 minutes of it make the connection degraded.
    waiting_since timestamptz,
    backfill_total integer not null default 0,
    remove_events boolean not null default true,
    -- After this the tokens of a disconnecting account are erased, whatever could be removed by then.
    disconnect_by timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  `create unique index connections_account on connections (provider, account_id) where status <> 'disconnected'`,
  `create unique index connections_own_account on connections (user_id, provider, account_id)`,
  `create index connections_status on connections (status, id)`,

  `create table links (
    id bigint generated always as identity primary key,
    key uuid not null default gen_random_uuid() unique,
    appointment_id bigint not null references appointments (id),
    connection_id bigint not null references connections (id),
    -- A change to the business raises desired; the worker sets applied to the desired that it carried out.
    desired bigint not null default 1,
    applied bigint not null default 0,
    dirty boolean not null generated always as (desired <> applied) stored,
    -- 0 for what a person waits for, 1 for backfills.
    priority smallint not null default 0,
    starts_at timestamptz not null,
    due_at timestamptz not null,
    state text not null default 'pending' check (state in ('pending', 'synced', 'failed', 'suppressed', 'removed')),
    generation integer not null default 1,
    -- True from before a call until its outcome is recorded: what happened must be looked up when it is found true.
    in_flight boolean not null default false,
    remote_id text,
    remote_etag text,
    web_link text,
    applied_hash text,
    -- Time, place and status that the acknowledged event shows.
    applied_shape text,
    -- The same when its owner deleted the event; a change of it brings the event back.
    suppressed_shape text,
    attempts integer not null default 0,
    error_code text,
    synced_at timestamptz,
    created_at timestamptz not null,
    unique (appointment_id, connection_id)
  )`,
  // The queue: follows the order in which a connection's links are drained.
  `create index links_due on links (connection_id, priority, starts_at, id) where dirty`,
  `create index links_connection on links (connection_id)`,

  // Links are updated on every change: room in the page keeps the updates off the indexes (HOT).
  `alter table links set (fillfactor = 70)`,
  `alter table connections set (fillfactor = 50)`,

  `create table oauth_flows (
    id uuid primary key,
    state_hash bytea not null unique,
    browser_hash bytea not null,
    user_id bigint not null references users (id),
    provider text not null,
    calendar_kind text not null,
    return_to text not null,
    -- Ciphertext: PKCE verifier and nonce; once the callback came in another browser, the grant too.
    secrets text not null,
    grant_secrets text,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null
  )`,

  `create table activity (
    id bigint generated always as identity primary key,
    user_id bigint not null references users (id),
    connection_id bigint references connections (id),
    appointment_id bigint references appointments (id),
    kind text not null,
    code text,
    count integer,
    at timestamptz not null
  )`,
  `create index activity_user on activity (user_id, id desc)`,
];

const upkeep = [
  // Recurring tasks of jobs/upkeep.ts: the node that leases the row runs the task.
  `create table upkeep (
    name text primary key,
    next_run_at timestamptz not null,
    lease_until timestamptz
  )`,
];
