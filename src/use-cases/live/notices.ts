import type { Changes, Parted } from '../../store/changes.ts';
import type { WakeUp } from '../../store/mark-links.ts';
import { joinIds, type Ids } from './news.ts';

/** Accounts that were written to, and for which appointments; `null`: they are in another state. */
export type WrittenAccounts = Map<number, Set<number> | null>;

/** What the transactions of a moment have announced, taken together. */
export interface Notices {
  /** Notices may have been missed, or said so. */
  anything: boolean;
  appointments: Set<number>;
  parted: Parted[];
  orders: Set<number>;
  calendars: Set<number>;
  /** Accounts that have got work; `null`: any. */
  woken: Ids;
  written: WrittenAccounts;
  people: Set<number>;
  /** Staff whose days changed on which they can't come. */
  absences: Set<number>;
}

export function noNotices(): Notices {
  return {
    anything: false,
    appointments: new Set(),
    parted: [],
    orders: new Set(),
    calendars: new Set(),
    woken: new Set(),
    written: new Map(),
    people: new Set(),
    absences: new Set(),
  };
}

/** Adds what was announced on the channel of changes. */
export function addChanges(notices: Notices, payload: string): void {
  if (payload === '') {
    notices.anything = true;
    return;
  }
  const changes = JSON.parse(payload) as Changes;
  for (const id of changes.appointments ?? []) notices.appointments.add(id);
  notices.parted.push(...(changes.parted ?? []));
  for (const id of changes.orders ?? []) notices.orders.add(id);
  for (const id of changes.calendars ?? []) notices.calendars.add(id);
  for (const id of changes.people ?? []) notices.people.add(id);
  for (const id of changes.absences ?? []) notices.absences.add(id);
  for (const { connection, appointments } of changes.written ?? [])
    addWritten(notices.written, connection, appointments);
}

/** Adds to what was written into an account; once it is in another state, that is told instead of single appointments. */
export function addWritten(all: WrittenAccounts, connection: number, appointments: readonly number[] | null): void {
  const before = all.get(connection);
  if (appointments === null || before === null) all.set(connection, null);
  else if (before === undefined) all.set(connection, new Set(appointments));
  else for (const id of appointments) before.add(id);
}

/** Adds a wake-up of the workers: the accounts have events on their way now. */
export function addWakeUp(notices: Notices, payload: string): void {
  if (payload === '') {
    notices.anything = true;
    return;
  }
  const { ids } = JSON.parse(payload) as WakeUp;
  notices.woken = ids.length === 0 ? null : joinIds(notices.woken, new Set(ids));
}
