import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/base/time.ts';
import { foundCompany, orderBody, type Company } from '../support/company.ts';
import { START_LIMIT_MS, startTestServer, type Json, type TestServer } from '../support/server.ts';
import { findThunderbird, startThunderbird, type ShownEvent, type Thunderbird } from '../support/thunderbird.ts';

/* Our files and feeds in Thunderbird itself, from Debian's package; `npm test` says when it is not installed. */

/** A night when the clocks change: the days around it, and how far each is from UTC, as the law of the place has it. */
interface Change {
  timeZone: string;
  before: [day: string, offset: string];
  after: [day: string, offset: string];
}

function change(timeZone: string, before: Change['before'], after: Change['after']): Change {
  return { timeZone, before, after };
}

const CHANGES = [
  change('America/New_York', ['2027-03-13', '-05:00'], ['2027-03-14', '-04:00']),
  change('America/New_York', ['2027-11-06', '-04:00'], ['2027-11-07', '-05:00']),
  change('America/Santiago', ['2027-04-03', '-03:00'], ['2027-04-04', '-04:00']),
  change('America/Santiago', ['2027-09-04', '-04:00'], ['2027-09-05', '-03:00']),
  change('Europe/Berlin', ['2027-03-27', '+01:00'], ['2027-03-28', '+02:00']),
  change('Europe/Berlin', ['2027-10-30', '+02:00'], ['2027-10-31', '+01:00']),
  change('Africa/Cairo', ['2027-04-29', '+02:00'], ['2027-04-30', '+03:00']),
  change('Africa/Cairo', ['2027-10-28', '+03:00'], ['2027-10-29', '+02:00']),
  change('Asia/Jerusalem', ['2027-03-25', '+02:00'], ['2027-03-26', '+03:00']),
  change('Asia/Jerusalem', ['2027-10-30', '+03:00'], ['2027-10-31', '+02:00']),
  change('Australia/Sydney', ['2027-04-03', '+11:00'], ['2027-04-04', '+10:00']),
  change('Australia/Sydney', ['2027-10-02', '+10:00'], ['2027-10-03', '+11:00']),
];
const TIME_ZONES = [...new Set(CHANGES.map(({ timeZone }) => timeZone))];

/** A visit: the wall time that people agreed on, and the offset there and then. */
interface Visit {
  timeZone: string;
  startsWall: string;
  startOffset: string;
  endOffset: string;
  hours: number;
}

/**
 * One in the morning before the change, one after it, and one through the night, which ends after the hour that comes twice:
 * of the second such hour Thunderbird 140 knows the instant, and shows it an hour late.
 */
function visitsAround({ timeZone, before, after }: Change): Visit[] {
  const [[dayBefore, offsetBefore], [dayAfter, offsetAfter]] = [before, after];
  return [
    { startsWall: `${dayBefore} 10:00`, startOffset: offsetBefore, endOffset: offsetBefore, hours: 2 },
    { startsWall: `${dayBefore} 22:30`, startOffset: offsetBefore, endOffset: offsetAfter, hours: 6 },
    { startsWall: `${dayAfter} 10:00`, startOffset: offsetAfter, endOffset: offsetAfter, hours: 2 },
  ].map((visit) => ({ timeZone, ...visit }));
}

const VISITS = CHANGES.flatMap(visitsAround);

const startOf = (visit: Visit): Date => new Date(`${visit.startsWall.replace(' ', 'T')}:00${visit.startOffset}`);
const endOf = (visit: Visit): Date => new Date(startOf(visit).getTime() + visit.hours * HOUR);

