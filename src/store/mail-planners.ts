import { SECOND } from '../base/time.ts';
import { sql } from '../db/sql.ts';

type Fragment = ReturnType<typeof sql>;

/** Those who plan have to act soon; but what is taken back at once is told to nobody. */
export const PLANNERS_HEAR_AFTER_MS = 30 * SECOND;

/**
 * SQL: a part of a `with`, whose `planners` (`id`) plan the visits of these people: their managers, or all administrators
 * where they have none.
 * @param staffIds a statement that gives the people's ids
 */
export const plannersOf = (staffIds: Fragment): Fragment => sql`
  managers as (
    select distinct m.id from users who join users m on m.id = who.manager_id
     where who.id in (${staffIds}) and m.is_active and m.role in ('manager', 'admin')
  ), planners as (
    select id from managers
    union all
    select id from users where role = 'admin' and is_active and not exists (select from managers)
  )`;
