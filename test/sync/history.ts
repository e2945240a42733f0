import { setImmediate as turn } from 'node:timers/promises';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/time.ts';
import { sql, type Db } from '../../src/db/sql.ts';
import { BusinessError } from '../../src/domain/errors.ts';
import { markNextBatch } from '../../src/store/mark-calendars.ts';
import type { MemoryFault } from '../../src/providers/memory/faults.ts';
import type { MemoryEvent, MemoryProvider } from '../../src/providers/memory/provider.ts';
import type { Failure, ProviderName } from '../../src/sync/provider.ts';
import { changeUser, type UserEdit } from '../../src/use-cases/accounts/change-user.ts';
import { assignAppointment } from '../../src/use-cases/assign-appointment.ts';
import { changeCalendarSettings } from '../../src/use-cases/calendar/change-calendar-settings.ts';
import { disconnectCalendar } from '../../src/use-cases/calendar/disconnect-calendar.ts';
import { restoreEvent, retryLedger } from '../../src/use-cases/calendar/ledger.ts';
import { syncNow } from '../../src/use-cases/calendar/sync-now.ts';
import { cancelAppointment } from '../../src/use-cases/cancel-appointment.ts';
import { cancelOrder } from '../../src/use-cases/cancel-order.ts';
import { changeAppointment } from '../../src/use-cases/change-appointment.ts';
import { completeAppointment } from '../../src/use-cases/complete-appointment.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { markingNow } from '../../src/use-cases/marking.ts';
import { markNoShow } from '../../src/use-cases/mark-no-show.ts';
import { markOn } from '../../src/use-cases/mark-on.ts';
import { expectedCalendars, type Expected } from './history-expected.ts';
import { createBetween, startMortalWorker, type MortalWorker } from './mortal-worker.ts';
import { calendarOf, type Rig } from './rig.ts';

/** One thing that happens; the numbers choose to whom and how. */
export interface Step {
  do: keyof typeof STEPS;
  a: number;
  b: number;
  c: number;
  /** Whether the next step waits until the workers have done what they can. */
  calm: boolean;
}

/** An event that its owner deleted, as it looked then. */
interface Hidden {
  startsAt: string;
  location: string;
  status: string;
  /** Something has happened since that may rightly bring it back. */
  mayReturn: boolean;
}

/** An event as its owner sees it. */
export type HistoryEvent = Pick<MemoryEvent, 'remoteId' | 'key' | 'fields'>;

/** What befalls one calendar. */
export interface HistoryFault extends MemoryFault {
  calendarId: string;
  failure: Failure;
}

/** A calendar service as owners and accidents see it: the in-memory one, or a simulated one with a real provider. */
export interface HistoryService extends Pick<MemoryProvider, 'calls' | 'edit' | 'remove' | 'forgetCursors'> {
  /** @throws {ProviderFailure} when there is no such calendar */
  events(calendarId: string): HistoryEvent[];
  fail(fault: HistoryFault): void;
}

/** What a history is played on. What only some services know is left out by the others. */
export interface HistoryRig extends Pick<Rig, 'context' | 'clock' | 'person' | 'connect' | 'order' | 'confirm'> {
  google: HistoryService;
  outlook: HistoryService;
  caldav?: HistoryService;
  /** Access tokens of the account run out. */
  expireTokens?(person: Caller, provider: ProviderName): void;
  /** The owner takes our access back. */
  revokeGrant?(person: Caller, provider: ProviderName): void;
  /** Nothing fails any more. */
  endFaults?(): void;
}

/** What one history knows of itself. */
interface History {
  rig: HistoryRig;
  db: Db;
  between: ReturnType<typeof createBetween>;
  workers: MortalWorker[];
  buried: MortalWorker[];
  errors: unknown[];
  admin: Caller;
  managers: Caller[];
  staff: Caller[];
  customers: Caller[];
  everybody: Caller[];
  orders: number[];
  appointments: number[];
  hidden: Map<string, Hidden>;
  /** What owners made of our fields, by the event's id: the last edit of each, and what it showed before. */
  edited: Map<string, { into: string; from: HistoryEvent['fields'] }>;
  /** Faults are played while this is true. */
  faults: boolean;
  /** Calendars whose account could not be reached to the end of a disconnection, by our own doing. */
  excused: Set<string>;
  /** When a disconnection with removal began. */
  leaving: Map<string, Date>;
}

