import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGoogleSimulator, type GoogleSimulator } from '../../simulator/google/server.ts';
import type { Json } from '../support/server.ts';
import { startTestFolder, type TestFolder } from '../support/test-folder.ts';
import { buildWeb } from '../support/web-build.ts';
import { ADMIN_EMAIL, PASSWORD, startBusiness, type Business, type Person } from '../support/business.ts';
import { startKillable, type Killable } from '../support/killable.ts';

/*
 * The real product under `kill -9`: orders are confirmed while a large calendar is filled or emptied, the process is
 * killed somewhere in between and started again. Nothing that was acknowledged may be missing, nothing doubled.
 */

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 10);
const ON_POSTGRES = process.env.TEST_DATABASE === 'postgres';
const CONFIRMS = 6;
const REDIRECT_URI = 'http://localhost:8000/api/calendar/google/callback/';
const CLIENT = { clientId: 'valclean-test', clientSecret: 'valclean-test-secret' };
/** Longer than a lease, so that a worker that was killed alone is waited for; far more than anything else takes. */
const REST_WITHIN_MS = 240_000;
const LOG_LINES = 100;
const TIME_LIMIT_MS = 120_000 + ROUNDS * 300_000;

let google: GoogleSimulator;
let settings: Record<string, string>;
let folder: TestFolder;
let processes: { command: 'serve' | 'api' | 'worker'; running: Killable }[] = [];
let business: Business;
/**
 * Have many appointments each; in each round one of them connects or disconnects. They take turns, so that none of their
 * accounts needs more calls in a minute than Google allows.
 */
let large: Person[];
let staff: Person[];
let customers: Person[];

beforeAll(async () => {
  await buildWeb();
  google = await startGoogleSimulator({
    clients: [{ ...CLIENT, redirectUris: [REDIRECT_URI] }],
    accounts: [],
    // More at once than Google likes for one calendar; throttling is tried elsewhere.
    settings: { quota: { perUserPerMinute: null, calendarWritesPerSecond: null } },
  });
  await makeData();
  await startAll();
  business = await startBusiness(google, apiUrl);
  await foundCompany();
}, TIME_LIMIT_MS);

afterAll(async () => {
  for (const { running } of processes) await running.stop();
  await google.close();
  await folder.remove();
}, TIME_LIMIT_MS);

async function makeData(): Promise<void> {
  folder = await startTestFolder();
  settings = {
    ...{ ...google.env, ...folder.settings, PORT: '0', WEB_PORT: '0', GOOGLE_REDIRECT_URI: REDIRECT_URI },
    ...{ GOOGLE_CLIENT_ID: CLIENT.clientId, GOOGLE_CLIENT_SECRET: CLIENT.clientSecret },
    ...{ BOOTSTRAP_ADMIN_EMAIL: ADMIN_EMAIL, BOOTSTRAP_ADMIN_PASSWORD: PASSWORD },
  };
}

let apiUrl = '';

async function start(command: 'serve' | 'api' | 'worker'): Promise<void> {
  const running = await startKillable(command, settings);
  processes.push({ command, running });
  apiUrl = running.ready.api ?? apiUrl;
}

async function startAll(): Promise<void> {
  await Promise.all((ON_POSTGRES ? (['api', 'worker', 'worker'] as const) : (['serve'] as const)).map(start));
}

async function foundCompany(): Promise<void> {
  const manager = await business.hire('manager', 'Mark Weber');
  staff = [
    await business.hire('staff', 'Sarah Miller', manager.id),
    await business.hire('staff', 'Tom King', manager.id),
  ];
  customers = [await business.hire('customer', 'Jane Doe'), await business.hire('customer', 'Omar Haddad')];
  large = [
    await business.hire('customer', 'Lara Large'),
    await business.hire('customer', 'Lars Long'),
    await business.hire('customer', 'Vera Vast'),
  ];
  for (const customer of large) {
    for (const hour of [8, 11, 14]) {
      await confirm(await business.order({ customer, day: 2, hour, rrule: 'FREQ=DAILY;COUNT=30' }));
    }
  }
  for (const person of [business.admin, manager, ...staff, ...customers]) await business.connect(person);
}

/** The one whose turn it is. */
function largeOf(round: number): Person {
  const person = large[round % large.length];
  if (!person) throw new Error('The company was not founded');
  return person;
}

const confirm = (orderId: number): Promise<Json> =>
  business.call(business.admin, 'POST', `/api/orders/${orderId}/confirm/`);

/** What is under way when the process is killed: orders that are confirmed, and a calendar that is filled or emptied. */
async function doWork(round: number, orders: readonly number[]): Promise<{ acknowledged: number[] }> {
  const acknowledged: number[] = [];
  const confirming = orders.map(async (id) => {
    await confirm(id);
    acknowledged.push(id);
  });
  // Whoever was being served when the process died gets no answer: that is the point.
  await Promise.allSettled([...confirming, turn(largeOf(round))]);
  return { acknowledged };
}

async function turn(person: Person): Promise<void> {
  if ((await connectionsOf(person)).length === 0) return business.connect(person);
  await business.call(person, 'POST', '/api/calendar/google/disconnect/', { remove_events: true });
}

async function connectionsOf(person: Person): Promise<Json[]> {
  return (await business.call(person, 'GET', '/api/calendar/')).connections;
}

