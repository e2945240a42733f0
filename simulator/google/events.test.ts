import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { standingClock } from '../kit/test-client.ts';
import type { Answered } from '../kit/test-client.ts';
import type { JsonObject } from '../kit/json.ts';
import type { GoogleSimulator } from './server.ts';
import {
  ANNA,
  APP_CREATED,
  BEN,
  OTHER_CLIENT,
  anEvent,
  callApi,
  reasonOf,
  signIn,
  startForTest,
} from './test-client.ts';

const EVENTS = 'calendars/primary/events';

let sim: GoogleSimulator;
let clock: ReturnType<typeof standingClock>;
let token: string;

beforeEach(async () => {
  clock = standingClock();
  sim = await startForTest({ clock });
  token = (await signIn(sim)).access_token;
});

afterEach(async () => {
  await sim.close();
});

function call(method: string, target: string, body?: unknown, headers?: Record<string, string>): Promise<Answered> {
  return callApi(sim, token, method, target, body, headers);
}

function insert(more: JsonObject = {}): Promise<Answered> {
  return call('POST', `${EVENTS}?sendUpdates=none`, anEvent(more));
}

function withStart(start: JsonObject, end: JsonObject): Promise<Answered> {
  return insert({ start, end });
}

describe('insert', () => {
  test('answers the event as Google keeps it', async () => {
    const { status, body, headers } = await insert({
      id: 'vc00ab',
      transparency: 'opaque',
      visibility: 'private',
      colorId: '7',
    });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=UTF-8');
    expect(body).toMatchObject({
      kind: 'calendar#event',
      id: 'vc00ab',
      iCalUID: 'vc00ab@google.com',
      status: 'confirmed',
      sequence: 0,
      eventType: 'default',
      visibility: 'private',
      colorId: '7',
      organizer: { email: ANNA.email, self: true },
      start: { dateTime: '2026-03-02T09:00:00+01:00', timeZone: 'Europe/Zurich' },
    });
    expect(body).not.toHaveProperty('transparency');
    expect(headers.get('etag')).toBe(body['etag']);
  });

  test('makes an id of 26 base32hex characters when none is given', async () => {
    expect((await insert()).body['id']).toMatch(/^[a-v0-9]{26}$/);
  });

  test.each(['vcwxyz', 'VC1234', 'a-b-c-d', 'abcd'])('refuses the id %s', async (id) => {
    const answer = await insert({ id });
    expect([answer.status, reasonOf(answer)]).toEqual([400, 'invalid']);
    expect(answer.body['error']).not.toHaveProperty('status');
  });

  test('refuses an id that was ever used, tombstones included', async () => {
    await insert({ id: 'vc001' });
    expect(reasonOf(await insert({ id: 'vc001' }))).toBe('duplicate');
    await call('DELETE', `${EVENTS}/vc001`);
    const answer = await insert({ id: 'vc001' });
    expect([answer.status, reasonOf(answer)]).toEqual([409, 'duplicate']);
    sim.purgeTombstones(ANNA.email);
    expect((await insert({ id: 'vc001' })).status).toBe(409);
    expect((await call('GET', `${EVENTS}/vc001`)).status).toBe(404);
  });

  test.each([
    ['no start', { start: null }, 'required'],
    ['no end', { end: null }, 'required'],
    ['a date with a dateTime', { start: { date: '2026-03-02' } }, 'invalid'],
    ['an end before the start', { end: { dateTime: '2026-03-02T08:00:00+01:00' } }, 'timeRangeEmpty'],
    [
      'an all-day event that ends on its first day',
      { start: { date: '2026-03-02' }, end: { date: '2026-03-02' } },
      'timeRangeEmpty',
    ],
    ['a local time without a zone', { start: { dateTime: '2026-03-02T09:00:00' } }, 'required'],
    [
      'a zone that does not exist',
      { start: { dateTime: '2026-03-02T09:00:00', timeZone: 'Europe/Atlantis' } },
      'invalid',
    ],
    ['a day that does not exist', { start: { dateTime: '2026-02-30T09:00:00Z' } }, 'invalid'],
    ['a description of 8,001 characters', { description: 'x'.repeat(8001) }, 'invalid'],
    ['a twelfth colour', { colorId: '12' }, 'invalid'],
    ['an unknown field', { titel: 'x' }, 'invalid'],
    ['a javascript source', { source: { title: 'x', url: 'javascript:1' } }, 'invalid'],
    [
      'six reminders',
      {
        reminders: { useDefault: false, overrides: Array.from({ length: 6 }, () => ({ method: 'popup', minutes: 1 })) },
      },
      'invalid',
    ],
    [
      'default reminders with overrides',
      { reminders: { useDefault: true, overrides: [{ method: 'popup', minutes: 1 }] } },
      'invalid',
    ],
    [
      'recurrence without a zone',
      { recurrence: ['RRULE:FREQ=DAILY'], start: { dateTime: '2026-03-02T09:00:00Z' } },
      'required',
    ],
  ])('refuses %s', async (_name, more, reason) => {
    const answer = await insert(more as JsonObject);
    expect([answer.status, reasonOf(answer)]).toEqual([400, reason]);
  });

  test('refuses what is no JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect(reasonOf(await call('POST', EVENTS, anEvent(), headers))).toBe('badContent');
  });

  test('refuses query parameters that Google does not have', async () => {
    expect(reasonOf(await call('POST', `${EVENTS}?sendUpdate=none`, anEvent()))).toBe('invalidParameter');
  });

  test('renders times in the zone of the calendar and drops parts of seconds', async () => {
    const answer = await withStart(
      { dateTime: '2026-07-01T09:00:00.750-04:00' },
      { dateTime: '2026-07-01T11:30:00', timeZone: 'America/New_York' },
    );
    expect(answer.body['start']).toEqual({ dateTime: '2026-07-01T15:00:00+02:00', timeZone: 'Europe/Zurich' });
    expect(answer.body['end']).toEqual({ dateTime: '2026-07-01T17:30:00+02:00', timeZone: 'America/New_York' });
    const utc = await call('GET', `${EVENTS}/${String(answer.body['id'])}?timeZone=UTC`);
    expect(utc.body['start']).toMatchObject({ dateTime: '2026-07-01T13:00:00Z' });
  });

  test('keeps extended properties within Google’s limits without a word', async () => {
    const { body } = await insert({
      extendedProperties: { private: { vcLink: 'x'.repeat(1025), ['k'.repeat(45)]: 'gone' }, shared: {} },
    });
    expect(body['extendedProperties']).toEqual({ private: { vcLink: 'x'.repeat(1024) } });
  });

  test('flags attendees and mails loudly', async () => {
    await call('POST', `${EVENTS}?sendUpdates=all`, anEvent({ attendees: [{ email: 'x@example.com' }] }));
    expect(sim.requests().at(-1)?.flags).toEqual(['ATTENDEES SENT', 'MAILS ASKED FOR: sendUpdates is not none']);
  });
});

