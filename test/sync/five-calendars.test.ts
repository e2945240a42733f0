import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Person } from '../support/business.ts';
import type { SeenEvent } from '../support/seen-event.ts';
import type { Json } from '../support/server.ts';
import { startSimulatedProduct, type SimulatedProduct } from '../support/simulated-product.ts';
import type { Service } from '../support/simulators.ts';

/*
 * One order in five calendars, with the real product and both services: a customer at Google, staff at Outlook, their
 * manager at both, an admin at Outlook. The story is told in order; each part begins where the one before it ended.
 */

const TIME_LIMIT_MS = 400_000;
/** How soon everybody has an event after the office was answered. */
const ARRIVES_WITHIN_MS = 2_000;
const WAIT = { timeout: 60_000, interval: 20 };

let product: SimulatedProduct;
let jane: Person;
let mark: Person;
let sarah: Person;
let tom: Person;
let ada: Person;
let appointmentId: number;
/** Who has an event where, and its id. */
let ids: Map<string, string>;

beforeAll(async () => {
  product = await startSimulatedProduct();
  const { business } = product;
  ada = business.admin;
  jane = await business.hire('customer', 'Jane Doe');
  mark = await business.hire('manager', 'Mark Weber');
  sarah = await business.hire('staff', 'Sarah Miller', mark.id);
  tom = await business.hire('staff', 'Tom King', mark.id);
  await business.call(jane, 'PATCH', '/api/auth/me/', { phone: '020 7946 0001' });
  for (const [person, service] of calendars()) await business.connect(person, service);
  await comeAndGo();
}, TIME_LIMIT_MS);

afterAll(() => product.close(), TIME_LIMIT_MS);

function calendars(): [Person, Service][] {
  return [
    [jane, 'google'],
    [sarah, 'outlook'],
    [mark, 'google'],
    [mark, 'outlook'],
    [ada, 'outlook'],
    [tom, 'outlook'],
  ];
}

const seen = (person: Person, service: Service): SeenEvent[] => product.business.calendarOf(person, service);

/** The only event in somebody's calendar. */
function only(person: Person, service: Service): SeenEvent {
  const [event, ...more] = seen(person, service);
  if (!event || more.length > 0) throw new Error(`${person.name} has ${more.length + (event ? 1 : 0)} events`);
  return event;
}

/** Titles by person and service; calendars without events are left out. */
function titles(): Record<string, string[]> {
  const all = calendars().map(
    ([person, service]) => [`${person.name} ${service}`, seen(person, service).map(({ title }) => title)] as const,
  );
  return Object.fromEntries(all.filter(([, shown]) => shown.length > 0));
}

function eventIds(): Map<string, string> {
  return new Map(
    calendars().flatMap(([person, service]) =>
      seen(person, service).map(({ id }) => [`${person.name} ${service}`, id] as const),
    ),
  );
}

const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, WAIT);

const change = (patch: object): Promise<Json> =>
  product.business.call(ada, 'PATCH', `/api/appointments/${appointmentId}/`, patch);

/** The row of somebody's calendar in the ledger of the appointment. */
async function ledgerRow(person: Person, provider: Service): Promise<Json> {
  const { items } = await product.business.call(ada, 'GET', `/api/appointments/${appointmentId}/calendars/`);
  return (items as Json[]).find((row) => row.user.id === person.id && row.provider === provider);
}

/** Opens connections and compiles code, so that what is measured afterwards is not the first of its life. */
async function comeAndGo(): Promise<void> {
  const id = await book(20);
  await until(() => expect(titles()).toEqual(EVERYBODY));
  await product.business.call(ada, 'POST', `/api/appointments/${id}/cancel/`);
  await until(() => expect(titles()).toEqual({}));
}

async function book(day: number): Promise<number> {
  const { business } = product;
  const orderId = await business.order({ customer: jane, staff: [sarah], day, hour: 9 });
  const { appointments } = await business.call(ada, 'POST', `/api/orders/${orderId}/confirm/`);
  return appointments[0].id;
}

