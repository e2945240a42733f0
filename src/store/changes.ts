import { notify } from '../db/notify.ts';
import { sql, type Db, type Tx } from '../db/sql.ts';

/** Nodes with open streams listen here; the payload is {@link Changes} as JSON. Empty: anything may have changed. */
export const CHANGES_CHANNEL = 'changes';

/** What a transaction has changed, by ids alone: who may be told of it is asked after the commit. */
export interface Changes {
  appointments?: readonly number[];
  /** People who knew of an appointment before and perhaps don't any more. */
  parted?: readonly Parted[];
  /** Orders, as far as they are not told by their appointments: a few at a time. */
  orders?: readonly number[];
  /** People whose calendar settings, accounts, feeds or activity changed. */
  calendars?: readonly number[];
  /** Staff who have said on which days they can't come: a few at a time. */
  absences?: readonly number[];
  /** Accounts that a worker has written to. */
  written?: readonly Written[];
  /** People who may see other things now, or nothing any more: a few at a time. */
  people?: readonly number[];
}

export interface Parted {
  appointment: number;
  /** `managers`: nobody was assigned, so every manager knew of it. */
  users: readonly number[] | 'managers';
}

export interface Written {
  connection: number;
  /** Of which appointments events were written; `null`: the account as a whole is in another state. */
  appointments: readonly number[] | null;
}

/** Ids in one notice: with those of 16 digits it has 6,800 bytes, and NOTIFY takes less than 8,000. */
const IDS_IN_A_NOTICE = 400;
/** Beyond this it is shorter to say that anything may have changed. */
const MOST_IDS = 5000;

/** Tells every node what has changed, once `tx` commits. */
export async function announceChanges(tx: Tx, changes: Changes): Promise<void> {
  const { appointments = [], calendars = [], ...others } = changes;
  await announceIds(tx, 'appointments', appointments);
  await announceIds(tx, 'calendars', calendars);
  if (Object.keys(others).length > 0) await notify(tx, CHANGES_CHANNEL, JSON.stringify(others));
}

async function announceIds(tx: Tx, of: 'appointments' | 'calendars', all: readonly number[]): Promise<void> {
  const ids = [...new Set(all)];
  if (ids.length > MOST_IDS) return announceAnything(tx);
  for (let at = 0; at < ids.length; at += IDS_IN_A_NOTICE) {
    await notify(tx, CHANGES_CHANNEL, JSON.stringify({ [of]: ids.slice(at, at + IDS_IN_A_NOTICE) }));
  }
}

/** Tells everybody that anything may have changed, once `tx` commits. For what is rare: all pages ask anew. */
export async function announceAnything(tx: Tx): Promise<void> {
  await notify(tx, CHANGES_CHANNEL);
}

/** Tells of a changed team those who were on it, or knew of the appointment through it. Call before the team changes. */
export async function announceParting(tx: Tx, appointmentId: number, team: readonly number[]): Promise<void> {
  const users = team.length === 0 ? ('managers' as const) : [...team, ...(await managersOf(tx, team))];
  await announceChanges(tx, { parted: [{ appointment: appointmentId, users }] });
}

/** Tells people that they may see other things now: themselves, and those who managed or manage them. */
export async function announcePeople(tx: Tx, userIds: readonly (number | null)[]): Promise<void> {
  await announceChanges(tx, { people: [...new Set(userIds.filter((id) => id !== null))] });
}

/** Announces what workers wrote, in as many notices as it takes. */
export async function announceWritten(tx: Tx, written: readonly Written[]): Promise<void> {
  let part: Written[] = [];
  let size = 0;
  for (const one of written) {
    const whole = (one.appointments?.length ?? 0) > IDS_IN_A_NOTICE / 2 ? { ...one, appointments: null } : one;
    const more = 2 + (whole.appointments?.length ?? 0);
    if (part.length > 0 && size + more > IDS_IN_A_NOTICE / 2) {
      await announceChanges(tx, { written: part });
      [part, size] = [[], 0];
    }
    part.push(whole);
    size += more;
  }
  if (part.length > 0) await announceChanges(tx, { written: part });
}

async function managersOf(db: Db, userIds: readonly number[]): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select distinct manager_id as id from users
     where id = any(${[...userIds]}::bigint[]) and manager_id is not null`.execute(db);
  return found.rows.map((row) => row.id);
}