/** `2027-03-14 09:00`: what a clock with this offset shows. */
function clock(instant: Date, offset: string): string {
  const [hours = 0, minutes = 0] = offset.split(':').map(Number);
  return new Date(instant.getTime() + hours * HOUR + minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}

describe.runIf(findThunderbird())('Thunderbird', () => {
  const cleanup = new AsyncDisposableStack();
  let server: TestServer;
  let company: Company;
  let thunderbird: Thunderbird;

  beforeAll(async () => {
    server = cleanup.use(await startTestServer());
    company = await foundCompany(server);
    thunderbird = await startThunderbird(cleanup);
  }, START_LIMIT_MS);
  afterAll(() => cleanup.disposeAsync(), START_LIMIT_MS);

  /** A customer with all the visits, by the id of their appointments. */
  async function book(): Promise<{ token: string; orders: number[]; visits: Map<number, Visit> }> {
    const customer = await server.person('customer');
    const orders: number[] = [];
    const visits = new Map<number, Visit>();
    for (const timeZone of TIME_ZONES) {
      const wanted = VISITS.filter((visit) => visit.timeZone === timeZone);
      const items = wanted.map(({ startsWall, hours }) => ({
        ...{ service_id: company.serviceId, staff_ids: [company.own.staff.id] },
        ...{ starts_at: `${startsWall.replace(' ', 'T')}:00`, duration_minutes: hours * 60 },
      }));
      const order = await byAdmin('POST', '/api/orders/', {
        ...orderBody(company.serviceId, { customer_id: customer.id, time_zone: timeZone, items }),
      });
      const { appointments } = await byAdmin('POST', `/api/orders/${order.id}/confirm/`);
      orders.push(order.id);
      for (const visit of wanted) {
        const at = startOf(visit).getTime();
        const made = appointments.find((one: Json) => Date.parse(one.starts_at) === at);
        visits.set(made.id, visit);
      }
    }
    return { token: customer.token, orders, visits };
  }

  async function byAdmin(method: string, path: string, body: object = {}): Promise<Json> {
    const answer = await server.call(method, path, { token: company.admin.token, body });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  }

  async function subscribe(token: string): Promise<void> {
    const made = await server.call('POST', '/api/calendar/feeds/', { token, body: { name: 'VALClean' } });
    await thunderbird.subscribe(`${server.origin}${new URL(made.body.url).pathname}`);
  }

  /** The visits as they have to be shown, in their own zones and in UTC. */
  async function expectShown(from: 'imported' | 'subscribed', visits: ReadonlyMap<number, Visit>): Promise<void> {
    await thunderbird.liveIn('UTC');
    const events = await thunderbird.events(from);
    expect(events.size).toBe(visits.size);
    for (const [id, visit] of visits) {
      const event = eventOf(events, id);
      const [startsAt, endsAt] = [startOf(visit), endOf(visit)];
      expect(event, `${visit.timeZone} ${visit.startsWall}`).toMatchObject({
        ...{ startsAt, endsAt, status: 'CONFIRMED', title: 'VALClean: Deep clean' },
        ...{ starts: clock(startsAt, '+00:00'), ends: clock(endsAt, '+00:00') },
      });
    }
    for (const timeZone of TIME_ZONES) {
      await thunderbird.liveIn(timeZone);
      const there = await thunderbird.events(from);
      for (const [id, visit] of visits) {
        if (visit.timeZone !== timeZone) continue;
        const { starts, ends } = eventOf(there, id);
        expect([starts, ends], timeZone).toEqual([visit.startsWall, clock(endOf(visit), visit.endOffset)]);
      }
    }
  }

  test('opens the downloaded files at the right local time around the nights when clocks change', async () => {
    const { token, orders, visits } = await book();
    const folder = mkdtempSync(join(tmpdir(), 'valclean-files-'));
    cleanup.defer(() => rmSync(folder, { recursive: true }));
    for (const order of orders) {
      const { body } = await server.call('GET', `/api/calendar/ics/order/${order}/`, { token });
      writeFileSync(join(folder, `order-${order}.ics`), body);
      await thunderbird.importFile(join(folder, `order-${order}.ics`));
    }
    await expectShown('imported', visits);
  });

  test('subscribes to a feed, follows a new time and a cancellation, and lets go of what has left the feed', async () => {
    const { token, visits } = await book();
    await subscribe(token);
    await expectShown('subscribed', visits);
    const [[moved] = [0], [cancelled] = [0]] = [...visits];
    await thunderbird.liveIn('America/New_York');
    const before = await thunderbird.events('subscribed');

    await byAdmin('PATCH', `/api/appointments/${moved}/`, { starts_at: '2027-03-14T15:45:00-04:00' });
    await byAdmin('POST', `/api/appointments/${cancelled}/cancel/`);
    await thunderbird.refresh();
    const after = await thunderbird.events('subscribed');
    expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
    expect(eventOf(after, moved)).toMatchObject({
      ...{ starts: '2027-03-14 15:45', ends: '2027-03-14 17:45', status: 'CONFIRMED' },
      sequence: eventOf(before, moved).sequence + 1,
    });
    expect(eventOf(after, cancelled)).toMatchObject({
      ...{ status: 'CANCELLED', title: 'Cancelled: VALClean: Deep clean' },
      sequence: eventOf(before, cancelled).sequence + 1,
    });
    for (const [id] of [...visits].slice(2)) expect(eventOf(after, id)).toEqual(eventOf(before, id));

    server.clock.advance(31 * DAY);
    await thunderbird.refresh();
    const later = await thunderbird.events('subscribed');
    expect([...later.keys()]).toHaveLength(visits.size - 1);
    expect(() => eventOf(later, cancelled)).toThrow('not shown');
  });
});

/** By our UID, which names the appointment. @throws when it is not shown */
function eventOf(events: ReadonlyMap<string, ShownEvent>, appointmentId: number): ShownEvent {
  const found = [...events].filter(([uid]) => uid.startsWith(`appointment-${appointmentId}-`));
  const [, event] = found[0] ?? [];
  if (!event || found.length > 1) throw new Error(`Appointment ${appointmentId} is not shown once`);
  return event;
}