async function pendingOrders(round: number): Promise<number[]> {
  const orders: number[] = [];
  for (let i = 0; i < CONFIRMS; i += 1) {
    const customer = customers[i % customers.length] ?? largeOf(round);
    const team = staff.slice(i % 2, (i % 2) + 1 + (i % 3 === 0 ? 1 : 0));
    const wish = { customer, staff: team, day: 2 + ((round * CONFIRMS + i) % 40), hour: 9 + (i % 8) };
    orders.push(await business.order(i === 0 ? { ...wish, rrule: 'FREQ=DAILY;COUNT=3' } : wish));
  }
  return orders;
}

/** Kills what the round has chosen, in the middle of the work, and starts it again. */
async function killAndRestart(round: number, afterMs: number): Promise<void> {
  await pause(afterMs);
  const one = processes.find(({ command }) => command === 'worker');
  const victims = one !== undefined && round === 2 ? [one] : processes;
  processes = processes.filter((running) => !victims.includes(running));
  await Promise.all(victims.map(({ running }) => running.kill()));
  if (victims.length > 1) await expireLeases();
  await Promise.all(victims.map(({ command }) => start(command)));
  business.moveTo(apiUrl);
}

/** Nobody is left who could hold one. A worker that was killed alone is waited for: its lease runs out by itself. */
async function expireLeases(): Promise<void> {
  if (folder.databaseUrl === null) return;
  const client = new pg.Client(folder.databaseUrl);
  await client.connect();
  await client.query(`update connections set lease_until = clock_timestamp() - interval '1 second'`);
  await client.end();
}

async function untilAtRest(): Promise<void> {
  const deadline = Date.now() + REST_WITHIN_MS;
  for (;;) {
    const busy = await firstBusy();
    if (busy === null) return;
    if (Date.now() > deadline) throw new Error(`Not at rest: ${JSON.stringify(busy)}\n${logs()}`);
    await pause(100);
  }
}

async function firstBusy(): Promise<Json | null> {
  for (const person of business.people) {
    const busy = (await connectionsOf(person)).find(
      (one) => one.pending > 0 || one.failed > 0 || one.status !== 'active',
    );
    if (busy) return busy;
  }
  return null;
}

/** The end of what each process said, without the questions of this test. */
function logs(): string {
  const told = processes.map(({ running }) =>
    running
      .said()
      .split('\n')
      .filter((line) => !line.includes('"method":"GET"'))
      .slice(-LOG_LINES),
  );
  return told.flat().join('\n');
}

async function checkEverything(acknowledged: readonly number[]): Promise<void> {
  for (const id of acknowledged) {
    const order = await business.call(business.admin, 'GET', `/api/orders/${id}/`);
    expect(order.status, `order ${id} had been confirmed`).toBe('confirmed');
    expect(order.appointments.length).toBeGreaterThan(0);
  }
  const appointments = await business.appointments();
  for (const person of business.people) {
    const connected = (await connectionsOf(person)).length > 0;
    const wanted = connected
      ? appointments.filter((one) => concerns(one, person)).map((one) => shown(one, person))
      : [];
    expect(eventsOf(person), `the calendar of ${person.name}`).toEqual(wanted.toSorted());
  }
}

/** The manager has the whole team; the large customers' appointments have nobody on them. */
function concerns({ customer, staff: team }: Json, { id, role }: Person): boolean {
  const ids = (team as { id: number }[]).map((one) => one.id);
  if (role === 'admin') return true;
  return role === 'manager' ? ids.length > 0 : ids.includes(id) || customer.id === id;
}

function shown({ id, order_id: orderId, customer, staff: team, starts_at: at }: Json, { role }: Person): string {
  const visit = `Deep clean – ${customer.name}`;
  const names = (team as { name: string }[]).map(({ name }) => name.replace(/ (.).*/, ' $1.')).join(', ');
  const overview = `${names || 'Unassigned'} · ${visit}`;
  const titles = {
    customer: 'VALClean: Deep clean',
    staff: visit,
    manager: overview,
    admin: `${overview} #${orderId}`,
  };
  return `${id} ${new Date(at).toISOString()} ${titles[role]}`;
}

function eventsOf(person: Person): string[] {
  const live = google.events(person.google).filter((event) => event['status'] !== 'cancelled') as Json[];
  for (const event of live) expect(event).not.toHaveProperty('attendees');
  const texts = live.map((event) => {
    const id = /\/appointments\/(\d+)/.exec(event.description)?.[1];
    return `${id} ${new Date(event.start.dateTime).toISOString()} ${event.summary}`;
  });
  return texts.toSorted();
}

it(
  `loses and doubles nothing when it is killed ${ROUNDS} times`,
  async () => {
    await untilAtRest();
    await checkEverything([]);
    const begun = Date.now();
    const first = await doWork(0, await pendingOrders(0));
    await untilAtRest();
    await checkEverything(first.acknowledged);
    const wholeMs = Date.now() - begun;
    const acknowledged = [...first.acknowledged];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const orders = await pendingOrders(round);
      const working = doWork(round, orders);
      await killAndRestart(round, Math.random() * wholeMs);
      acknowledged.push(...(await working).acknowledged);
      await untilAtRest();
      await checkEverything(acknowledged);
      // Those whose answer was lost are confirmed again, as a person would; that makes nothing twice.
      for (const id of orders) await confirm(id);
      await untilAtRest();
      await checkEverything([...acknowledged, ...orders]);
    }
    expect(acknowledged.length).toBeGreaterThan(CONFIRMS);
    expect(google.requests().flatMap((request) => request.flags)).toEqual([]);
  },
  TIME_LIMIT_MS,
);
