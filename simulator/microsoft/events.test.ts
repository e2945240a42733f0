import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../kit/json.ts';
import { standingClock } from '../kit/test-client.ts';
import type { Answered } from '../kit/test-client.ts';
import type { MicrosoftSimulator } from './server.ts';
import {
  ANNA,
  BEN,
  MARKER,
  anEvent,
  callGraph,
  codeOf,
  eventTarget,
  filteredEvents,
  signIn,
  startForTest,
} from './test-client.ts';

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

function create(more: JsonObject = {}, headers: Record<string, string> = {}): Promise<Answered> {
  return callGraph(sim, token, 'POST', 'me/events', anEvent(more), headers);
}

async function created(more: JsonObject = {}): Promise<JsonObject & { id: string }> {
  const answer = await create(more);
  expect(answer.status).toBe(201);
  return answer.body as JsonObject & { id: string };
}

function read(id: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  return callGraph(sim, token, 'GET', eventTarget(id), undefined, headers);
}

function patch(id: unknown, body: JsonObject, headers: Record<string, string> = {}): Promise<Answered> {
  return callGraph(sim, token, 'PATCH', eventTarget(id), body, headers);
}

function marked(value: string): JsonObject {
  return { singleValueExtendedProperties: [{ id: MARKER, value }] };
}

function idsOf(answer: Answered): unknown[] {
  return (answer.body['value'] as JsonObject[]).map((item) => item['id']);
}