describe('update and patch', () => {
  test('PUT replaces the whole event and moves the etag', async () => {
    const first = await insert({ id: 'vc001', location: 'High Street 1', colorId: '3' });
    const second = await call('PUT', `${EVENTS}/vc001`, anEvent({ summary: 'Windows' }), {
      'if-match': String(first.body['etag']),
    });
    expect(second.status).toBe(200);
    expect(second.body['etag']).not.toBe(first.body['etag']);
    expect(second.body).not.toHaveProperty('location');
    expect(second.body).not.toHaveProperty('colorId');
  });

  test('a stale If-Match answers 412 and changes nothing', async () => {
    const first = await insert({ id: 'vc001' });
    sim.edit(ANNA.email, 'primary', 'vc001', { summary: 'mine' });
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const body = method === 'DELETE' ? undefined : anEvent();
      const answer = await call(method, `${EVENTS}/vc001`, body, { 'if-match': String(first.body['etag']) });
      expect([answer.status, reasonOf(answer)]).toEqual([412, 'conditionNotMet']);
    }
    expect(sim.events(ANNA.email)[0]).toMatchObject({ summary: 'mine', status: 'confirmed' });
  });

  test('PATCH merges objects, replaces arrays and clears with null', async () => {
    await insert({
      id: 'vc001',
      location: 'High Street 1',
      extendedProperties: { private: { a: '1', b: '2' } },
      reminders: {
        useDefault: false,
        overrides: [
          { method: 'popup', minutes: 60 },
          { method: 'email', minutes: 5 },
        ],
      },
    });
    const { body } = await call('PATCH', `${EVENTS}/vc001`, {
      location: null,
      extendedProperties: { private: { a: null, c: '3' } },
      reminders: { overrides: [{ method: 'popup', minutes: 10 }] },
    });
    expect(body).not.toHaveProperty('location');
    expect(body['extendedProperties']).toEqual({ private: { b: '2', c: '3' } });
    expect(body['reminders']).toEqual({ useDefault: false, overrides: [{ method: 'popup', minutes: 10 }] });
  });

  test('the sequence grows when time or place change, and a PUT must carry it', async () => {
    await insert({ id: 'vc001' });
    expect((await call('PUT', `${EVENTS}/vc001`, anEvent({ summary: 'new' }))).body['sequence']).toBe(0);
    const moved = await call('PUT', `${EVENTS}/vc001`, anEvent({ location: 'elsewhere' }));
    expect(moved.body['sequence']).toBe(1);
    const without = await call('PUT', `${EVENTS}/vc001`, anEvent({ location: 'elsewhere' }));
    expect([without.status, reasonOf(without)]).toEqual([400, 'invalid']);
    expect((await call('PUT', `${EVENTS}/vc001`, anEvent({ location: 'elsewhere', sequence: 1 }))).status).toBe(200);
  });

  test('the answer to a GET can be sent back as it is', async () => {
    await insert({
      id: 'vc001',
      location: 'x',
      start: { dateTime: '2026-03-02T08:00:00Z' },
      end: { dateTime: '2026-03-02T09:00:00Z' },
    });
    const { body } = await call('GET', `${EVENTS}/vc001`);
    const again = await call('PUT', `${EVENTS}/vc001`, body);
    expect(again.status).toBe(200);
    expect({ ...again.body, etag: '', updated: '' }).toEqual({ ...body, etag: '', updated: '' });
  });

  test('reminders move the etag but not `updated`', async () => {
    const first = await insert({ id: 'vc001' });
    clock.advance(1000);
    const second = await call('PATCH', `${EVENTS}/vc001`, { reminders: { useDefault: false } });
    expect(second.body['updated']).toBe(first.body['updated']);
    expect(second.body['etag']).not.toBe(first.body['etag']);
  });

  test('If-None-Match answers 304 without a body', async () => {
    const first = await insert({ id: 'vc001' });
    const again = await call('GET', `${EVENTS}/vc001`, undefined, { 'if-none-match': String(first.body['etag']) });
    expect([again.status, again.text]).toEqual([304, '']);
  });
});