const EVERYBODY = {
  'Jane Doe google': ['VALClean: Deep clean'],
  'Sarah Miller outlook': ['Deep clean – Jane Doe'],
  'Mark Weber google': ['Sarah M. · Deep clean – Jane Doe'],
  'Mark Weber outlook': ['Sarah M. · Deep clean – Jane Doe'],
  'Ada Bright outlook': [expect.stringMatching(/^Sarah M\. · Deep clean – Jane Doe #\d+$/)],
};

it('a confirmed order is in five calendars within two seconds', { timeout: TIME_LIMIT_MS }, async () => {
  const { business } = product;
  const orderId = await business.order({ customer: jane, staff: [sarah], day: 3, hour: 9 });
  expect(titles()).toEqual({});
  const confirmed = await business.call(ada, 'POST', `/api/orders/${orderId}/confirm/`);
  await vi.waitFor(() => expect(titles()).toEqual(EVERYBODY), { timeout: ARRIVES_WITHIN_MS, interval: 10 });
  appointmentId = confirmed.appointments[0].id;
  ids = eventIds();
  expect(ids.size).toBe(5);
});

it('each of them shows what its owner may see, and nothing else', { timeout: TIME_LIMIT_MS }, async () => {
  await change({ internal_notes: 'Pays late', arrival_window_minutes: 30 });
  await until(() => {
    for (const [person, service] of [
      [mark, 'google'],
      [mark, 'outlook'],
      [ada, 'outlook'],
    ] as const) {
      expect(only(person, service).lines).toContain('Internal notes: Pays late');
    }
    expect(only(jane, 'google').lines.join()).toContain('We arrive between');
  });
  expect(eventIds()).toEqual(ids);

  const {
    starts_at: startsAt,
    ends_at: endsAt,
    order_id: orderId,
  } = await product.business.call(ada, 'GET', `/api/appointments/${appointmentId}/`);
  const [start, end] = [new Date(startsAt), new Date(endsAt)];
  const promised = new Date(end.getTime() + 30 * 60_000);
  const common = {
    location: '1 High Street, N1 1AA London, GB',
    startsAt: start.toISOString(),
    private: true,
    hasGuests: false,
  };
  const link = `http://localhost:3000/appointments/${appointmentId}`;
  const customer = ['Customer: Jane Doe', 'Phone: 020 7946 0001'];
  const overview = {
    ...{ ...common, endsAt: end.toISOString(), busy: false },
    lines: [
      ...['Team: Sarah Miller', ...customer, `E-mail: ${jane.email}`, 'Notes: Ring twice'],
      'Internal notes: Pays late',
    ],
  };
  expect(only(jane, 'google')).toEqual({
    ...{ ...common, id: ids.get('Jane Doe google'), title: 'VALClean: Deep clean' },
    ...{ endsAt: promised.toISOString(), busy: true },
    lines: [
      ...['We arrive between 09:00 and 09:30', 'Your team: Sarah', 'Notes: Ring twice'],
      ...['Price: GBP 90.00', `Order: #${orderId}`, link],
    ],
  });
  expect(only(sarah, 'outlook')).toEqual({
    ...{ ...common, id: ids.get('Sarah Miller outlook'), title: 'Deep clean – Jane Doe' },
    ...{ endsAt: end.toISOString(), busy: true },
    lines: [
      'Team: Sarah Miller',
      ...customer,
      'Access: Key safe 4411',
      'Notes: Ring twice',
      `Order: #${orderId}`,
      link,
    ],
  });
  for (const service of ['google', 'outlook'] as const) {
    expect(only(mark, service)).toEqual({
      ...{ ...overview, id: ids.get(`Mark Weber ${service}`), title: 'Sarah M. · Deep clean – Jane Doe' },
      lines: [...overview.lines, `Order: #${orderId}`, link],
    });
  }
  expect(only(ada, 'outlook')).toEqual({
    ...{ ...overview, id: ids.get('Ada Bright outlook'), title: `Sarah M. · Deep clean – Jane Doe #${orderId}` },
    lines: [...overview.lines, 'Price: GBP 90.00', `Order: #${orderId}`, link],
  });
});

it('rescheduled, they move in place', { timeout: TIME_LIMIT_MS }, async () => {
  const before = only(sarah, 'outlook');
  const startsAt = new Date(Date.parse(before.startsAt) + 26 * 3_600_000).toISOString();
  await change({ starts_at: startsAt });
  await until(() => {
    for (const [person, service] of calendars().slice(0, 5)) expect(only(person, service).startsAt).toBe(startsAt);
  });
  expect(eventIds()).toEqual(ids);
  expect(Date.parse(only(sarah, 'outlook').endsAt) - Date.parse(startsAt)).toBe(3_600_000);
});

it('given to somebody else, it changes hands', { timeout: TIME_LIMIT_MS }, async () => {
  await product.business.call(ada, 'POST', `/api/appointments/${appointmentId}/assign/`, { staff_ids: [tom.id] });
  const overview = 'Tom K. · Deep clean – Jane Doe';
  await until(() =>
    expect(titles()).toEqual({
      'Jane Doe google': ['VALClean: Deep clean'],
      'Tom King outlook': ['Deep clean – Jane Doe'],
      'Mark Weber google': [overview],
      'Mark Weber outlook': [overview],
      'Ada Bright outlook': [expect.stringMatching(/^Tom K\. · Deep clean – Jane Doe #\d+$/)],
    }),
  );
  await until(() => expect(only(jane, 'google').lines).toContain('Your team: Tom'));
  for (const place of ['Jane Doe google', 'Mark Weber google', 'Mark Weber outlook', 'Ada Bright outlook']) {
    expect(eventIds().get(place)).toBe(ids.get(place));
  }
  const deleted = product.simulators.outlook.deletedEvents(sarah.outlook).map(({ id }) => id);
  expect(deleted[0]).toBe(ids.get('Sarah Miller outlook'));
  ids = eventIds();
});

it('what its owner deletes stays away', { timeout: TIME_LIMIT_MS }, async () => {
  const { business, simulators } = product;
  simulators.google.remove(jane.google, 'primary', ids.get('Jane Doe google') ?? '');
  await business.call(jane, 'POST', '/api/calendar/sync/');
  await until(async () => expect(await ledgerRow(jane, 'google')).toMatchObject({ state: 'suppressed' }));
  await change({ notes: 'Ring three times' });
  await until(() => expect(only(tom, 'outlook').lines).toContain('Notes: Ring three times'));
  await until(async () => expect((await product.connectionsOf(jane))[0]).toMatchObject({ pending: 0 }));
  expect(seen(jane, 'google')).toEqual([]);
  expect(await ledgerRow(jane, 'google')).toMatchObject({ state: 'suppressed' });
});

it('what its owner changes is put back once, and then left to them', { timeout: TIME_LIMIT_MS }, async () => {
  const { business, simulators } = product;
  const tomsId = ids.get('Tom King outlook') ?? '';
  const marksId = ids.get('Mark Weber google') ?? '';
  simulators.outlook.edit(tom.outlook, tomsId, { subject: 'My own words', categories: ['Blue category'] });
  simulators.google.edit(mark.google, 'primary', marksId, { summary: 'My own words', colorId: '5' });
  for (const person of [tom, mark]) await business.call(person, 'POST', '/api/calendar/sync/');
  await until(() => {
    expect(only(tom, 'outlook').title).toBe('Deep clean – Jane Doe');
    expect(only(mark, 'google').title).toBe('Tom K. · Deep clean – Jane Doe');
  });
  // What is theirs stays.
  const toms = simulators.outlook.events(tom.outlook).find(({ id }) => id === tomsId);
  expect(toms).toMatchObject({ categories: ['Blue category'] });
  const marks = simulators.google.events(mark.google).find(({ id }) => id === marksId);
  expect(marks).toMatchObject({ colorId: '5' });

  simulators.outlook.edit(tom.outlook, tomsId, { subject: 'I insist' });
  simulators.google.edit(mark.google, 'primary', marksId, { summary: 'I insist' });
  for (const person of [tom, mark]) {
    await business.call(person, 'POST', '/api/calendar/sync/');
    await until(async () => {
      const { items } = await business.call(person, 'GET', '/api/calendar/activity/');
      expect((items as Json[]).map(({ kind }) => kind)).toContain('event_left_changed');
    });
  }
  expect([only(tom, 'outlook').title, only(mark, 'google').title]).toEqual(['I insist', 'I insist']);
});

it('cancelled, it is gone from all of them', { timeout: TIME_LIMIT_MS }, async () => {
  await product.business.call(ada, 'POST', `/api/appointments/${appointmentId}/cancel/`);
  await until(() => expect(titles()).toEqual({}));
});

it('disconnected, the calendars are empty and the connections gone', { timeout: TIME_LIMIT_MS }, async () => {
  const { business, simulators } = product;
  appointmentId = await book(5);
  await until(() => expect(titles()).toEqual(EVERYBODY));
  for (const [person, service] of calendars()) {
    const answer = await business.call(person, 'POST', `/api/calendar/${service}/disconnect/`, { remove_events: true });
    expect(answer).toMatchObject({ status: 'disconnecting' });
  }
  await until(() => expect(titles()).toEqual({}));
  for (const person of [jane, sarah, mark, ada, tom]) {
    await until(async () => expect(await product.connectionsOf(person)).toEqual([]));
  }
  expect(simulators.google.accounts().flatMap(({ grantedScopes }) => grantedScopes)).toEqual([]);
});

it('nobody was ever invited, and nothing was asked that a service minds', () => {
  const { google, outlook } = product.simulators;
  expect(outlook.mails()).toEqual([]);
  expect([...google.requests(), ...outlook.requests()].flatMap(({ flags }) => flags)).toEqual([]);
});