/**
 * Plays a history on a fresh company, lets everything come to rest, and checks every calendar.
 * @throws when the engine has lost, doubled, leaked or left anything
 */
export async function playHistory(rig: HistoryRig, steps: readonly Step[]): Promise<void> {
  const history = await beginHistory(rig);
  try {
    for (const step of steps) await playStep(history, step);
    await comeToRest(history);
    await checkCalendars(history);
    await checkRest(history);
  } finally {
    await endHistory(history);
  }
}

async function beginHistory(rig: HistoryRig): Promise<History> {
  const admin = await rig.person('admin');
  const managers = [await rig.person('manager'), await rig.person('manager')];
  const staff = [
    await rig.person('staff', managers[0]?.id),
    await rig.person('staff', managers[1]?.id),
    await rig.person('staff'),
  ];
  const customers = [await rig.person('customer'), await rig.person('customer')];
  const everybody = [admin, ...managers, ...staff, ...customers];
  const history: History = {
    ...{ rig, db: rig.context.database.db, admin, managers, staff, customers, everybody },
    ...{ between: createBetween(), workers: [], buried: [], errors: [], orders: [], appointments: [] },
    ...{ hidden: new Map(), edited: new Map(), faults: true, excused: new Set(), leaving: new Map() },
  };
  for (const person of everybody) await rig.connect(person);
  for (const person of [admin, pick(staff, 0), ...customers]) await rig.connect(person, 'outlook');
  if (rig.caldav)
    for (const person of [pick(managers, 0), pick(staff, 1), ...customers]) await rig.connect(person, 'caldav');
  startWorker(history);
  startWorker(history);
  return history;
}

function startWorker(history: History): void {
  history.workers.push(startMortalWorker(history.rig, history.between, (error) => void history.errors.push(error)));
}

async function playStep(history: History, step: Step): Promise<void> {
  try {
    await STEPS[step.do](history, step);
  } catch (error) {
    // The business says no to some of what chance wishes.
    if (!(error instanceof BusinessError)) throw error;
  }
  await letWork(history, step.calm);
  await watchHidden(history);
}

/** Wakes the workers; `calm` waits until none of them can go on. Those that died are replaced, their leases run out. */
async function letWork(history: History, calm: boolean): Promise<void> {
  const { context } = history.rig;
  // Whoever was to mark on may have died after the first batch, or come to the end.
  if (calm) await markOn(context);
  else await context.database.transaction((tx) => markNextBatch(tx, markingNow(context)));
  for (const { worker } of history.workers) void worker.sweep();
  if (calm) await untilQuiet(history);
  const dead = history.workers.filter((one) => one.isDead());
  for (const one of dead) await replace(history, one);
}

async function replace(history: History, one: MortalWorker): Promise<void> {
  history.workers.splice(history.workers.indexOf(one), 1);
  await mourn(history, one);
  startWorker(history);
}

async function mourn(history: History, one: MortalWorker): Promise<void> {
  history.buried.push(one);
  await one.expireLeases();
}

/** Until nothing has moved for a few turns of the event loop, what waits on purpose left out. */
async function untilQuiet({ between: { work } }: History): Promise<void> {
  let calmTurns = 0;
  while (calmTurns < 5) {
    await work.none();
    const seen = work.begun;
    await turn();
    calmTurns = work.begun === seen ? calmTurns + 1 : 0;
  }
}

const pick = <T>(list: readonly T[], n: number): T => {
  const one = list[n % list.length];
  if (one === undefined) throw new BusinessError('not_found', 'nobody', 'There is none yet.');
  return one;
};

