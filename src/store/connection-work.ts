import { sql } from '../db/sql.ts';

/*
 * When an account has something to do, as conditions on `connections c`. `now` is an expression: a value, or a column of the
 * statement's own.
 */

type Fragment = ReturnType<typeof sql>;

/** Statuses in which the worker writes to an account. */
export const SERVED = sql`('active', 'degraded', 'disconnecting')`;

/** The deletion guard has asked its owner, who has not answered yet. */
export const ASKS_OWNER = sql`(c.status = 'paused' and c.question is not null and not c.question ? 'answer')`;

/** Nobody but its owner can get the account going again. */
export const NEEDS_OWNER = sql`(c.status = 'reauth_required' or ${ASKS_OWNER})`;

/** Nothing keeps the account any more: no event that is still to be marked, or whose removal has to be tried again later. */
export const mayLeave = (
  now: Fragment,
): Fragment => sql`(c.status = 'disconnecting' and not (c.remove_events and (exists (
  select from links l where l.connection_id = c.id and l.dirty and l.due_at > ${now} and l.due_at < 'infinity')
  or exists (select from markings w where w.connection_id = c.id))))`;

export const isReadingDue = (now: Fragment): Fragment =>
  sql`(c.status in ('active', 'degraded') and c.read_due_at <= ${now})`;

/** What is due comes first: it is found at once, where `mayLeave` looks at everything that is dirty. */
export const hasWork = (now: Fragment): Fragment => sql`(exists (
  select from links l where l.connection_id = c.id and l.dirty and l.due_at <= ${now})
  or ${mayLeave(now)} or ${isReadingDue(now)})`;

export const isFree = (now: Fragment): Fragment => sql`(c.lease_until is null or c.lease_until < clock_timestamp())
  and (c.not_before is null or c.not_before <= ${now})`;

/** SQL: whether the link `l`, one of those that are dirty, is still to be written by the first filling of its calendar. */
export const IN_FILLING = sql`(l.state <> 'failed' and l.priority = 1 and not l.recheck)`;
