import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../kit/json.ts';
import { standingClock } from '../kit/test-client.ts';
import type { Answered } from '../kit/test-client.ts';
import type { MicrosoftSimulator } from './server.ts';
import { ANNA, MARKER, anEvent, callGraph, eventTarget, filteredEvents, signIn, startForTest } from './test-client.ts';

/* Finding events: by the properties that a program leaves in them, page by page, and within a window. */

const EXPAND = `$expand=${encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${MARKER}')`)}`;

let sim: MicrosoftSimulator;
let clock: ReturnType<typeof standingClock>;
let token: string;

beforeEach(async () => {
  clock = standingClock();
  sim = await startForTest({ clock, seed: 3 });
  token = (await signIn(sim)).access_token;
});

afterEach(async () => {
  await sim.close();
});

async function created(more: JsonObject = {}): Promise<JsonObject & { id: string }> {
  const answer = await callGraph(sim, token, 'POST', 'me/events', anEvent(more));
  expect(answer.status).toBe(201);
  return answer.body as JsonObject & { id: string };
}

function marked(value: string): JsonObject {
  return { singleValueExtendedProperties: [{ id: MARKER, value }] };
}

function idsOf(answer: Answered): unknown[] {
  return (answer.body['value'] as JsonObject[]).map((item) => item['id']);
}

describe('extended properties', () => {
  const find = (value: string, operator = 'eq'): Promise<Answered> =>
    callGraph(
      sim,
      token,
      'GET',
      `${filteredEvents(`singleValueExtendedProperties/Any(ep: ep/id eq '${MARKER}' and ep/value ${operator} '${value}')`)}&${EXPAND}&$select=id,subject`,
    );

  test('show only when asked for by their id', async () => {
    const { id } = await created(marked('c1:a1'));
    expect((await callGraph(sim, token, 'GET', eventTarget(id))).body).not.toHaveProperty(
      'singleValueExtendedProperties',
    );
    const expanded = await callGraph(sim, token, 'GET', `${eventTarget(id)}?${EXPAND}`);
    expect(expanded.body['singleValueExtendedProperties']).toEqual([{ id: MARKER, value: 'c1:a1' }]);
    const other = encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${MARKER}2')`);
    expect((await callGraph(sim, token, 'GET', `${eventTarget(id)}?$expand=${other}`)).body).not.toHaveProperty(
      'singleValueExtendedProperties',
    );
  });

  test('find events of all calendars by their value, without regard to its case', async () => {
    const { id } = await created(marked('c1:a1'));
    sim.move(ANNA.email, id, sim.addCalendar(ANNA.email, 'Work'));
    await created(marked('c1:a2'));
    await created();
    const found = await find('C1:A1');
    expect(found.body['value']).toMatchObject([
      { id, subject: 'Deep clean', singleValueExtendedProperties: [{ value: 'c1:a1' }] },
    ]);
    expect(Object.keys((found.body['value'] as JsonObject[])[0] ?? {}).toSorted()).toEqual(
      ['@odata.etag', 'id', 'singleValueExtendedProperties', 'subject'].toSorted(),
    );
    expect(idsOf(await find('c1:a1', 'ne'))).toHaveLength(1);
    expect(idsOf(await find("o''clock"))).toEqual([]);
  });

  test.each([
    ["startswith(ep/value, 'c1:')", 2],
    ["contains(ep/value, 'A2')", 1],
  ])('are asked %s', async (condition, count) => {
    await created(marked('c1:a1'));
    await created(marked('c1:a2'));
    const any = `singleValueExtendedProperties/Any(ep: ep/id eq '${MARKER}' and ${condition})`;
    expect(idsOf(await callGraph(sim, token, 'GET', filteredEvents(any)))).toHaveLength(count);
  });

  test('may come late to the index', async () => {
    sim.changeSettings({ propertyIndexLagMs: 3000 });
    await created(marked('c1:a1'));
    expect(idsOf(await find('c1:a1'))).toEqual([]);
    clock.advance(3000);
    expect(idsOf(await find('c1:a1'))).toHaveLength(1);
  });

  test('of a deleted event are not found', async () => {
    const { id } = await created(marked('c1:a1'));
    await callGraph(sim, token, 'DELETE', eventTarget(id));
    expect(idsOf(await find('c1:a1'))).toEqual([]);
  });

  test.each(["subject eq 'x'", "singleValueExtendedProperties/Any(ep: ep/value eq 'x')", 'nonsense'])(
    'the filter %s is refused',
    async (condition) => {
      expect((await callGraph(sim, token, 'GET', filteredEvents(condition))).status).toBe(400);
    },
  );
});