/** The first of the days on which appointments are: far enough ahead that none is over when its history ends. */
const DAYS_AHEAD = 11;

/** A time that is free of clock changes, inside every horizon, on one of 20 days. Earlier histories have moved the clock. */
function timeOf({ clock }: Pick<HistoryRig, 'clock'>, n: number): string {
  const day = new Date(clock.now().getTime() + (DAYS_AHEAD + (n % 20)) * DAY).toISOString().slice(0, 10);
  const hour = String(8 + (n % 9)).padStart(2, '0');
  return `${day}T${hour}:00:00`;
}

const PROVIDERS = ['google', 'outlook', 'caldav'] as const;

/** Those that there are on this rig. */
function providersOf({ rig }: Pick<History, 'rig'>): ProviderName[] {
  return PROVIDERS.filter((provider) => rig[provider] !== undefined);
}

const RULES = [undefined, undefined, 'FREQ=DAILY;COUNT=3', 'FREQ=WEEKLY;COUNT=4'];

const FAULTS: readonly Failure[] = [
  { kind: 'retry_later', code: 'concurrent_change', afterMs: null, scope: 'link' },
  { kind: 'retry_later', code: 'rate_limited', afterMs: 20 * SECOND, scope: 'connection' },
  { kind: 'retry_later', code: 'backend_error', afterMs: null, scope: 'app' },
  { kind: 'retry_later', code: 'quota', afterMs: 2 * HOUR, scope: 'connection' },
  { kind: 'unknown_outcome', code: 'answer_lost' },
  { kind: 'reauth_required', code: 'access_token_rejected' },
  { kind: 'operator_error', code: 'api_off' },
  { kind: 'conflict', code: 'id_taken' },
  { kind: 'refused', code: 'invalid' },
];

/** The number of a fault after whose call nobody knows what it did. */
export const LOST_ANSWER = FAULTS.findIndex(({ kind }) => kind === 'unknown_outcome');

