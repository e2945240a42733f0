import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startGoogleSimulator, type GoogleSimulator } from '../../simulator/google/server.ts';
import { ADMIN_EMAIL, PASSWORD, startBusiness, type Business, type Person } from '../support/business.ts';
import { startKillable, type Killable } from '../support/killable.ts';
import { callApi, type Json } from '../support/server.ts';
import { startTestFolder, type TestFolder } from '../support/test-folder.ts';
import { buildWeb } from '../support/web-build.ts';

/* Connecting again: the same account goes on, another one is asked about, another calendar takes the events along. */

const REDIRECT_URI = 'http://localhost:8000/api/calendar/google/callback/';
const CLIENT = { clientId: 'valclean-test', clientSecret: 'valclean-test-secret' };
const PATIENCE = { timeout: 60_000, interval: 50 };
const TIME_LIMIT_MS = 300_000;

let google: GoogleSimulator;
let folder: TestFolder;
let product: Killable & { ready: { api: string | null } };
let business: Business;

beforeAll(async () => {
  await buildWeb();
  google = await startGoogleSimulator({ clients: [{ ...CLIENT, redirectUris: [REDIRECT_URI] }], accounts: [] });
  folder = await startTestFolder();
  product = await startKillable('serve', {
    ...{ ...google.env, ...folder.settings, PORT: '0', WEB_PORT: '0', GOOGLE_REDIRECT_URI: REDIRECT_URI },
    ...{ GOOGLE_CLIENT_ID: CLIENT.clientId, GOOGLE_CLIENT_SECRET: CLIENT.clientSecret },
    ...{ BOOTSTRAP_ADMIN_EMAIL: ADMIN_EMAIL, BOOTSTRAP_ADMIN_PASSWORD: PASSWORD },
  });
  business = await startBusiness(google, product.ready.api ?? '');
}, TIME_LIMIT_MS);

afterAll(async () => {
  await product.stop();
  await google.close();
  await folder.remove();
}, TIME_LIMIT_MS);

let people = 0;

/** A customer with three visits in their connected calendar. */
async function customer(): Promise<Person> {
  people += 1;
  const person = await business.hire('customer', `Jane Doe${people}`);
  await business.connect(person);
  const order = await business.order({ customer: person, day: 3, hour: 9, rrule: 'FREQ=DAILY;COUNT=3' });
  await business.call(business.admin, 'POST', `/api/orders/${order}/confirm/`);
  await vi.waitUntil(() => events(person.google).length === 3, PATIENCE);
  return person;
}

function events(account: string, calendarId = 'primary'): Json[] {
  return google.events(account, calendarId).filter(({ status }) => status !== 'cancelled') as Json[];
}

async function connections(person: Person): Promise<Json[]> {
  return (await business.call(person, 'GET', '/api/calendar/')).connections;
}

/** From Connect to where the browser ends up. */
async function consent(person: Person, account: string, body: object = {}): Promise<URL> {
  const origin = product.ready.api ?? '';
  const begun = await callApi(origin, 'POST', '/api/calendar/google/connect/', {
    token: (await callApi(origin, 'POST', '/api/auth/login/', { body: { email: person.email, password: PASSWORD } }))
      .body.access_token,
    body,
  });
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
  const callback = new URL(await google.authorize(begun.body.authorization_url, { email: account }));
  const ended = await callApi(origin, 'GET', `${callback.pathname}${callback.search}`, { headers: { cookie } });
  return new URL(ended.headers.get('location') ?? '');
}

/** Its grant is taken back, and the next change finds that out. */
async function lose(person: Person): Promise<void> {
  google.revokeGrant(person.google);
  const order = await business.order({ customer: person, day: 20, hour: 9 });
  await business.call(business.admin, 'POST', `/api/orders/${order}/confirm/`);
  await vi.waitUntil(async () => (await connections(person))[0]?.status === 'reauth_required', PATIENCE);
}

describe('a calendar that needs its owner', () => {
  it('goes on where it stopped when the same account comes back, without duplicates', async () => {
    const jane = await customer();
    const before = events(jane.google).map(({ id }) => id);
    await lose(jane);
    expect((await consent(jane, jane.google)).searchParams.get('connected')).toBe('google');
    await vi.waitUntil(() => events(jane.google).length === 4, PATIENCE);
    expect(events(jane.google).map(({ id }) => id)).toEqual(expect.arrayContaining(before));
    expect(await connections(jane)).toHaveLength(1);
  });

  it.each([
    [true, 1],
    [false, 2],
  ])('asks when another account comes back, and replaces the old one or not (%s)', async (replace, accounts) => {
    const jane = await customer();
    await lose(jane);
    const other = `other-${people}@gmail.example`;
    google.addAccount({ email: other, name: 'Jane', timeZone: 'Europe/London' });
    const end = await consent(jane, other);
    expect(end.searchParams.get('reason')).toBe('other_account');
    expect(events(other)).toEqual([]);
    expect(await connections(jane)).toHaveLength(1);
    const body = { flow_id: end.searchParams.get('confirm'), replace };
    await business.call(jane, 'POST', '/api/calendar/google/confirm/', body);
    await vi.waitUntil(() => events(other).length === 4, PATIENCE);
    await vi.waitUntil(async () => (await connections(jane)).length === accounts, PATIENCE);
    expect((await connections(jane)).some(({ account_email: email }) => email === other)).toBe(true);
  });
});

it('another calendar of the same account takes the events along, and back', async () => {
  const jane = await customer();
  expect((await consent(jane, jane.google, { calendar: 'dedicated' })).searchParams.get('connected')).toBe('google');
  const [{ calendar }] = (await connections(jane)) as [Json];
  expect(calendar.kind).toBe('dedicated');
  await vi.waitUntil(() => events(jane.google, calendar.id).length === 3, PATIENCE);
  await vi.waitUntil(() => events(jane.google).length === 0, PATIENCE);
  expect((await consent(jane, jane.google, { calendar: 'primary' })).searchParams.get('connected')).toBe('google');
  await vi.waitUntil(() => events(jane.google).length === 3, PATIENCE);
  await vi.waitUntil(() => events(jane.google, calendar.id).length === 0, PATIENCE);
  expect(await connections(jane)).toMatchObject([{ status: 'active' }]);
});

it('a deletion in the calendar is found by Sync now', async () => {
  const jane = await customer();
  const [first] = events(jane.google);
  google.remove(jane.google, 'primary', first?.id);
  await business.call(jane, 'POST', '/api/calendar/sync/');
  const id = /\/appointments\/(\d+)/.exec(first?.description)?.[1];
  await vi.waitUntil(async () => {
    const ledger = await business.call(jane, 'GET', `/api/appointments/${id}/calendars/`);
    return ledger.items[0]?.state === 'suppressed';
  }, PATIENCE);
  expect(events(jane.google)).toHaveLength(2);
});