describe('lists', () => {
  test('are walked page by page by the links given', async () => {
    for (let count = 0; count < 25; count += 1) sim.create(ANNA.email, 'primary', anEvent({ subject: `E${count}` }));
    const subjects: unknown[] = [];
    let target: string | null = 'me/events?$select=subject';
    let pages = 0;
    while (target !== null) {
      const { body }: Answered = await callGraph(sim, token, 'GET', target);
      subjects.push(...(body['value'] as JsonObject[]).map((event) => event['subject']));
      const next: unknown = body['@odata.nextLink'];
      target = typeof next === 'string' ? next.slice(`${sim.url}/v1.0/`.length) : null;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(subjects).toEqual(Array.from({ length: 25 }, (_, count) => `E${count}`));
  });

  test('short and empty pages hide nothing', async () => {
    sim.changeSettings({ shortPages: true });
    for (let count = 0; count < 12; count += 1) sim.create(ANNA.email, 'primary', anEvent());
    let target: string | null = 'me/events?$top=2';
    let found = 0;
    for (let pages = 0; target !== null && pages < 200; pages += 1) {
      const { body }: Answered = await callGraph(sim, token, 'GET', target);
      found += (body['value'] as JsonObject[]).length;
      const next: unknown = body['@odata.nextLink'];
      target = typeof next === 'string' ? next.slice(`${sim.url}/v1.0/`.length) : null;
    }
    expect(found).toBe(12);
  });

  test('can be ordered, counted and cut', async () => {
    const at = (hour: number): JsonObject => ({ dateTime: `2026-03-02T${hour}:00:00`, timeZone: 'UTC' });
    sim.create(ANNA.email, 'primary', anEvent({ subject: 'late', start: at(15), end: at(16) }));
    sim.create(ANNA.email, 'primary', anEvent({ subject: 'early', start: at(10), end: at(11) }));
    const { body } = await callGraph(sim, token, 'GET', 'me/events?$orderby=start/dateTime&$top=1&$count=true');
    expect(body).toMatchObject({ value: [{ subject: 'early' }], '@odata.count': 2 });
    expect((await callGraph(sim, token, 'GET', 'me/events?$orderby=color')).status).toBe(400);
    expect((await callGraph(sim, token, 'GET', 'me/events?$select=colour')).status).toBe(400);
    expect((await callGraph(sim, token, 'GET', 'me/events?$search=x')).status).toBe(400);
  });

  test('a view holds what touches its window', async () => {
    sim.create(ANNA.email, 'primary', anEvent());
    const view = async (startDateTime: string, endDateTime: string): Promise<number> => {
      const query = new URLSearchParams({ startDateTime, endDateTime }).toString();
      return idsOf(await callGraph(sim, token, 'GET', `me/calendarView?${query}`)).length;
    };
    expect(await view('2026-03-02T08:30:00Z', '2026-03-02T09:30:00Z')).toBe(1);
    expect(await view('2026-03-02T09:30:00+01:00', '2026-03-02T10:30:00+01:00')).toBe(1);
    expect(await view('2026-03-02T09:00:00', '2026-03-02T10:00:00')).toBe(0);
    expect(await view('2026-03-02T07:00:00', '2026-03-02T08:00:00')).toBe(0);
    expect((await callGraph(sim, token, 'GET', 'me/calendarView')).status).toBe(400);
  });
});