const STEPS = {
  async book(history: History, { a, b, c }: Step) {
    const { rig, admin, customers, staff } = history;
    const team = staff.filter((_, i) => (b >> i) % 2 === 1);
    const rrule = pick(RULES, c);
    const more = { startsAt: timeOf(rig, a + c), ...(rrule === undefined ? {} : { rrule }) };
    const orderId = await rig.order(pick(customers, a), team, more);
    history.orders.push(orderId);
    history.appointments.push(...(await rig.confirm(admin, orderId)));
  },
  async move({ rig, admin, appointments }: History, { a, b }: Step) {
    await changeAppointment(rig.context, admin, pick(appointments, a), { startsAt: timeOf(rig, b) });
  },
  async assign({ rig, admin, appointments, staff }: History, { a, b }: Step) {
    const staffIds = staff.filter((_, i) => (b >> i) % 2 === 1).map((member) => member.id);
    await assignAppointment(rig.context, admin, pick(appointments, a), { staffIds });
  },
  async cancel({ rig, admin, appointments }: History, { a }: Step) {
    await cancelAppointment(rig.context, admin, pick(appointments, a));
  },
  async cancelOrder({ rig, admin, orders }: History, { a }: Step) {
    await cancelOrder(rig.context, admin, pick(orders, a));
  },
  async close({ rig, admin, appointments }: History, { a, b }: Step) {
    const close = b % 2 === 0 ? completeAppointment : markNoShow;
    await close(rig.context, admin, pick(appointments, a));
  },
  async note({ rig, admin, appointments }: History, { a, b, c }: Step) {
    const change = pick(
      [{ notes: `Note ${c}` }, { internalNotes: `Inside ${c}` }, { arrivalWindowMinutes: c % 60 }],
      b,
    );
    await changeAppointment(rig.context, admin, pick(appointments, a), change);
  },
  async manage({ rig, staff, managers }: History, { a, b }: Step) {
    const managerId = pick([...managers.map((one) => one.id), null], b);
    await edit(rig, pick(staff, a), { managerId });
  },
  async rename({ rig, everybody }: History, { a, c }: Step) {
    await edit(rig, pick(everybody, a), { name: `Renamed${c} Person` });
  },
  async deactivate(history: History, { a }: Step) {
    const { rig, managers, staff, customers } = history;
    const person = pick([...managers, ...staff, ...customers], a);
    for (const provider of providersOf(history)) noteLeaving(history, calendarOf(person, provider));
    await edit(rig, person, { isActive: false });
  },
  async reactivate({ rig, managers, staff, customers }: History) {
    for (const person of [...managers, ...staff, ...customers]) await edit(rig, person, { isActive: true });
  },
  async switchSync({ rig, everybody }: History, { a, b }: Step) {
    await changeCalendarSettings(rig.context, pick(everybody, a), { calendarSyncEnabled: b % 2 === 0 });
  },
  async remind({ rig, everybody }: History, { a, b }: Step) {
    await changeCalendarSettings(rig.context, pick(everybody, a), { reminderMinutes: b % 90 });
  },
  async syncNow({ rig, everybody }: History, { a }: Step) {
    await syncNow(rig.context, pick(everybody, a));
  },
  async hide(history: History, { a, b }: Step) {
    const calendarId = pick(calendarIds(history), a);
    const event = pick(eventsOf(history, calendarId), b);
    const link = await linkOf(history, event);
    if (!link) return;
    // The engine may have taken it away in the meantime.
    if (!eventsOf(history, calendarId).some(({ remoteId }) => remoteId === event.remoteId)) return;
    providerOf(history, calendarId).remove(calendarId, event.remoteId);
    const fields = fieldsOfOurs(history, event);
    history.hidden.set(`${calendarId}|${link.appointmentId}`, {
      startsAt: String(fields['startsAt']),
      location: String(fields['location']),
      status: statusIn(fields),
      mayReturn: link.inFlight,
    });
  },
  async recolour(history: History, { a, b }: Step) {
    const calendarId = pick(calendarIds(history), a);
    const event = pick(eventsOf(history, calendarId), b);
    providerOf(history, calendarId).edit(calendarId, event.remoteId, { colour: 'tomato' });
  },
  async edit(history: History, { a, b, c }: Step) {
    const calendarId = pick(calendarIds(history), a);
    const event = pick(eventsOf(history, calendarId), b);
    const { remoteId, fields } = event;
    const change = pick(
      [
        { title: `Mine ${c}` },
        { location: 'At home' },
        { startsAt: '2026-12-24T10:00:00.000Z', endsAt: '2026-12-24T11:00:00.000Z' },
      ],
      c,
    );
    const edited = { ...fields, ...change };
    history.edited.set(remoteId, { into: JSON.stringify(edited), from: fieldsOfOurs(history, event) });
    providerOf(history, calendarId).edit(calendarId, remoteId, { fields: edited });
  },
  async forgetCursors({ rig }: History) {
    for (const provider of PROVIDERS) rig[provider]?.forgetCursors();
  },
  async restore(history: History, { a }: Step) {
    const { rig, db, hidden, everybody } = history;
    const found = await sql<{ appointmentId: number; connectionId: number; userId: number; calendarId: string }>`
      select l.appointment_id as "appointmentId", c.id as "connectionId", c.user_id as "userId",
             c.calendar_id as "calendarId" from links l join connections c on c.id = l.connection_id
       where l.state = 'suppressed' and c.user_id = any(${everybody.map((one) => one.id)}::bigint[]) order by l.id`.execute(
      db,
    );
    const one = pick(found.rows, a);
    const owner = everybody.find((person) => person.id === one.userId);
    if (!owner) return;
    await restoreEvent(rig.context, owner, one.appointmentId, one.connectionId);
    hidden.delete(`${one.calendarId}|${one.appointmentId}`);
  },
  async retry({ rig, admin, appointments }: History, { a }: Step) {
    await retryLedger(rig.context, admin, pick(appointments, a));
  },
  async fault(history: History, { a, b, c }: Step) {
    const calendarId = pick(calendarIds(history), a);
    const failure = pick(FAULTS, b);
    if (failure.kind === 'reauth_required') history.excused.add(calendarId);
    const when = failure.kind === 'unknown_outcome' && c % 2 === 0 ? 'after' : 'before';
    providerOf(history, calendarId).fail({
      calendarId,
      failure,
      when,
      times: 1 + (c % 6),
      match: (operation, session) =>
        history.faults && session.calendarId === calendarId && befalls(history, failure, operation, calendarId),
    });
  },
  async dieGrant(history: History, { a, b }: Step) {
    const person = pick(history.everybody, a);
    const provider = pick(providersOf(history), b);
    history.between.deadGrants.add(`${provider}-${person.id}`);
    history.rig.revokeGrant?.(person, provider);
    history.excused.add(calendarOf(person, provider));
  },
  async expireTokens({ rig, everybody }: History, { a, b }: Step) {
    rig.expireTokens?.(pick(everybody, a), pick(providersOf({ rig }), b));
  },
  async connect(history: History, { a, b }: Step) {
    await connect(history, pick(history.everybody, a), pick(providersOf(history), b));
  },
  async disconnect(history: History, { a, b, c }: Step) {
    const person = pick(history.everybody, a);
    const provider = pick(providersOf(history), b);
    const removeEvents = c % 3 !== 0;
    await disconnectCalendar(history.rig.context, person, { provider, removeEvents, connectionId: null });
    if (removeEvents) noteLeaving(history, calendarOf(person, provider));
  },
  async hold(history: History, { a, b }: Step) {
    const { held } = history.between;
    const calendarId = pick(calendarIds(history), a);
    if (held.has(calendarId)) return;
    const gate = Promise.withResolvers<void>();
    held.set(calendarId, { when: b % 2 === 0 ? 'before' : 'after', opened: gate.promise, open: gate.resolve });
  },
  async open({ between }: History) {
    openAll(between);
  },
  async advance({ rig }: History, { b }: Step) {
    rig.clock.advance(pick([SECOND, 30 * SECOND, 5 * MINUTE, 20 * MINUTE, 2 * HOUR], b));
  },
  async kill({ workers }: History, { a, b }: Step) {
    pick(workers, a).dieAfter(b % 25);
  },
  async stop(history: History, { a }: Step) {
    const one = pick(history.workers, a);
    if (one.isDead()) return;
    history.workers.splice(history.workers.indexOf(one), 1);
    startWorker(history);
    await Promise.race([one.worker.stop(), one.death]);
    if (one.isDead()) await mourn(history, one);
  },
};

