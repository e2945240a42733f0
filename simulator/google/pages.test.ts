import { afterEach, beforeEach, expect, test } from 'vitest';
import { pkce, standingClock } from '../kit/test-client.ts';
import type { JsonObject } from '../kit/json.ts';
import type { GoogleSimulator } from './server.ts';
import {
  ANNA,
  APP_CREATED,
  OWNED,
  anEvent,
  authorizationUrl,
  callApi,
  postToken,
  refreshForm,
  signIn,
  startForTest,
} from './test-client.ts';

const PATH = `/calendar/${encodeURIComponent(ANNA.email)}`;

let sim: GoogleSimulator;

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

/** The fields of the form on a page as a browser would send them. */
function fieldsOf(page: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, attributes = ''] of page.matchAll(/<input\b([^>]*)\/>/g)) {
    const name = /name="([^"]+)"/.exec(attributes)?.[1];
    const boxed = /type="(checkbox|radio)"/.test(attributes);
    if (name !== undefined && (!boxed || attributes.includes('checked')))
      fields[name] = /value="([^"]*)"/.exec(attributes)?.[1] ?? '';
  }
  fields['description'] = /<textarea[^>]*>\n?([^<]*)</.exec(page)?.[1] ?? '';
  return fields;
}

function event(): JsonObject {
  return sim.events(ANNA.email)[0] ?? {};
}

test('the start page lists everyone with what they allowed, and lets them take it back', async () => {
  const tokens = await signIn(sim);
  const page = await open('/');
  expect(page).toContain('Anna Keller');
  expect(page).toContain('See, create, change and delete events on calendars you own');
  expect(page).toContain('No app has access');
  expect((await submit(`/accounts/${encodeURIComponent(ANNA.email)}/revoke`, {})).status).toBe(303);
  expect((await postToken(sim, refreshForm(tokens.refresh_token))).status).toBe(400);
});

test('the consent page has a box for each scope beyond sign-in and calls itself simulated', async () => {
  const url = new URL(
    authorizationUrl(sim, pkce().challenge, {
      scope: `openid email ${OWNED} ${APP_CREATED}`,
      login_hint: ANNA.email,
      prompt: 'consent',
    }),
  );
  const page = await open(url.pathname + url.search);
  expect([...page.matchAll(/type="checkbox" name="scope" value="([^"]+)"/g)].map((match) => match[1])).toEqual([
    OWNED,
    APP_CREATED,
  ]);
  expect(page).toContain('Simulated Google account');
});

test('the week shows what lies in it, escaped, and not what was deleted', async () => {
  sim.create(
    ANNA.email,
    'primary',
    anEvent({
      id: 'vc001',
      summary: '<b>Deep</b> & clean',
      location: 'High Street',
      visibility: 'private',
      transparency: 'transparent',
    }),
  );
  sim.create(ANNA.email, 'primary', anEvent({ id: 'vc002', summary: 'Gone' }));
  sim.remove(ANNA.email, 'primary', 'vc002');
  const page = await open(PATH);
  expect(page).toContain('2 – 8 March 2026'.replaceAll(' – ', '\u2009–\u2009'));
  expect(page).toContain('&lt;b&gt;Deep&lt;/b&gt; &amp; clean');
  expect(page).toContain('09:00 – 10:00 · free');
  expect(page).toContain('aria-label="Private: "');
  expect(page).not.toContain('Gone');
  expect(await open(`${PATH}?week=2026-03-09`)).not.toContain('Deep');
});

test('an event that crosses midnight shows on both days', async () => {
  sim.create(
    ANNA.email,
    'primary',
    anEvent({ id: 'vc001', summary: 'Night', end: { dateTime: '2026-03-03T02:00:00+01:00' } }),
  );
  const page = await open(PATH);
  expect(page).toContain('09:00 – 24:00');
  expect(page).toContain('00:00 – 02:00');
});

test('saving an untouched form changes nothing', async () => {
  sim.create(
    ANNA.email,
    'primary',
    anEvent({ id: 'vc001', description: 'one\ntwo', colorId: '7', visibility: 'private' }),
  );
  const before = event();
  const fields = fieldsOf(await open(`${PATH}?event=vc001`));
  expect((await submit(`${PATH}?event=vc001`, { ...fields, action: 'save' })).status).toBe(303);
  expect(event()).toEqual(before);
});

test('the person edits, moves and recolours, and the app’s marks stay', async () => {
  const private_ = { vcLink: 'l1' };
  sim.create(ANNA.email, 'primary', anEvent({ id: 'vc001', extendedProperties: { private: private_ } }));
  const fields = fieldsOf(await open(`${PATH}?event=vc001`));
  const changed = {
    ...fields,
    summary: 'Mine',
    startDate: '2026-03-05',
    startTime: '14:00',
    endDate: '2026-03-05',
    endTime: '15:30',
    colorId: '11',
    free: 'yes',
    action: 'save',
  };
  const answer = await submit(`${PATH}?event=vc001`, changed);
  expect(answer.headers.get('location')).toContain('week=2026-03-02');
  expect(event()).toMatchObject({
    summary: 'Mine',
    colorId: '11',
    transparency: 'transparent',
    sequence: 1,
    start: { dateTime: '2026-03-05T14:00:00+01:00' },
    extendedProperties: { private: private_ },
  });
});

test('the person adds and deletes; an impossible time is explained', async () => {
  const fields = { ...fieldsOf(await open(`${PATH}?new=event`)), summary: 'Dentist', action: 'create' };
  const wrong = await submit(PATH, { ...fields, endTime: '01:00' });
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain('The specified time range is empty.');
  expect((await submit(PATH, fields)).status).toBe(303);
  expect(event()).toMatchObject({ summary: 'Dentist', start: { dateTime: '2026-03-04T09:00:00+01:00' } });
  await submit(`${PATH}?event=${String(event()['id'])}`, { action: 'delete' });
  expect(event()['status']).toBe('cancelled');
});

test('whole days are edited as whole days', async () => {
  sim.create(ANNA.email, 'primary', {
    id: 'vc001',
    summary: 'Holiday',
    start: { date: '2026-03-02' },
    end: { date: '2026-03-04' },
  });
  const fields = fieldsOf(await open(`${PATH}?event=vc001`));
  expect(fields).toMatchObject({ startDate: '2026-03-02', endDate: '2026-03-03' });
  await submit(`${PATH}?event=vc001`, { ...fields, endDate: '2026-03-04', action: 'save' });
  expect(event()).toMatchObject({ start: { date: '2026-03-02' }, end: { date: '2026-03-05' } });
});

test('calendars made by an app have a page of their own', async () => {
  const token = (await signIn(sim, { scope: `openid ${APP_CREATED}` })).access_token;
  const made = await callApi(sim, token, 'POST', 'calendars', { summary: 'VALClean', timeZone: 'America/New_York' });
  const id = encodeURIComponent(String(made.body['id']));
  const inserted = await callApi(sim, token, 'POST', `calendars/${id}/events`, anEvent({ id: 'vc001' }));
  expect(await open(PATH)).toContain('>VALClean</a');
  const page = await open(String(inserted.body['htmlLink']).slice(sim.url.length));
  expect(page).toContain('03:00 – 04:00');
});

test('forms of foreign pages are refused', async () => {
  const answer = await submit(PATH, { action: 'create', summary: 'x' }, { 'sec-fetch-site': 'cross-site' });
  expect(answer.status).toBe(404);
  expect(sim.events(ANNA.email)).toEqual([]);
});

test('nobody has a page who has no account', async () => {
  expect((await fetch(`${sim.url}/calendar/nobody%40example.com`)).status).toBe(404);
});
