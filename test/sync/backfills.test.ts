import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { FaultAction as GoogleAction } from '../../simulator/google/faults.ts';
import type { FaultRule as OutlookRule } from '../../simulator/microsoft/faults.ts';
import type { LoggedRequest } from '../../simulator/kit/request-log.ts';
import type { Person } from '../support/business.ts';
import type { Json } from '../support/server.ts';
import { startSimulatedProduct, type SimulatedProduct } from '../support/simulated-product.ts';
import type { Service } from '../support/simulators.ts';

/*
 * A full calendar is connected to the real product, and the service behind it is in one of its worse moods. The
 * simulators have all their quotas on; they flag whoever calls before its time or with too much at once.
 */

const TIME_LIMIT_MS = 400_000;
const WAIT = { timeout: 240_000, interval: 50 };
const SERVICES = ['google', 'outlook'] as const;
/** Appointments of one order; four orders make a full calendar. */
const PER_ORDER = 50;
const FULL = 4 * PER_ORDER;
/** What one batch of each service may carry. */
const MOST_PARTS = { google: 50, outlook: 20 };

let product: SimulatedProduct;

beforeAll(async () => {
  product = await startSimulatedProduct();
}, TIME_LIMIT_MS);

afterEach(() => {
  for (const service of SERVICES) {
    expect(product.simulators[service].faults.list(), `faults at ${service} that were never played`).toEqual([]);
    expect(product.simulators[service].requests().flatMap(({ flags }) => flags)).toEqual([]);
    product.simulators[service].clearRequests();
  }
});

afterAll(() => product.close(), TIME_LIMIT_MS);

/** A customer with so many times fifty appointments in the days to come. @returns their ids as well */
async function customerWith(name: string, orders: number): Promise<{ customer: Person; appointments: Set<string> }> {
  const { business } = product;
  const customer = await business.hire('customer', name);
  const appointments = new Set<string>();
  for (let i = 0; i < orders; i += 1) {
    const rrule = `FREQ=DAILY;COUNT=${PER_ORDER}`;
    const id = await business.order({ customer, day: 2 + PER_ORDER * Math.floor(i / 9), hour: 8 + (i % 9), rrule });
    const order = await business.call(business.admin, 'POST', `/api/orders/${id}/confirm/`);
    for (const appointment of order.appointments as Json[]) appointments.add(String(appointment.id));
  }
  return { customer, appointments };
}

const shownBy = (person: Person, service: Service): (string | undefined)[] =>
  product.business.calendarOf(person, service).map(({ lines }) => /\/appointments\/(\d+)$/.exec(lines.join('\n'))?.[1]);

async function untilFilled(person: Person, doMeanwhile: () => void = () => undefined): Promise<void> {
  await vi.waitFor(async () => {
    doMeanwhile();
    const connections = await product.connectionsOf(person);
    const states = connections.map(({ provider, status, pending, failed }) => ({ provider, status, pending, failed }));
    expect(states.toSorted((a, b) => a.provider.localeCompare(b.provider))).toEqual(
      SERVICES.map((provider) => ({ provider, status: 'active', pending: 0, failed: 0 })),
    );
  }, WAIT);
}

function expectExactly(person: Person, appointments: ReadonlySet<string>): void {
  for (const service of SERVICES) {
    const shown = shownBy(person, service);
    expect(shown.length, `events at ${service}`).toBe(appointments.size);
    expect(new Set(shown)).toEqual(appointments);
  }
  // Nothing was made twice and cleared away afterwards either.
  expect(product.simulators.google.events(person.google).length).toBe(appointments.size);
  expect(product.simulators.outlook.deletedEvents(person.outlook)).toEqual([]);
}

const callsOf = (person: Person, service: Service): LoggedRequest[] =>
  product.simulators[service].requests().filter(({ account }) => account === person[service]);

/** How many calls went to the calendar, and how many were in its batches. */
function callsAndParts(person: Person, service: Service): { calls: number; parts: number } {
  const calls = callsOf(person, service).filter(({ operation }) => !operation?.startsWith('oauth.'));
  for (const { parts = [] } of calls) expect(parts.length).toBeLessThanOrEqual(MOST_PARTS[service]);
  return { calls: calls.length, parts: calls.flatMap(({ parts = [] }) => parts).length };
}

it('a full calendar takes a few batches', { timeout: TIME_LIMIT_MS }, async () => {
  const { customer, appointments } = await customerWith('Calm Customer', 4);
  for (const service of SERVICES) await product.business.connect(customer, service);
  await untilFilled(customer);
  expect(appointments.size).toBe(FULL);
  expectExactly(customer, appointments);
  // Google's limit of writes to one calendar in a second sends some back, and so batches stay smaller than they may be.
  expect(callsAndParts(customer, 'google').calls).toBeLessThan(40);
  const outlook = callsAndParts(customer, 'outlook');
  expect(outlook.parts).toBe(FULL);
  expect(outlook.calls).toBeLessThan(20);
});