function openAll({ held }: History['between']): void {
  for (const gate of held.values()) gate.open();
  held.clear();
}

async function edit(rig: HistoryRig, person: Caller, change: UserEditWithoutVersion): Promise<void> {
  await changeUser(rig.context, person.id, { ...change, version: null });
}
type UserEditWithoutVersion = Omit<UserEdit, 'version'>;

async function connect(history: History, person: Caller, provider: ProviderName): Promise<void> {
  const { rig, between, db } = history;
  const { rows } = await sql<{
    active: boolean;
  }>`select is_active as active from users where id = ${person.id}`.execute(db);
  if (!rows[0]?.active) return;
  between.deadGrants.delete(`${provider}-${person.id}`);
  await rig.connect(person, provider);
  history.leaving.delete(calendarOf(person, provider));
}

function noteLeaving(history: History, calendarId: string): void {
  history.leaving.set(calendarId, history.rig.clock.now());
}

/** Each provider says only what it could say: a clash of ids only where there is no event of ours yet. */
function befalls(
  history: History,
  failure: Failure,
  operation: { kind: string; key: { link: string } },
  calendarId: string,
): boolean {
  if (failure.kind === 'refused') return operation.kind !== 'delete';
  if (failure.kind !== 'conflict') return true;
  return (
    operation.kind === 'create' && !eventsOf(history, calendarId).some((event) => event.key.link === operation.key.link)
  );
}

