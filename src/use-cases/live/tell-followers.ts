import type { Db } from '../../db/sql.ts';
import {
  loadFollowedAccounts,
  loadFollowers,
  loadStaffBehind,
  whoKnowsAppointments,
  whoKnowsOrders,
  type FollowedAccount,
  type Follower,
} from '../../store/who-may-know.ts';
import { joinIds, noNews, type News } from './news.ts';
import type { Notices } from './notices.ts';

export interface Told {
  /** What each of the people who follow is told. */
  news: Map<number, News>;
  /** Who of them has no account any more. */
  gone: Set<number>;
  /** Accounts of theirs that are being filled: instead of each step they are told the progress. */
  filling: Set<number>;
}

/** Works out who of these people may know of what was announced. Each learns of what the API would show them, and no more. */
export async function tellFollowers(db: Db, notices: Notices, userIds: readonly number[]): Promise<Told> {
  const followers = await loadFollowers(db, userIds);
  const news = new Map(followers.map(({ id }) => [id, noNews()]));
  const gone = new Set(userIds.filter((id) => !news.has(id)));
  if (notices.anything) {
    for (const one of news.values()) one.reset = true;
    return { news, gone, filling: new Set() };
  }
  const active = [...news.keys()];
  await tellOfAppointments(db, notices, active, news);
  for (const { userId, orderId } of await whoKnowsOrders(db, [...notices.orders], active))
    news.get(userId)?.orders?.add(orderId);
  tellOfPartings(notices, followers, news);
  await tellOfAbsences(db, notices, followers, news);
  const accounts = await tellOfCalendars(db, notices, followers, news);
  for (const id of notices.people) {
    const own = news.get(id);
    if (own) own.reset = true;
  }
  return { news, gone, filling: new Set(accounts.filter((one) => one.isFilling).map(({ id }) => id)) };
}

async function tellOfAppointments(
  db: Db,
  { appointments }: Notices,
  userIds: number[],
  news: Map<number, News>,
): Promise<void> {
  for (const known of await whoKnowsAppointments(db, [...appointments], userIds)) {
    const own = news.get(known.userId);
    own?.appointments?.add(known.appointmentId);
    if (known.orderId !== null) own?.orders?.add(known.orderId);
  }
}

/** Whoever knew of it before is told by its number that it is gone from view. */
function tellOfPartings({ parted }: Notices, followers: readonly Follower[], news: Map<number, News>): void {
  for (const { appointment, users } of parted) {
    for (const { id, role } of followers) {
      const knew = users === 'managers' ? role === 'manager' : users.includes(id);
      if (knew) news.get(id)?.appointments?.add(appointment);
    }
  }
}

/** Seen by whoever said it, by their manager and by administrators. */
async function tellOfAbsences(
  db: Db,
  { absences }: Notices,
  followers: readonly Follower[],
  news: Map<number, News>,
): Promise<void> {
  if (absences.size === 0) return;
  const staff = await loadStaffBehind(db, [...absences], []);
  for (const { id, role } of followers) {
    const own = news.get(id);
    const seen = staff.filter(
      (one) => role === 'admin' || one.id === id || (role === 'manager' && one.managerId === id),
    );
    if (own) own.absences = joinIds(own.absences, new Set(seen.map((one) => one.id)));
  }
}

async function tellOfCalendars(
  db: Db,
  notices: Notices,
  followers: readonly Follower[],
  news: Map<number, News>,
): Promise<FollowedAccount[]> {
  const { woken, written, calendars } = notices;
  for (const id of calendars) tellAll(news.get(id), 'connections');
  if (woken === null) for (const own of news.values()) tellAll(own, 'connections');
  const ids = new Set([...(woken ?? []), ...written.keys()]);
  const active = followers.map(({ id }) => id);
  const accounts = await loadFollowedAccounts(db, [...ids], active);
  for (const account of accounts) tellOwner(account, notices, news.get(account.userId));
  await tellOfLedgers(db, accounts, notices, followers, news);
  await tellOfTeams(db, { people: [...calendars], accounts: woken === null ? null : [...ids] }, followers, news);
  return accounts;
}

/** How the calendars of the staff are doing is seen by their manager and by administrators. `accounts: null`: any. */
async function tellOfTeams(
  db: Db,
  changed: { people: number[]; accounts: number[] | null },
  followers: readonly Follower[],
  news: Map<number, News>,
): Promise<void> {
  const planning = followers.filter(({ role }) => role === 'manager' || role === 'admin');
  if (planning.length === 0) return;
  if (changed.accounts === null) {
    for (const { id } of planning) tellAll(news.get(id), 'team');
    return;
  }
  const staff = await loadStaffBehind(db, changed.people, changed.accounts);
  for (const { id, role } of planning) {
    const own = news.get(id);
    const seen = staff.filter(({ managerId }) => role === 'admin' || managerId === id).map((one) => one.id);
    if (own) own.team = joinIds(own.team, new Set(seen));
  }
}

/** While an account is being filled nobody asks for everything at each step, unless it is in another state as a whole. */
function tellOwner({ id, isFilling }: FollowedAccount, { written }: Notices, own: News | undefined): void {
  if (own && (!isFilling || written.get(id) === null)) own.connections = joinIds(own.connections, new Set([id]));
}

/** Rows of an account are seen by its owner, by the owner's manager and by administrators, where they may know of the appointment. */
async function tellOfLedgers(
  db: Db,
  accounts: readonly FollowedAccount[],
  { written }: Notices,
  followers: readonly Follower[],
  news: Map<number, News>,
): Promise<void> {
  const appointmentIds = new Set([...written.values()].flatMap((ids) => [...(ids ?? [])]));
  const active = followers.map(({ id }) => id);
  const known = new Map(active.map((id) => [id, new Set<number>()]));
  for (const { userId, appointmentId } of await whoKnowsAppointments(db, [...appointmentIds], active))
    known.get(userId)?.add(appointmentId);
  for (const account of accounts) {
    const ids = written.get(account.id);
    if (ids === undefined) continue;
    for (const follower of followers.filter((one) => seesRowsOf(account, one))) {
      const own = news.get(follower.id);
      if (!own) continue;
      const seen = ids === null ? null : new Set([...ids].filter((id) => known.get(follower.id)?.has(id)));
      own.ledgers = joinIds(own.ledgers, seen);
    }
  }
}

function seesRowsOf({ userId, managerId }: FollowedAccount, { id, role }: Follower): boolean {
  return id === userId || role === 'admin' || (role === 'manager' && id === managerId);
}

function tellAll(own: News | undefined, part: 'connections' | 'team'): void {
  if (own) own[part] = null;
}