describe('tombstones', () => {
  beforeEach(async () => {
    await insert({ id: 'vc001', extendedProperties: { private: { vcLink: 'l1' } } });
    expect((await call('DELETE', `${EVENTS}/vc001?sendUpdates=none`)).status).toBe(204);
  });

  test('GET answers 200 cancelled with the details', async () => {
    const { status, body } = await call('GET', `${EVENTS}/vc001`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'cancelled',
      summary: 'Deep clean',
      extendedProperties: { private: { vcLink: 'l1' } },
    });
  });

  test('deleting again answers 410, an unknown one 404', async () => {
    const again = await call('DELETE', `${EVENTS}/vc001`);
    expect([again.status, reasonOf(again)]).toEqual([410, 'deleted']);
    expect((await call('DELETE', `${EVENTS}/vc999`)).status).toBe(404);
  });

  test('come back to life by a PUT that says so', async () => {
    const { body } = await call('GET', `${EVENTS}/vc001`);
    const back = await call(
      'PUT',
      `${EVENTS}/vc001`,
      anEvent({ status: 'confirmed', sequence: body['sequence'] ?? 0 }),
    );
    expect([back.status, back.body['status']]).toEqual([200, 'confirmed']);
  });

  test('stay dead with 403 when Google forbids it', async () => {
    sim.changeSettings({ undelete: 'forbidden' });
    const answer = await call('PUT', `${EVENTS}/vc001`, anEvent({ status: 'confirmed', sequence: 9 }));
    expect([answer.status, reasonOf(answer)]).toEqual([403, 'forbidden']);
  });
});