function calendarIds({ everybody, rig }: History): string[] {
  const all = everybody.flatMap((person) => providersOf({ rig }).map((provider) => calendarOf(person, provider)));
  return all.filter((calendarId) => exists(rig, calendarId));
}

function exists(rig: HistoryRig, calendarId: string): boolean {
  try {
    return Boolean(serviceOf(rig, calendarId).events(calendarId));
  } catch {
    return false;
  }
}

function providerOf({ rig }: History, calendarId: string): HistoryService {
  return serviceOf(rig, calendarId);
}

function serviceOf(rig: HistoryRig, calendarId: string): HistoryService {
  const service = rig[PROVIDERS.find((provider) => calendarId.startsWith(provider)) ?? 'google'];
  if (!service) throw new Error(`Nobody keeps ${calendarId}`);
  return service;
}

function eventsOf(history: History, calendarId: string): HistoryEvent[] {
  return providerOf(history, calendarId).events(calendarId);
}

/** What an event showed before its owner changed it. */
function fieldsOfOurs({ edited }: History, { remoteId, fields }: HistoryEvent): HistoryEvent['fields'] {
  const edit = edited.get(remoteId);
  return edit?.into === JSON.stringify(fields) ? edit.from : fields;
}

function statusIn(fields: HistoryEvent['fields']): string {
  const text = String(fields['description']).split('\n');
  if (text.includes('Completed')) return 'completed';
  return text.includes('Nobody was at home') ? 'no_show' : 'scheduled';
}

async function linkOf(
  { db }: History,
  event: HistoryEvent,
): Promise<{ appointmentId: number; inFlight: boolean } | undefined> {
  const found = await sql<{ appointmentId: number; inFlight: boolean }>`
    select appointment_id as "appointmentId", in_flight as "inFlight" from links
     where key = ${event.key.link}`.execute(db);
  return found.rows[0];
}

/** A hidden event may come back once it was not wanted, was elsewhere, or a call for it has been left without an answer. */
async function watchHidden({ db, hidden }: History): Promise<void> {
  if (hidden.size === 0) return;
  const expected = await expectedCalendars(db);
  const unsure = await sql<{ place: string }>`
    select c.calendar_id || '|' || l.appointment_id as place from links l join connections c on c.id = l.connection_id
     where l.in_flight`.execute(db);
  const places = new Set(unsure.rows.map((row) => row.place));
  for (const [place, one] of hidden) {
    const [calendarId = '', appointmentId = ''] = place.split('|');
    const wanted = expected.get(calendarId)?.get(Number(appointmentId));
    if (!wanted || hasMoved(one, wanted) || places.has(place)) one.mayReturn = true;
  }
}

function hasMoved(hidden: Hidden, wanted: Expected): boolean {
  return hidden.startsAt !== wanted.startsAt || hidden.location !== wanted.location || hidden.status !== wanted.status;
}

/** No more faults; everybody who was asked to sign in again does; time passes until nothing is left to do. */
async function comeToRest(history: History): Promise<void> {
  const { rig, between, everybody, db } = history;
  history.faults = false;
  rig.endFaults?.();
  between.deadGrants.clear();
  openAll(between);
  for (const one of history.workers) one.dieAfter(Number.POSITIVE_INFINITY);
  for (let round = 0; round < 80; round += 1) {
    for (const person of everybody) await syncNow(rig.context, person);
    await letWork(history, true);
    await watchHidden(history);
    for (const { userId, provider } of await needingTheirOwner(db)) {
      const owner = everybody.find((person) => person.id === userId);
      if (owner) await connect(history, owner, provider);
    }
    for (const id of await failedAppointments(db)) await retryLedger(rig.context, history.admin, id);
    await letWork(history, true);
    if (!(await workLeft(history))) return;
    rig.clock.advance(round < 20 ? 2 * MINUTE : HOUR);
  }
  throw new Error(`The engine did not come to rest: ${JSON.stringify(await leftovers(history))}`);
}

