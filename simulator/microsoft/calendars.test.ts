import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../kit/json.ts';
import type { Answered } from '../kit/test-client.ts';
import type { MicrosoftSimulator } from './server.ts';
import { ANNA, MARKER, anEvent, callGraph, codeOf, eventTarget, signIn, startForTest } from './test-client.ts';

let sim: MicrosoftSimulator;
let token: string;

beforeEach(async () => {
  sim = await startForTest();
  token = (await signIn(sim)).access_token;
});

afterEach(async () => {
  await sim.close();
});

function call(method: string, target: string, body?: unknown): Promise<Answered> {
  return callGraph(sim, token, method, target, body);
}

function target(id: unknown): string {
  return `me/calendars/${encodeURIComponent(String(id))}`;
}

async function made(name = 'VALClean', more: JsonObject = {}): Promise<string> {
  const { status, body } = await call('POST', 'me/calendars', { name, ...more });
  expect(status).toBe(201);
  return String(body['id']);
}

test('a mailbox begins with a default calendar and one that is read-only', async () => {
  const { body } = await call('GET', 'me/calendars');
  expect(body['value']).toMatchObject([
    { name: 'Calendar', isDefaultCalendar: true, canEdit: true, isRemovable: false, owner: { address: ANNA.email } },
    { name: 'Birthdays', isDefaultCalendar: false, canEdit: false },
  ]);
  const standard = await call('GET', 'me/calendar?$select=id,name,canEdit');
  expect(standard.body).toEqual({ id: expect.any(String), name: 'Calendar', canEdit: true });
});

test('calendars are made, found by their mark, renamed and deleted', async () => {
  const id = await made('VALClean', {
    color: 'lightTeal',
    singleValueExtendedProperties: [{ id: MARKER, value: 'ours' }],
  });
  const filter = encodeURIComponent(
    `singleValueExtendedProperties/Any(ep: ep/id eq '${MARKER}' and ep/value eq 'ours')`,
  );
  expect((await call('GET', `me/calendars?$filter=${filter}`)).body['value']).toMatchObject([
    { id, name: 'VALClean', color: 'lightTeal', isRemovable: true },
  ]);
  expect((await call('PATCH', target(id), { name: 'Work' })).body).toMatchObject({ id, name: 'Work' });
  expect((await call('DELETE', target(id))).status).toBe(204);
  expect(codeOf(await call('GET', target(id)))).toBe('ErrorItemNotFound');
});

test('a name is taken once, whatever its case', async () => {
  await made();
  const again = await call('POST', 'me/calendars', { name: 'valclean' });
  expect([again.status, codeOf(again)]).toEqual([409, 'ErrorFolderExists']);
});

test('events lie in one calendar, are reached through it, and go with it', async () => {
  const id = await made();
  const { body } = await call('POST', `${target(id)}/events`, anEvent());
  const event = encodeURIComponent(String(body['id']));
  expect((await call('GET', `${target(id)}/events/${event}`)).status).toBe(200);
  expect((await call('GET', `me/calendar/events/${event}`)).status).toBe(200);
  expect((await call('GET', 'me/calendar/events')).body['value']).toEqual([]);
  expect((await call('GET', 'me/events')).body['value']).toHaveLength(1);
  const other = await made('Other');
  expect((await call('GET', `${target(other)}/events/${event}`)).status).toBe(404);
  await call('DELETE', target(id));
  expect((await call('GET', eventTarget(body['id']))).status).toBe(404);
  expect((await call('POST', `${target(id)}/events`, anEvent())).status).toBe(404);
});

test('what cannot be edited is neither written to nor deleted', async () => {
  const birthdays = sim.calendars(ANNA.email)[1]?.['id'];
  const refused = await call('POST', `${target(birthdays)}/events`, anEvent());
  expect([refused.status, codeOf(refused)]).toEqual([403, 'ErrorAccessDenied']);
  expect((await call('DELETE', target(birthdays))).status).toBe(403);
  const [standard] = sim.calendars(ANNA.email);
  expect(codeOf(await call('DELETE', target(standard?.['id'])))).toBe('ErrorDeleteDistinguishedFolder');
});

test('the id of a new calendar may differ from the one it is listed under', async () => {
  sim.changeSettings({ unstableCalendarIds: true });
  const id = await made();
  expect((await call('GET', target(id))).status).toBe(404);
  const listed = sim.calendars(ANNA.email).find(({ name }) => name === 'VALClean');
  expect((await call('GET', target(listed?.['id']))).status).toBe(200);
});