describe('reach', () => {
  test('app.created reaches only calendars made by its own client', async () => {
    const mine = (await signIn(sim, { scope: `openid email ${APP_CREATED}` })).access_token;
    const primary = await callApi(sim, mine, 'POST', EVENTS, anEvent());
    expect([primary.status, reasonOf(primary)]).toEqual([403, 'forbidden']);
    const made = await callApi(sim, mine, 'POST', 'calendars', { summary: 'VALClean', timeZone: 'Europe/Zurich' });
    expect(made.body).toMatchObject({ kind: 'calendar#calendar', timeZone: 'Europe/Zurich', dataOwner: ANNA.email });
    const id = encodeURIComponent(String(made.body['id']));
    expect((await callApi(sim, mine, 'POST', `calendars/${id}/events`, anEvent())).status).toBe(200);
    const colour = { backgroundColor: '#123456', foregroundColor: '#ffffff', selected: true };
    expect(
      (await callApi(sim, mine, 'PATCH', `users/me/calendarList/${id}?colorRgbFormat=true`, colour)).body,
    ).toMatchObject(colour);
    expect((await callApi(sim, mine, 'PATCH', `users/me/calendarList/${id}`, colour)).status).toBe(400);
    expect((await callApi(sim, mine, 'GET', 'users/me/calendarList')).status).toBe(403);
    const other = (await signIn(sim, { scope: `openid ${APP_CREATED}`, client: OTHER_CLIENT })).access_token;
    expect((await callApi(sim, other, 'GET', `calendars/${id}/events`)).status).toBe(403);
    expect((await callApi(sim, mine, 'DELETE', `calendars/${id}`)).status).toBe(204);
    expect(reasonOf(await callApi(sim, mine, 'GET', `calendars/${id}/events`))).toBe('notFound');
  });

  test('nobody reaches the calendar of somebody else', async () => {
    const answer = await call('GET', `calendars/${encodeURIComponent(BEN.email)}/events`);
    expect([answer.status, reasonOf(answer)]).toEqual([404, 'notFound']);
  });

  test('events.owned does not make calendars', async () => {
    expect(reasonOf(await call('POST', 'calendars', { summary: 'x' }))).toBe('insufficientPermissions');
  });

  test('a disabled API answers accessNotConfigured', async () => {
    sim.changeSettings({ apiEnabled: false });
    expect(reasonOf(await call('GET', EVENTS))).toBe('accessNotConfigured');
  });
});

test('fields narrows the answer', async () => {
  await insert({ id: 'vc001', extendedProperties: { private: { vcLink: 'l1' }, shared: { s: '1' } } });
  const { body } = await call(
    'GET',
    `${EVENTS}?fields=nextSyncToken,items(id,start/dateTime,extendedProperties/private)`,
  );
  expect(body).toEqual({
    nextSyncToken: expect.any(String),
    items: [
      {
        id: 'vc001',
        start: { dateTime: '2026-03-02T09:00:00+01:00' },
        extendedProperties: { private: { vcLink: 'l1' } },
      },
    ],
  });
  expect(reasonOf(await call('GET', `${EVENTS}?fields=items(id`))).toBe('invalidParameter');
});