describe('create', () => {
  test('answers the whole event with its defaults', async () => {
    const event = await created({ location: { displayName: '12 Main St' }, categories: ['VALClean'] });
    expect(event).toMatchObject({
      '@odata.etag': `W/"${String(event['changeKey'])}"`,
      subject: 'Deep clean',
      isReminderOn: true,
      reminderMinutesBeforeStart: 15,
      showAs: 'busy',
      sensitivity: 'normal',
      importance: 'normal',
      type: 'singleInstance',
      isOrganizer: true,
      isAllDay: false,
      originalStartTimeZone: 'W. Europe Standard Time',
      start: { dateTime: '2026-03-02T08:00:00.0000000', timeZone: 'UTC' },
      end: { dateTime: '2026-03-02T09:00:00.0000000', timeZone: 'UTC' },
      location: { displayName: '12 Main St' },
      locations: [{ displayName: '12 Main St' }],
      attendees: [],
      organizer: { emailAddress: { address: ANNA.email } },
      createdDateTime: '2026-03-01T08:00:00.0000000Z',
    });
    expect(event).not.toHaveProperty('transactionId');
    expect(event).not.toHaveProperty('singleValueExtendedProperties');
    expect(sim.events(ANNA.email)).toMatchObject([{ id: event.id, subject: 'Deep clean' }]);
  });

  test.each([
    ['an unknown property', { colour: 'red' }, 'RequestBodyRead'],
    ['what the server sets', { iCalUId: 'x' }, 'ErrorInvalidPropertySet'],
    ['an unknown choice', { showAs: 'asleep' }, 'RequestBodyRead'],
    ['no start', { start: null }, 'ErrorPropertyValidationFailure'],
    [
      'an end before the start',
      {
        end: { dateTime: '2026-03-02T08:00:00', timeZone: 'UTC' },
        start: { dateTime: '2026-03-02T09:00:00', timeZone: 'UTC' },
      },
      'ErrorCalendarEndDateIsEarlierThanStartDate',
    ],
    ['an offset', { start: { dateTime: '2026-03-02T08:00:00Z', timeZone: 'UTC' } }, 'ErrorPropertyValidationFailure'],
    ['no time zone', { start: { dateTime: '2026-03-02T08:00:00' } }, 'ErrorPropertyValidationFailure'],
    [
      'an IANA zone',
      { start: { dateTime: '2026-03-02T08:00:00', timeZone: 'Europe/Zurich' } },
      'TimeZoneNotSupportedException',
    ],
    ['a day that begins at noon', { isAllDay: true }, 'ErrorPropertyValidationFailure'],
    [
      'a senseless property id',
      { singleValueExtendedProperties: [{ id: 'Ref', value: 'x' }] },
      'ErrorPropertyValidationFailure',
    ],
    [
      'an attendee without address',
      { attendees: [{ emailAddress: { name: 'Ben' } }] },
      'ErrorPropertyValidationFailure',
    ],
  ])('%s is refused', async (_name, more, code) => {
    const answer = await create(more);
    expect([answer.status, codeOf(answer)]).toEqual([400, code]);
    expect(sim.events(ANNA.email)).toEqual([]);
  });

  test('takes a few names that are not of Windows', async () => {
    await created({ start: { dateTime: '2026-03-02T09:00:00', timeZone: 'Europe/Berlin' } });
    expect(sim.events(ANNA.email)).toMatchObject([{ start: { dateTime: '2026-03-02T08:00:00.0000000' } }]);
  });

  test('needs the type of its body, and JSON', async () => {
    const form = await create({}, { 'content-type': 'text/plain' });
    expect(form.status).toBe(415);
    const response = await fetch(`${sim.url}/v1.0/me/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{',
    });
    expect(response.status).toBe(400);
  });

  test('attendees get mail, and that is flagged', async () => {
    const { id } = await created({ attendees: [{ emailAddress: { address: 'guest@example.com' } }] });
    await patch(id, { subject: 'Moved' });
    await callGraph(sim, token, 'DELETE', eventTarget(id));
    expect(sim.mails().map(({ kind, to }) => [kind, to])).toEqual([
      ['invitation', 'guest@example.com'],
      ['update', 'guest@example.com'],
      ['cancellation', 'guest@example.com'],
    ]);
    expect(sim.requests().flatMap(({ flags }) => flags)).toEqual(['ATTENDEES SENT']);
  });

  test('nobody else gets any', async () => {
    const { id } = await created();
    await patch(id, { subject: 'Moved' });
    await callGraph(sim, token, 'DELETE', eventTarget(id));
    expect(sim.mails(ANNA.email)).toEqual([]);
    expect(sim.requests().flatMap(({ flags }) => flags)).toEqual([]);
  });
});

describe('bodies', () => {
  test('come back as a document of Exchange', async () => {
    const { id, body } = await created({ body: { contentType: 'html', content: '<p>Key &amp; code</p><p>Two</p>' } });
    expect(body).toMatchObject({ contentType: 'html' });
    const seen = (await read(id)).body;
    expect((seen['body'] as JsonObject)['content']).toMatch(/^<html>\r\n<head>[\s\S]*<body>\r\n<p>Key &amp; code<\/p>/);
    expect(seen['bodyPreview']).toBe('Key & code Two');
    const text = (await read(id, { prefer: 'IdType="ImmutableId", outlook.body-content-type="text"' })).body;
    expect(text['body']).toEqual({ contentType: 'text', content: 'Key & code\r\nTwo' });
  });

  test('a text is echoed once and then is HTML, too', async () => {
    const { id, body } = await created({ body: { contentType: 'text', content: 'a < b\nc' } });
    expect(body).toEqual({ contentType: 'text', content: 'a < b\nc' });
    expect((await read(id)).body['body']).toMatchObject({
      contentType: 'html',
      content: expect.stringContaining('a &lt; b<br>'),
    });
  });

  test('sent back as they were read they are not wrapped twice', async () => {
    const { id } = await created({ body: { contentType: 'html', content: '<p>x</p>' } });
    const before = (await read(id)).body['body'];
    await patch(id, { body: before ?? null });
    expect((await read(id)).body['body']).toEqual(before);
  });
});

describe('times', () => {
  test('are given in the zone asked for', async () => {
    const { id } = await created();
    const answer = await read(id, { prefer: 'outlook.timezone="Eastern Standard Time", IdType="ImmutableId"' });
    expect(answer.body['start']).toEqual({
      dateTime: '2026-03-02T03:00:00.0000000',
      timeZone: 'Eastern Standard Time',
    });
    expect(answer.headers.get('preference-applied')).toContain('outlook.timezone="Eastern Standard Time"');
    const unknown = await read(id, { prefer: 'outlook.timezone="Europe/Zurich", IdType="ImmutableId"' });
    expect(codeOf(unknown)).toBe('TimeZoneNotSupportedException');
  });

  test('of a whole day are midnight everywhere', async () => {
    const day = (date: string): JsonObject => ({ dateTime: `${date}T00:00:00`, timeZone: 'Tokyo Standard Time' });
    const { id } = await created({ isAllDay: true, start: day('2026-03-02'), end: day('2026-03-03') });
    expect((await read(id)).body).toMatchObject({
      isAllDay: true,
      start: { dateTime: '2026-03-02T00:00:00.0000000' },
      end: { dateTime: '2026-03-03T00:00:00.0000000' },
    });
  });
});

describe('ids', () => {
  test('are of two kinds, need escaping, and only one of them survives a move', async () => {
    const { id } = await created();
    expect(id).toMatch(/\/.*\+.*=$/);
    const inDefault = await callGraph(sim, token, 'GET', 'me/events', undefined, { prefer: '' });
    const [defaultId] = idsOf(inDefault);
    expect(defaultId).not.toBe(id);
    sim.move(ANNA.email, id, sim.addCalendar(ANNA.email, 'Work'));
    expect((await read(id)).status).toBe(200);
    expect((await read(defaultId, { prefer: '' })).status).toBe(404);
  });

  test('of the other kind are malformed', async () => {
    const { id } = await created();
    expect(codeOf(await read(id, { prefer: '' }))).toBe('ErrorInvalidIdMalformed');
    expect(codeOf(await read('nonsense'))).toBe('ErrorInvalidIdMalformed');
  });

  test('differ by the case of one letter, and case counts', async () => {
    const ids = [await created(), await created(), await created()].map(({ id }) => id);
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(2);
    expect(new Set(ids).size).toBe(3);
  });

  test('who does without immutable ones is flagged', async () => {
    await callGraph(sim, token, 'GET', 'me/events', undefined, { prefer: '' });
    expect(sim.requests().at(-1)?.flags).toEqual(['ids that change with every move']);
  });
});

describe('change', () => {
  test('touches only what is named', async () => {
    const { id } = await created({ categories: ['VALClean'], ...marked('c1:a1') });
    const answer = await patch(id, { subject: 'Windows', location: { displayName: 'Elm Road' } });
    expect(answer.body).toMatchObject({
      subject: 'Windows',
      categories: ['VALClean'],
      location: { displayName: 'Elm Road' },
    });
    expect(sim.events(ANNA.email)).toMatchObject([marked('c1:a1')]);
  });

  test('cannot set the transaction', async () => {
    const { id } = await created();
    expect((await patch(id, { transactionId: 'x' })).status).toBe(400);
  });

  test('is refused with a stale etag', async () => {
    const event = await created();
    const ifMatch = { 'if-match': String(event['@odata.etag']) };
    const changed = await patch(event.id, { subject: 'A' }, ifMatch);
    expect(changed.status).toBe(200);
    expect(changed.body['changeKey']).not.toBe(event['changeKey']);
    const stale = await patch(event.id, { subject: 'B' }, ifMatch);
    expect([stale.status, codeOf(stale)]).toEqual([412, 'ErrorIrresolvableConflict']);
    expect((await callGraph(sim, token, 'DELETE', eventTarget(event.id), undefined, ifMatch)).status).toBe(412);
    expect((await patch(event.id, { subject: 'B' }, { 'if-match': '*' })).status).toBe(200);
  });

  test('happens by itself once within five seconds of the creation', async () => {
    const event = await created();
    clock.advance(999);
    expect((await read(event.id)).body['changeKey']).toBe(event['changeKey']);
    clock.advance(4001);
    const { changeKey, lastModifiedDateTime } = (await read(event.id)).body;
    expect(changeKey).not.toBe(event['changeKey']);
    expect(lastModifiedDateTime).not.toBe(event['lastModifiedDateTime']);
    clock.advance(60_000);
    expect((await read(event.id)).body['changeKey']).toBe(changeKey);
  });
});

describe('delete', () => {
  test('is final for the API, and once', async () => {
    const { id } = await created();
    expect((await callGraph(sim, token, 'DELETE', eventTarget(id))).status).toBe(204);
    for (const method of ['GET', 'DELETE']) {
      const gone = await callGraph(sim, token, method, eventTarget(id));
      expect([gone.status, codeOf(gone)]).toEqual([404, 'ErrorItemNotFound']);
    }
    expect(sim.events(ANNA.email)).toEqual([]);
    expect(sim.deletedEvents(ANNA.email)).toMatchObject([{ id }]);
  });

  test('can be undone by the person: the immutable id is the same', async () => {
    const { id } = await created();
    const [before] = idsOf(await callGraph(sim, token, 'GET', 'me/events', undefined, { prefer: '' }));
    sim.remove(ANNA.email, id);
    sim.restore(ANNA.email, id);
    expect((await read(id)).status).toBe(200);
    expect((await read(before, { prefer: '' })).status).toBe(404);
  });
});

describe('the transaction', () => {
  test('makes a repeated create one event', async () => {
    const first = await created({ transactionId: 't-1' });
    const again = await created({ transactionId: 't-1' });
    expect(again.id).toBe(first.id);
    expect(first['transactionId']).toBe('t-1');
    expect(sim.events(ANNA.email)).toHaveLength(1);
  });

  test('repeated after a change answers the event as it is now', async () => {
    const { id } = await created({ transactionId: 't-1' });
    await patch(id, { subject: 'Windows' });
    expect(await created({ transactionId: 't-1' })).toMatchObject({ id, subject: 'Windows' });
  });

  test.each([409, 400] as const)('of another event is refused with %i', async (status) => {
    sim.changeSettings({ duplicateTransaction: { status } });
    const { id } = await created({ transactionId: 't-1' });
    const other = await create({ transactionId: 't-1', subject: 'Windows' });
    expect(other.status).toBe(status);
    expect(other.body['error']).toMatchObject({ code: 'ErrorDuplicateTransactionId', '@event.existingEventId': id });
    sim.changeSettings({ duplicateTransaction: { namesEvent: false } });
    const silent = await create({ transactionId: 't-1', subject: 'Windows' });
    expect(silent.body['error']).not.toHaveProperty('@event.existingEventId');
    expect(sim.events(ANNA.email)).toHaveLength(1);
  });

  test('stays spent after the event is deleted, unless switched', async () => {
    const { id } = await created({ transactionId: 't-1' });
    sim.remove(ANNA.email, id);
    expect(codeOf(await create({ transactionId: 't-1' }))).toBe('ErrorDuplicateTransactionId');
    sim.changeSettings({ transactionAfterDelete: 'free' });
    expect((await created({ transactionId: 't-1' })).id).not.toBe(id);
  });

  test('is one per mailbox, and Outlook writes its own', async () => {
    await created({ transactionId: 't-1' });
    const ben = (await signIn(sim, { email: BEN.email })).access_token;
    expect((await callGraph(sim, ben, 'POST', 'me/events', anEvent({ transactionId: 't-1' }))).status).toBe(201);
    expect(sim.create(ANNA.email, 'primary', anEvent())['transactionId']).toMatch(/^localevent:/);
  });

  test('cannot be searched for', async () => {
    const answer = await callGraph(sim, token, 'GET', filteredEvents("transactionId eq 't-1'"));
    expect([answer.status, codeOf(answer)]).toEqual([400, 'ErrorInvalidProperty']);
  });
});

describe('access', () => {
  test('needs a token, the scope and a mailbox', async () => {
    const none = await fetch(`${sim.url}/v1.0/me/events`);
    expect([none.status, codeOf({ body: (await none.json()) as JsonObject })]).toEqual([
      401,
      'InvalidAuthenticationToken',
    ]);
    expect(none.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const poor = (await signIn(sim, { email: BEN.email, scope: 'User.Read' })).access_token;
    const refused = await callGraph(sim, poor, 'GET', 'me/events');
    expect([refused.status, codeOf(refused)]).toEqual([403, 'ErrorAccessDenied']);
    sim.setAccount(ANNA.email, { hasMailbox: false });
    const guest = await callGraph(sim, token, 'GET', 'me/calendar');
    expect([guest.status, codeOf(guest)]).toEqual([404, 'MailboxNotEnabledForRESTAPI']);
    expect((await callGraph(sim, token, 'GET', 'me')).status).toBe(200);
  });

  test('every answer names the request', async () => {
    const id = '6f0c6c1e-3a8e-4f6c-9b40-0d7c5c9a1b11';
    const answer = await callGraph(sim, token, 'GET', 'me/events/nonsense', undefined, { 'client-request-id': id });
    expect(answer.headers.get('client-request-id')).toBe(id);
    expect(answer.body['error']).toMatchObject({
      innerError: { 'client-request-id': id, 'request-id': answer.headers.get('request-id') },
    });
  });

  test('a full mailbox takes nothing more', async () => {
    sim.setAccount(ANNA.email, { mailboxFull: true });
    expect((await create()).status).toBe(507);
    expect((await callGraph(sim, token, 'GET', 'me/events')).status).toBe(200);
  });

  test.each([
    ['GET', 'me/nothing', 400],
    ['PUT', 'me/events', 405],
    ['POST', 'me/calendar/getSchedule', 501],
    ['POST', 'subscriptions', 501],
  ])('%s %s answers %i', async (method, target, status) => {
    expect((await callGraph(sim, token, method, target, method === 'GET' ? undefined : {})).status).toBe(status);
  });

  test('personal accounts have no online meetings', async () => {
    const ben = (await signIn(sim, { email: BEN.email })).access_token;
    const made = await callGraph(sim, ben, 'POST', 'me/events', anEvent({ isOnlineMeeting: true }));
    expect(made.body).toMatchObject({ isOnlineMeeting: false, onlineMeeting: null });
    expect((await create({ isOnlineMeeting: true })).body['isOnlineMeeting']).toBe(true);
    expect((await callGraph(sim, ben, 'GET', 'me')).body['id']).toMatch(/^[0-9a-f]{16}$/);
  });

  test('the mailbox tells its zone in Windows’ words', async () => {
    const all = 'User.Read Calendars.ReadWrite MailboxSettings.Read';
    const wide = (await signIn(sim, { scope: all })).access_token;
    expect((await callGraph(sim, wide, 'GET', 'me/mailboxSettings/timeZone')).body['value']).toBe(
      'W. Europe Standard Time',
    );
    expect((await callGraph(sim, token, 'GET', 'me/mailboxSettings/timeZone')).status).toBe(403);
  });
});