/** What befalls requests of a kind: so many pass, then so many are hit. */
type Blow = [skip: number, times: number, match: NonNullable<OutlookRule['match']>, Json];

const BATCH = { operation: 'batch' };
const part = (number: number): { inBatch: true; part: number } => ({ inBatch: true, part: number });

/** Before and after it is done, whole batches and single items, with and without a time to come back. */
const BLOWS: readonly Blow[] = [
  [1, 2, BATCH, { kind: 'answer', status: 429, wait: 1 }],
  [0, 1, BATCH, { kind: 'answer-after-commit', status: 500 }],
  [1, 4, part(3), { kind: 'answer', status: 429, wait: 1 }],
  [0, 2, BATCH, { kind: 'answer', status: 503, wait: 1 }],
  [0, 3, part(5), { kind: 'answer-after-commit', status: 504 }],
  [0, 1, BATCH, { kind: 'drop-after-commit' }],
  [0, 1, BATCH, { kind: 'drop' }],
  [0, 1, part(9), { kind: 'drop-after-commit', abortBatch: true }],
  [0, 2, BATCH, { kind: 'answer', status: 500 }],
  [0, 1, BATCH, { kind: 'malformed-json' }],
  [0, 1, part(2), { kind: 'answer', status: 503 }],
  [0, 1, BATCH, { kind: 'html' }],
];

function strike(person: Person): void {
  const { google, outlook } = product.simulators;
  for (const [skip, times, match, { wait, ...action }] of BLOWS) {
    const rule = { skip, times };
    const forGoogle: GoogleAction = wait === undefined ? action : { ...action, retryAfterSeconds: wait };
    google.faults.add({ ...rule, match: { ...match, account: person.google }, action: forGoogle });
    const forOutlook: OutlookRule['action'] = wait === undefined ? action : { ...action, retryAfter: wait };
    outlook.faults.add({ ...rule, match: { ...match, account: person.outlook }, action: forOutlook });
  }
}

it('throttled, struck and cut off, it ends with each event exactly once', { timeout: TIME_LIMIT_MS }, async () => {
  const { google, outlook } = product.simulators;
  const { customer, appointments } = await customerWith('Struck Customer', 4);
  strike(customer);
  for (const service of SERVICES) await product.business.connect(customer, service);
  const expireAt = { google: [30, 90, 150], outlook: [30, 90, 150] };
  await untilFilled(customer, () => {
    for (const simulator of ['google', 'outlook'] as const) {
      if (shownBy(customer, simulator).length < (expireAt[simulator][0] ?? Infinity)) continue;
      expireAt[simulator].shift();
      product.simulators[simulator].expireAccessTokens(customer[simulator]);
    }
  });
  expect(expireAt).toEqual({ google: [], outlook: [] });
  expect(google.requests().filter(({ operation }) => operation === 'oauth.token.refresh').length).toBeGreaterThan(0);
  expect(outlook.requests().filter(({ operation }) => operation === 'oauth.token.refresh').length).toBeGreaterThan(0);
  expectExactly(customer, appointments);
});

it(
  'more than a minute of Google holds is spread, and what a person waits for goes first',
  { timeout: TIME_LIMIT_MS },
  async () => {
    const { business, simulators } = product;
    const { customer, appointments } = await customerWith('Large Customer', 13);
    for (const service of SERVICES) await business.connect(customer, service);
    // The backfill's share of this minute is used up; the rest of it is kept for people.
    const used = (): number =>
      simulators.google.accounts().find(({ email }) => email === customer.google)?.usedUnits ?? 0;
    await vi.waitFor(() => expect(used()).toBeGreaterThan(500), WAIT);
    const [first = ''] = appointments;
    const { starts_at: before } = await business.call(business.admin, 'GET', `/api/appointments/${first}/`);
    const startsAt = new Date(Date.parse(before) + 1_800_000).toISOString();
    await business.call(business.admin, 'PATCH', `/api/appointments/${first}/`, { starts_at: startsAt });
    await vi.waitFor(
      () => expect(business.calendarOf(customer).some((event) => event.startsAt === startsAt)).toBe(true),
      { timeout: 10_000, interval: 20 },
    );
    expect(shownBy(customer, 'google').length).toBeLessThan(appointments.size);

    await untilFilled(customer);
    expectExactly(customer, appointments);
    const refused = callsOf(customer, 'google').flatMap(({ parts = [], reason }) => [
      reason,
      ...parts.map((one) => one.reason),
    ]);
    expect(refused).not.toContain('userRateLimitExceeded');
  },
);
