import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoggedPart } from '../../simulator/kit/request-log.ts';
import { migrations } from '../../src/db/migrations/list.ts';
import { startBusiness, type Business, type Person } from '../support/business.ts';
import { expectedEvents, shownEvents } from '../support/expected-events.ts';
import { startKillable, type Killable, type Ready } from '../support/killable.ts';
import type { Json } from '../support/server.ts';
import { productSettings } from '../support/simulated-product.ts';
import { startSimulators, type Service, type Simulators } from '../support/simulators.ts';
import { startTestFolder, type TestFolder } from '../support/test-folder.ts';
import { buildWeb } from '../support/web-build.ts';

/*
 * Many nodes: an API and four workers in processes of their own, between both simulated services. The story is told in
 * order; each part goes on with what the one before it has left.
 */

const WORKERS = 4;
/** Customers, and how many appointments of each are confirmed while workers die: each is in three or four calendars. */
const CUSTOMERS = 20;
const ORDERS_OF_EACH = 2;
const PER_ORDER = 40;
const DELIVERIES = 5_000;
/** On the way to them: every few seconds. */
const KILLS = 7;
/** Longer than a lease, which a killed worker leaves behind; far more than anything else takes. */
const REST_WITHIN_MS = 240_000;
const TIME_LIMIT_MS = 600_000;
const SERVICES = ['google', 'outlook'] as const;

type Running = Killable & { ready: Ready };

