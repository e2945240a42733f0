import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../kit/json.ts';
import { standingClock } from '../kit/test-client.ts';
import type { MicrosoftSimulator } from './server.ts';
import {
  ANNA,
  BEN,
  MARKER,
  anEvent,
  callGraph,
  eventTarget,
  postToken,
  refreshForm,
  signIn,
  startForTest,
} from './test-client.ts';

const PATH = `/mailbox/${encodeURIComponent(ANNA.email)}`;

let sim: MicrosoftSimulator;

beforeEach(async () => {
  sim = await startForTest({ clock: standingClock('2026-03-04T10:00:00Z') });
});

afterEach(async () => {
  await sim.close();
});

async function open(target: string): Promise<string> {
  const response = await fetch(`${sim.url}${target}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  return response.text();
}

function submit(
  target: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${sim.url}${target}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
    redirect: 'manual',
  });
}

/** The fields of the form in the panel as a browser would send them. */
function fieldsOf(page: string): Record<string, string> {
  const panel = /<aside[\s\S]*?<\/form>/.exec(page)?.[0] ?? '';
  const fields: Record<string, string> = {};
  for (const [, attributes = ''] of panel.matchAll(/<input\b([^>]*?)\/?>/g)) {
    const name = /name="([^"]+)"/.exec(attributes)?.[1];
    if (name !== undefined) fields[name] = /value="([^"]*)"/.exec(attributes)?.[1] ?? '';
  }
  for (const [, name = '', options = ''] of panel.matchAll(/<select name="([^"]+)">([\s\S]*?)<\/select>/g)) {
    fields[name] = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? '';
  }
  fields['body'] = /<textarea[^>]*>\n?([^<]*)</.exec(panel)?.[1] ?? '';
  return fields;
}

function event(): JsonObject {
  return sim.events(ANNA.email)[0] ?? {};
}

function add(more: JsonObject = {}): string {
  return String(sim.create(ANNA.email, 'primary', anEvent(more))['id']);
}

function panelOf(id: string): string {
  return `${PATH}?${new URLSearchParams({ event: id }).toString()}`;
}

test('the start page lists everyone with what they allowed, and lets them take it back', async () => {
  const tokens = await signIn(sim);
  const page = await open('/');
  expect(page).toContain('Anna Keller');
  expect(page).toContain('Personal account');
  expect(page).toContain('Have full access to your calendars');
  expect(page).toContain('No app has access');
  expect((await submit(`/accounts/${encodeURIComponent(ANNA.email)}/revoke`, {})).status).toBe(303);
  expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(400);
});

test('the start page turns the need for an administrator on and satisfies it', async () => {
  const approval = `/accounts/${encodeURIComponent(ANNA.email)}/approval`;
  await submit(approval, {});
  expect(sim.accounts()[0]?.needsAdminApproval).toBe(true);
  expect(await open('/')).toContain('Approve as administrator');
  await submit(approval, {});
  expect((await signIn(sim)).access_token).toBeDefined();
  await submit(approval, {});
  expect(await open('/')).toContain('Approve as administrator');
  expect(await open('/')).not.toContain(`Require admin approval: ${BEN.email}`);
});

test('the week shows what lies in it, escaped, and not what was deleted', async () => {
  add({
    subject: '<b>Deep</b> & clean',
    location: { displayName: 'High Street' },
    sensitivity: 'private',
    showAs: 'free',
    categories: ['VALClean'],
  });
  sim.remove(ANNA.email, add({ subject: 'Gone' }));
  const page = await open(PATH);
  const week = /<section id="week"[\s\S]*?<\/main>/.exec(page)?.[0]?.split('class="deleted"')[0] ?? '';
  expect(page).toContain('2 – 8 March 2026'.replaceAll(' – ', '\u2009–\u2009'));
  expect(week).toContain('&lt;b&gt;Deep&lt;/b&gt; &amp; clean');
  expect(week).toContain('09:00 – 10:00 · free');
  expect(week).toContain('aria-label="Private: "');
  expect(week).toContain('VALClean');
  expect(week).not.toContain('Gone');
  expect(await open(`${PATH}?week=2026-03-09`)).not.toContain('Deep');
});

test('saving an untouched form changes nothing', async () => {
  const id = add({
    body: { contentType: 'html', content: '<p>one</p><p>two</p>' },
    categories: ['VALClean', 'Work'],
    sensitivity: 'private',
    isReminderOn: false,
  });
  const before = event();
  const fields = fieldsOf(await open(panelOf(id)));
  expect((await submit(panelOf(id), { ...fields, action: 'save' })).status).toBe(303);
  expect(event()).toEqual(before);
});

test('the person edits and moves, and the app’s marks stay', async () => {
  const id = add({ singleValueExtendedProperties: [{ id: MARKER, value: 'c1:a1' }] });
  const page = await open(panelOf(id));
  expect(page).toContain('<code>c1:a1</code>');
  const changed = {
    ...fieldsOf(page),
    subject: 'Mine',
    body: 'Bring\nkeys',
    startDate: '2026-03-05',
    startTime: '14:00',
    endDate: '2026-03-05',
    endTime: '15:30',
    categories: 'Private life',
    sensitivity: 'confidential',
    showAs: 'oof',
    reminder: '',
    action: 'save',
  };
  const answer = await submit(panelOf(id), changed);
  expect(answer.headers.get('location')).toContain('week=2026-03-02');
  expect(event()).toMatchObject({
    subject: 'Mine',
    bodyPreview: 'Bring keys',
    categories: ['Private life'],
    sensitivity: 'confidential',
    showAs: 'oof',
    isReminderOn: false,
    start: { dateTime: '2026-03-05T13:00:00.0000000' },
    end: { dateTime: '2026-03-05T14:30:00.0000000' },
    originalStartTimeZone: 'W. Europe Standard Time',
    singleValueExtendedProperties: [{ id: MARKER, value: 'c1:a1' }],
  });
});

test('the person moves an event to another calendar, which has a page of its own', async () => {
  const work = sim.addCalendar(ANNA.email, 'Work');
  const id = add();
  const fields = fieldsOf(await open(panelOf(id)));
  const answer = await submit(panelOf(id), { ...fields, calendarId: work, action: 'save' });
  expect(sim.events(ANNA.email)).toEqual([]);
  expect(sim.events(ANNA.email, 'Work')).toMatchObject([{ id }]);
  const page = await open(String(answer.headers.get('location')));
  expect(page).toContain('aria-current="page">Work</a>');
  expect(page).toContain('Deep clean');
});

test('the person adds, deletes and restores; an impossible time is explained', async () => {
  const fields = { ...fieldsOf(await open(`${PATH}?new=event`)), subject: 'Dentist', action: 'create' };
  const wrong = await submit(PATH, { ...fields, endTime: '01:00' });
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain('The end of the event lies before its start.');
  expect((await submit(PATH, fields)).status).toBe(303);
  expect(event()).toMatchObject({ subject: 'Dentist', start: { dateTime: '2026-03-04T08:00:00.0000000' } });
  const id = String(event()['id']);
  await submit(panelOf(id), { action: 'delete' });
  expect(sim.events(ANNA.email)).toEqual([]);
  const page = await open(PATH);
  expect(page).toContain('Restore Dentist, 2026-03-04');
  await submit(PATH, { action: 'restore', deleted: id });
  expect(event()).toMatchObject({ id, subject: 'Dentist' });
  const token = (await signIn(sim)).access_token;
  expect((await callGraph(sim, token, 'GET', eventTarget(id))).status).toBe(200);
});

test('whole days are edited as whole days', async () => {
  const day = (date: string): JsonObject => ({ dateTime: `${date}T00:00:00`, timeZone: 'Tokyo Standard Time' });
  const id = add({ subject: 'Holiday', isAllDay: true, start: day('2026-03-02'), end: day('2026-03-04') });
  const fields = fieldsOf(await open(panelOf(id)));
  expect(fields).toMatchObject({ startDate: '2026-03-02', endDate: '2026-03-03' });
  await submit(panelOf(id), { ...fields, endDate: '2026-03-04', action: 'save' });
  expect(event()).toMatchObject({
    start: { dateTime: '2026-03-02T00:00:00.0000000' },
    end: { dateTime: '2026-03-05T00:00:00.0000000' },
  });
});

test('the link of an event leads to its page', async () => {
  const token = (await signIn(sim)).access_token;
  const made = await callGraph(sim, token, 'POST', 'me/events', anEvent());
  expect(await open(String(made.body['webLink']).slice(sim.url.length))).toContain('value="Deep clean"');
});

test('forms of foreign pages are refused', async () => {
  const answer = await submit(PATH, { action: 'create', subject: 'x' }, { 'sec-fetch-site': 'cross-site' });
  expect(answer.status).toBe(404);
  expect(sim.events(ANNA.email)).toEqual([]);
});

test('nobody has a page who has no account', async () => {
  expect((await fetch(`${sim.url}/mailbox/nobody%40example.com`)).status).toBe(404);
});