async function needingTheirOwner(db: Db): Promise<{ userId: number; provider: ProviderName }[]> {
  const found = await sql<{ userId: number; provider: ProviderName }>`
    select user_id as "userId", provider from connections where status = 'reauth_required' order by id`.execute(db);
  return found.rows;
}

async function failedAppointments(db: Db): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select distinct l.appointment_id as id from links l join connections c on c.id = l.connection_id
     where l.state = 'failed' and c.status <> 'disconnected' order by 1`.execute(db);
  return found.rows.map((row) => row.id);
}

async function leftovers({ db, rig }: History): Promise<unknown[]> {
  const now = rig.clock.now();
  const found = await sql`
    select c.id, c.status, c.error_code, c.not_before, c.lease_until > clock_timestamp() as leased, l.appointment_id,
           l.dirty, l.in_flight, l.state, l.error_code as link_error, l.due_at
      from connections c left join links l on l.connection_id = c.id and (l.dirty or l.in_flight)
     where c.status <> 'disconnected' and (l.id is not null or c.status in ('disconnecting', 'reauth_required')
            or c.read_due_at <= ${now})
     order by c.id limit 20`.execute(db);
  return found.rows;
}

async function workLeft(history: History): Promise<boolean> {
  return (await leftovers(history)).length > 0;
}

async function checkCalendars(history: History): Promise<void> {
  const expected = await expectedCalendars(history.db);
  const corrected = await putBackBefore(history.db);
  const wrong: string[] = [];
  for (const calendarId of calendarIds(history)) {
    const wanted = expected.get(calendarId);
    const shown = await shownIn(history, calendarId);
    for (const [appointmentId, events] of shown) {
      if (events.length > 1) wrong.push(`${calendarId} has appointment ${appointmentId} ${events.length} times`);
    }
    if (wanted) wrong.push(...compare(history, corrected, calendarId, wanted, shown));
    else if (shown.size > 0 && (await shouldBeEmpty(history, calendarId))) {
      wrong.push(`${calendarId} was left with ${[...shown.keys()].join()} in it`);
    }
  }
  if (wrong.length > 0) throw new Error(`Calendars are not as they should be:\n${wrong.join('\n')}`);
}

/** Events that were put back once already: a further edit of their owner stands. */
async function putBackBefore(db: Db): Promise<Set<string>> {
  const found = await sql<{ id: string }>`select remote_id as id from links where corrections > 0`.execute(db);
  return new Set(found.rows.map((row) => row.id));
}

async function shownIn(history: History, calendarId: string): Promise<Map<number, HistoryEvent[]>> {
  const shown = new Map<number, HistoryEvent[]>();
  for (const event of eventsOf(history, calendarId)) {
    const link = await linkOf(history, event);
    if (!link) throw new Error(`${calendarId} holds an event of no link`);
    shown.set(link.appointmentId, [...(shown.get(link.appointmentId) ?? []), event]);
  }
  return shown;
}

function compare(
  { hidden, edited }: History,
  corrected: ReadonlySet<string>,
  calendarId: string,
  wanted: Map<number, Expected>,
  shown: Map<number, HistoryEvent[]>,
): string[] {
  const surplus = [...shown.keys()].filter((id) => !wanted.has(id));
  const wrong = surplus.map((id) => `${calendarId} shows appointment ${id}, which does not concern its owner`);
  for (const [id, expected] of wanted) {
    const [event] = shown.get(id) ?? [];
    const hiding = hidden.get(`${calendarId}|${id}`);
    if (event) {
      const faults = differences(event, expected);
      const stands = edited.get(event.remoteId)?.into === JSON.stringify(event.fields) && corrected.has(event.remoteId);
      if (faults.length > 0 && !stands) wrong.push(`${calendarId}, appointment ${id}: ${faults.join('; ')}`);
      if (hiding && !hiding.mayReturn) wrong.push(`${calendarId}: hidden appointment ${id} came back`);
    } else if (!hiding || hasMoved(hiding, expected)) {
      wrong.push(`${calendarId} lacks appointment ${id}`);
    }
  }
  return wrong;
}

function differences({ fields }: HistoryEvent, expected: Expected): string[] {
  const description = String(fields['description']);
  const lines = description.split('\n');
  const same = (['title', 'startsAt', 'endsAt', 'location', 'busy'] as const).filter(
    (name) => fields[name] !== expected[name],
  );
  return [
    ...same.map((name) => `${name} is ${String(fields[name])}, not ${String(expected[name])}`),
    ...expected.says.filter((line) => !lines.includes(line)).map((line) => `does not say "${line}"`),
    ...expected.conceals.filter((words) => description.includes(words)).map((words) => `says "${words}"`),
  ];
}

/** A calendar that was left with its events taken off; not when the account had gone dead, or a day had passed. */
async function shouldBeEmpty({ db, excused, leaving }: History, calendarId: string): Promise<boolean> {
  const left = leaving.get(calendarId);
  if (!left || excused.has(calendarId)) return false;
  const found = await sql<{ ended: Date; remove: boolean }>`
    select updated_at as ended, remove_events as remove from connections
     where calendar_id = ${calendarId} and status = 'disconnected'`.execute(db);
  const [row] = found.rows;
  return row !== undefined && row.remove && row.ended.getTime() - left.getTime() < 24 * HOUR;
}

async function checkRest(history: History): Promise<void> {
  const { rig, between, errors, everybody } = history;
  if (errors.length > 0) throw new AggregateError(errors, `A worker met an error: ${String(errors[0])}`);
  if (between.mostAtOnce > 1) throw new Error('A calendar was written to by two at once');
  const countCalls = (): number => PROVIDERS.reduce((sum, provider) => sum + (rig[provider]?.calls.length ?? 0), 0);
  const calls = countCalls();
  for (const person of everybody) await syncNow(rig.context, person);
  let left = await restAgain(history);
  // A provider that had asked the whole app to wait may be waited for still.
  for (let round = 0; left.length > 0 && round < 10; round += 1) {
    rig.clock.advance(HOUR);
    left = await restAgain(history);
  }
  if (left.length > 0) throw new Error(`A further sync did not come to rest: ${JSON.stringify(left)}`);
  const more = countCalls() - calls;
  if (more > 0) throw new Error(`A further sync cost ${more} calls`);
}

async function restAgain(history: History): Promise<unknown[]> {
  await letWork(history, true);
  return leftovers(history);
}

/** Leaves nothing for the next history: its company stands alone in the same database. */
async function endHistory(history: History): Promise<void> {
  history.faults = false;
  history.rig.endFaults?.();
  openAll(history.between);
  for (const one of [...history.workers, ...history.buried]) await one.bury();
  await sql`update connections set status = 'disconnected', lease_token = null, lease_until = null`.execute(history.db);
  await sql`update appointments set status = 'cancelled'`.execute(history.db);
  await sql`delete from markings`.execute(history.db);
  await sql`delete from links`.execute(history.db);
}

/** What chance draws from, the usual more often than the rare. */
export const STEP_NAMES: readonly Step['do'][] = [
  ...(['book', 'book', 'book', 'move', 'move', 'move', 'assign', 'assign', 'cancel', 'cancelOrder', 'close'] as const),
  ...(['note', 'note', 'manage', 'rename', 'deactivate', 'reactivate', 'switchSync', 'remind', 'syncNow'] as const),
  ...([
    'hide',
    'hide',
    'recolour',
    'edit',
    'edit',
    'forgetCursors',
    'restore',
    'restore',
    'retry',
    'fault',
    'fault',
    'fault',
    'fault',
    'dieGrant',
  ] as const),
  ...(['connect', 'connect', 'disconnect', 'disconnect', 'hold', 'hold', 'open', 'advance', 'advance'] as const),
  ...(['kill', 'kill', 'stop'] as const),
];
