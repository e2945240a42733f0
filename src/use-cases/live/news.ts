/**
 * What somebody is told, by ids alone: what has become of it they ask for themselves, and see what their role may see.
 * `null` instead of ids: too many to name.
 */
export interface News {
  /** Anything may have changed. */
  reset: boolean;
  appointments: Ids;
  orders: Ids;
  /** Appointments whose ledger has changed; `null` also: the ledgers of which, is not known. */
  ledgers: Ids;
  /** Own accounts. `null` also: the calendar settings. */
  connections: Ids;
  /** People of the team whose calendars may be in another state. */
  team: Ids;
  /** People of the team whose days changed on which they can't come; also oneself. */
  absences: Ids;
  /** Progress of own accounts that are being filled. */
  backfills: Map<number, { done: number; total: number }>;
}

export type Ids = Set<number> | null;

/** A page shows far fewer; whoever is told of more asks for everything anyway. */
const MOST_IDS = 200;

export function noNews(): News {
  return {
    reset: false,
    appointments: new Set(),
    orders: new Set(),
    ledgers: new Set(),
    connections: new Set(),
    team: new Set(),
    absences: new Set(),
    backfills: new Map(),
  };
}

export function isNothing(news: News): boolean {
  const { appointments, orders, ledgers, connections, team, absences, backfills, reset } = news;
  const parts = [appointments, orders, ledgers, connections, team, absences, backfills];
  return !reset && parts.every((part) => part?.size === 0);
}

/** Both together, never larger than what a page can use. */
export function joinNews(first: News, second: News): News {
  if (first.reset || second.reset) return { ...noNews(), reset: true };
  return {
    reset: false,
    appointments: joinIds(first.appointments, second.appointments),
    orders: joinIds(first.orders, second.orders),
    ledgers: joinIds(first.ledgers, second.ledgers),
    connections: joinIds(first.connections, second.connections),
    team: joinIds(first.team, second.team),
    absences: joinIds(first.absences, second.absences),
    backfills: new Map([...first.backfills, ...second.backfills]),
  };
}

export function joinIds(first: Ids, second: Ids): Ids {
  if (first === null || second === null) return null;
  const both = new Set([...first, ...second]);
  return both.size > MOST_IDS ? null : both;
}