describe.skipIf(process.env.TEST_DATABASE !== 'postgres')('one API and four workers, on PostgreSQL alone', () => {
  let simulators: Simulators;
  let folder: TestFolder;
  let settings: Record<string, string>;
  let database: pg.Client;
  let api: Running;
  let workers: Running[] = [];
  let business: Business;
  let customers: Person[];
  let staff: Person[];
  /** Who is connected where. */
  const calendars: [Person, Service][] = [];

  beforeAll(async () => {
    await buildWeb();
    // More at once than Google likes for one calendar; throttling is tried elsewhere.
    simulators = await startSimulators({
      google: { settings: { quota: { perUserPerMinute: null, calendarWritesPerSecond: null } } },
    });
    folder = await startTestFolder();
    settings = productSettings(simulators, folder);
    database = new pg.Client(folder.databaseUrl ?? '');
    await database.connect();
    await database.query('drop schema public cascade; create schema public');
  }, TIME_LIMIT_MS);

  afterAll(async () => {
    for (const running of [...workers, api]) await running.stop();
    await database.end();
    await simulators.close();
    await folder.remove();
  }, TIME_LIMIT_MS);

  async function hireEverybody(): Promise<void> {
    const managers: Person[] = [];
    staff = [];
    customers = [];
    for (const name of names(4)) managers.push(await business.hire('manager', `Mark ${name}`));
    for (const [i, name] of names(8).entries()) {
      staff.push(await business.hire('staff', `Sarah ${name}`, managers[i % managers.length]?.id));
    }
    for (const name of names(CUSTOMERS)) customers.push(await business.hire('customer', `Jane ${name}`));
    for (const [i, person] of [...managers, ...staff].entries()) await connect(person, SERVICES[i % 2] ?? 'google');
    for (const [i, person] of customers.entries()) {
      for (const service of i % 4 === 0 ? SERVICES : [SERVICES[i % 2] ?? 'google']) await connect(person, service);
    }
  }

  async function connect(person: Person, service: Service): Promise<void> {
    await business.connect(person, service);
    calendars.push([person, service]);
  }

  function customerOf(i: number): Person {
    const customer = customers[i % CUSTOMERS];
    if (!customer) throw new Error('The company was not founded');
    return customer;
  }

  async function orderFor(customer: Person, i: number, rrule: string): Promise<number> {
    const team = staff.slice(i % staff.length).slice(0, 1);
    return business.order({ customer, staff: team, day: 2, hour: 8 + (i % 9), rrule });
  }

  async function confirm(orderId: number): Promise<Json[]> {
    return (await business.call(business.admin, 'POST', `/api/orders/${orderId}/confirm/`)).appointments;
  }

  /** What an office does beside: one appointment moves, one changes hands, one is cancelled. */
  async function meddle([moved, given, cancelled]: Json[], i: number): Promise<void> {
    const at = new Date(Date.parse(moved.starts_at) + 900_000).toISOString();
    const replacement = staff[(i + 3) % staff.length];
    await business.call(business.admin, 'PATCH', `/api/appointments/${moved.id}/`, { starts_at: at });
    const team = { staff_ids: [replacement?.id] };
    await business.call(business.admin, 'POST', `/api/appointments/${given.id}/assign/`, team);
    await business.call(business.admin, 'POST', `/api/appointments/${cancelled.id}/cancel/`);
  }

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + REST_WITHIN_MS;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`Not at rest: ${JSON.stringify(await accountsAtWork())}\n${logs()}`);
      await pause(100);
    }
  }

  const untilAtRest = (): Promise<void> => until(async () => (await accountsAtWork()).length === 0);

  async function accountsAtWork(): Promise<unknown[]> {
    const left = await database.query(`
        select c.id, c.status, c.error_code, c.not_before, c.lease_until, count(l.id) filter (where l.dirty) as dirty,
               count(l.id) filter (where l.state = 'failed') as failed
          from connections c left join links l on l.connection_id = c.id group by c.id
        having c.status <> 'active' or count(l.id) filter (where l.dirty or l.in_flight) > 0`);
    return left.rows;
  }

  const logs = (): string => [api, ...workers].map(({ said }) => said().slice(-20_000)).join('\n');

  /** @returns how many events there are in all */
  async function checkCalendars(): Promise<number> {
    const appointments = await business.appointments();
    let count = 0;
    for (const [person, service] of calendars) {
      const wanted = expectedEvents(appointments, { person, people: business.people });
      expect(wanted.length).toBeGreaterThan(0);
      const shown = shownEvents(business.calendarOf(person, service));
      expect(shown, `the ${service} calendar of ${person.name}`).toEqual(wanted);
      count += shown.length;
    }
    return count;
  }

  /** Events that were made since the log was cleared; one that is made once more counts again. */
  function countCreations(): number {
    const calls = SERVICES.flatMap((service) => simulators[service].requests());
    const parts = calls.flatMap((call): Pick<LoggedPart, 'operation' | 'status'>[] => call.parts ?? [call]);
    return parts.filter(({ operation, status }) => /insert|create/.test(operation ?? '') && status < 300).length;
  }

  it('start at once on an empty database, and migrate it together', { timeout: TIME_LIMIT_MS }, async () => {
    const [first, ...more] = await Promise.all([
      startKillable('api', settings),
      ...Array.from({ length: WORKERS }, () => startKillable('worker', settings)),
    ]);
    [api, workers] = [first, more];
    const applied = [api, ...workers].flatMap(({ said }) => migrationsIn(said()));
    expect(applied.toSorted()).toEqual(Object.keys(migrations));
    business = await startBusiness(simulators.google, api.ready.api ?? '', simulators.outlook);
    await hireEverybody();
    expect(business.people.length).toBe(1 + 4 + 8 + CUSTOMERS);
  });

  it(
    `deliver ${DELIVERIES} events exactly once while a worker is killed again and again`,
    { timeout: TIME_LIMIT_MS },
    async () => {
      for (const service of SERVICES) {
        simulators[service].faults.add({ action: { kind: 'latency', ms: 20 }, times: 'until-cleared' });
        simulators[service].clearRequests();
      }
      const starting: Promise<unknown>[] = [];
      // Counted in deliveries, not in seconds, so that a fast machine kills as often as a slow one.
      async function killAgainAndAgain(): Promise<void> {
        for (let kills = 1; kills <= KILLS; kills += 1) {
          await until(() => countCreations() >= (kills * DELIVERIES) / (KILLS + 1) && workers.length > 0);
          const [victim] = workers.splice(Math.floor(Math.random() * workers.length), 1);
          await victim?.kill();
          starting.push(startKillable('worker', settings).then((running) => workers.push(running)));
        }
      }
      async function confirmEverything(): Promise<void> {
        for (let i = 0; i < CUSTOMERS * ORDERS_OF_EACH; i += 1) {
          await meddle(await confirm(await orderFor(customerOf(i), i, `FREQ=DAILY;COUNT=${PER_ORDER}`)), i);
        }
      }
      await Promise.all([killAgainAndAgain(), confirmEverything()]);
      await until(() => countCreations() >= DELIVERIES);
      await Promise.all(starting);
      await untilAtRest();
      expect(await checkCalendars()).toBeGreaterThanOrEqual(DELIVERIES);
      expect(SERVICES.flatMap((service) => simulators[service].requests().flatMap(({ flags }) => flags))).toEqual([]);
    },
  );

  it('are restarted one after another without a lost or doubled event', { timeout: TIME_LIMIT_MS }, async () => {
    const restarting = async (): Promise<void> => {
      for (let i = 0; i < WORKERS; i += 1) {
        const old = workers.shift();
        workers.push(await startKillable('worker', settings));
        await old?.stop();
      }
      const old = api;
      api = await startKillable('api', settings);
      business.moveTo(api.ready.api ?? '');
      await old.stop();
    };
    let over = false;
    const restarted = restarting().finally(() => (over = true));
    for (let i = 0; !over; i += 1) {
      await meddle(await confirm(await orderFor(customerOf(i), i, 'FREQ=DAILY;COUNT=4')), i);
    }
    await restarted;
    await untilAtRest();
    await checkCalendars();
  });
});

function names(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${String.fromCodePoint(65 + i)}son`);
}

/** The migrations that a process said it ran. */
function migrationsIn(said: string): string[] {
  const line = said.split('\n').find((text) => text.includes('"msg":"database migrated"'));
  return line === undefined ? [] : (JSON.parse(line) as { applied: string[] }).applied;
}
