import { sql, type Db, type Tx } from '../db/sql.ts';
import type { ProviderName } from '../sync/provider.ts';
import { SERVED } from './connection-work.ts';
import { triedAnew } from './ledger.ts';

/* The queue as a whole, for administrators. All of this reads what is dirty once: the partial index links_due leads there. */

/** Work of one provider that is not done; each piece is in exactly one of the numbers. */
export interface QueueCounts {
  provider: ProviderName;
  /** May be carried out now. */
  due: number;
  /** Saves that settle, back-off, and what the provider asked to wait for. */
  later: number;
  /** The account is paused or needs its owner, or the provider is paused. */
  held: number;
  /** Not tried again before somebody acts. */
  stuck: number;
  /** Since when the oldest of `due` is due. */
  oldestDueAt: Date | null;
}

export async function countQueue(db: Db, now: Date): Promise<QueueCounts[]> {
  const found = await sql<QueueCounts>`
    select provider, count(*) filter (where place = 'due')::int as due,
           count(*) filter (where place = 'later')::int as later, count(*) filter (where place = 'held')::int as held,
           count(*) filter (where place = 'stuck')::int as stuck,
           min(due_at) filter (where place = 'due') as "oldestDueAt"
      from (
        select c.provider, l.due_at, case
            when c.status not in ${SERVED} or coalesce(s.paused, false) then 'held'
            when l.due_at = 'infinity' then 'stuck'
            when l.due_at > ${now}::timestamptz or c.not_before > ${now}::timestamptz then 'later'
            else 'due' end as place
          from links l join connections c on c.id = l.connection_id
          left join provider_settings s on s.provider = c.provider
         where l.dirty and c.status <> 'disconnected') work
     group by provider`.execute(db);
  return found.rows;
}

/** Events that could not be written, by why. */
export interface FailingGroup {
  provider: ProviderName;
  code: string;
  count: number;
  /** Of these: tried again by themselves. */
  retried: number;
  people: number;
}

const CODE = sql`coalesce(l.error_code, 'unknown')`;
const FAILING = sql`l.dirty and l.state = 'failed' and c.status <> 'disconnected'`;

/** The largest groups first. */
export async function groupFailing(db: Db): Promise<FailingGroup[]> {
  const found = await sql<FailingGroup>`
    select c.provider, ${CODE} as code, count(*)::int as count,
           count(*) filter (where l.due_at < 'infinity')::int as retried, count(distinct c.user_id)::int as people
      from links l join connections c on c.id = l.connection_id
     where ${FAILING} group by c.provider, ${CODE} order by 3 desc, 1, 2`.execute(db);
  return found.rows;
}

/** What is left out does not matter. */
export interface FailingFilter {
  provider?: ProviderName | undefined;
  code?: string | undefined;
  connectionId?: number;
}

export interface FailingItem {
  id: number;
  appointmentId: number;
  startsAt: Date;
  serviceName: string;
  connectionId: number;
  user: { id: number; name: string };
  provider: ProviderName;
  accountEmail: string;
  code: string;
  attempts: number;
  /** `null`: not tried again before somebody acts. */
  nextAttemptAt: Date | null;
}

/** SQL: whether the link `l` of the account `c` failed, and is among them. */
function failing({ provider, code, connectionId }: FailingFilter): ReturnType<typeof sql> {
  const conditions = [FAILING];
  if (provider !== undefined) conditions.push(sql`c.provider = ${provider}`);
  if (code !== undefined) conditions.push(sql`${CODE} = ${code}`);
  if (connectionId !== undefined) conditions.push(sql`c.id = ${connectionId}`);
  return sql.join(conditions, sql` and `);
}

/** In the order of their ids. */
export async function listFailing(
  db: Db,
  filter: FailingFilter,
  afterId: number,
  limit: number,
): Promise<FailingItem[]> {
  const found = await sql<FailingItem>`
    select l.id, l.appointment_id as "appointmentId", a.starts_at as "startsAt", v.name as "serviceName",
           c.id as "connectionId", json_build_object('id', u.id, 'name', u.name) as user, c.provider,
           c.account_email as "accountEmail", ${CODE} as code, l.attempts,
           case when l.due_at < 'infinity' and c.status in ${SERVED} then greatest(l.due_at, c.not_before) end
             as "nextAttemptAt"
      from links l join connections c on c.id = l.connection_id join users u on u.id = c.user_id
      join appointments a on a.id = l.appointment_id join services v on v.id = a.service_id
     where ${failing(filter)} and l.id > ${afterId} order by l.id limit ${limit}`.execute(db);
  return found.rows;
}

/** Makes failed events due at once. @returns how many, and the accounts to wake */
export async function retryFailing(
  tx: Tx,
  filter: FailingFilter,
  now: Date,
): Promise<{ count: number; connectionIds: number[] }> {
  const retried = await sql<{ id: number; count: number }>`
    with retried as (
      update links set ${triedAnew(now)}, priority = 0
        from (select l.id from links l join connections c on c.id = l.connection_id
               where ${failing(filter)} order by l.id for update of l) found
       where links.id = found.id
      returning links.connection_id
    )
    select connection_id as id, count(*)::int as count from retried group by connection_id`.execute(tx);
  return {
    count: retried.rows.reduce((sum, row) => sum + row.count, 0),
    connectionIds: retried.rows.map((row) => row.id),
  };
}
