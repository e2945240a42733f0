import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ProviderAccess } from '../../src/sync/drain-context.ts';
import type { ProviderName } from '../../src/sync/provider.ts';
import { openOutlook, type OutlookSetup } from '../providers/outlook-setup.ts';
import { START_LIMIT_MS, startTestServer, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';

// The whole way through the API and a simulated Microsoft, as a browser takes it.

const SETTINGS = 'http://localhost:3000/settings/calendar';

let outlook: OutlookSetup;
let server: TestServer;
let jane: Person;
/** Her account at work; every test has a company of its own. */
let email: string;

beforeAll(async () => {
  outlook = await openOutlook();
  const access: ProviderAccess = { provider: outlook.provider, oauth: outlook.oauth };
  server = await startTestServer({ providers: new Map<ProviderName, ProviderAccess>([['outlook', access]]) });
}, START_LIMIT_MS);
afterAll(async () => {
  await server.close();
  await outlook.close();
}, START_LIMIT_MS);

beforeEach(async () => {
  jane = await server.person('customer', { name: 'Jane Doe' });
  email = `jane@company-${randomUUID()}.example`;
  outlook.simulator.addAccount({ email, name: 'Jane Doe' });
});

test('a consent connects the account, and disconnecting begins at once', async () => {
  expect(await connect(jane)).toBe(`${SETTINGS}?connected=outlook`);
  const [connection, ...others] = await connections(jane);
  expect(others).toEqual([]);
  expect(connection).toMatchObject({
    provider: 'outlook',
    status: 'active',
    account_email: email,
    calendar: { id: 'primary', name: 'Calendar', kind: 'primary' },
    error: null,
  });
  const left = await server.call('POST', '/api/calendar/outlook/disconnect/', { token: jane.token });
  expect(left).toMatchObject({ status: 200, body: { provider: 'outlook', status: 'disconnecting' } });
});

test('a calendar of its own is made at the connection', async () => {
  expect(await connect(jane, { calendar: 'dedicated' })).toBe(`${SETTINGS}?connected=outlook`);
  const own = outlook.simulator.calendars(email).filter(({ createdByClient }) => createdByClient !== null);
  expect(own).toMatchObject([{ name: 'VALClean' }]);
  const [connection] = await connections(jane);
  expect(connection).toMatchObject({ calendar: { id: own[0]?.['id'], name: 'VALClean', kind: 'dedicated' } });
});

test('an administrator’s approval is asked for, and brings the browser back', async () => {
  outlook.simulator.requireAdminConsent(email);
  expect(await connect(jane)).toBe(`${SETTINGS}?error=admin_consent_required&provider=outlook`);
  expect(await connections(jane)).toEqual([]);

  const { body } = await server.call('GET', '/api/calendar/', { token: jane.token });
  expect(body.providers).toEqual({
    google: { configured: false },
    outlook: { configured: true, admin_consent_url: outlook.oauth.adminConsentUrl },
    caldav: { configured: false },
  });
  // The administrator signs in, which decides on the company.
  const { tenantId } = outlook.simulator.accounts().find((account) => account.email === email) ?? expect.fail('nobody');
  const page = String(body.providers.outlook.admin_consent_url).replace('/common/', `/${tenantId}/`);
  const refused = await outlook.simulator.adminConsent(page, 'cancel');
  expect(await follow(refused)).toBe(`${SETTINGS}?error=access_denied&provider=outlook`);
  const back = await outlook.simulator.adminConsent(page, 'accept');
  expect(await follow(back)).toBe(`${SETTINGS}?admin_consent=granted&provider=outlook`);
  expect(await connections(jane)).toEqual([]);
  expect(await connect(jane)).toBe(`${SETTINGS}?connected=outlook`);
});

test.each([
  ['says no', () => undefined, { deny: true }, 'access_denied'],
  ['has no mailbox', () => outlook.simulator.setAccount(email, { hasMailbox: false }), {}, 'no_mailbox'],
  [
    'meets a Microsoft in trouble',
    () => outlook.simulator.faults.add({ match: { operation: 'oauth.token.code' }, action: { kind: 'html' } }),
    {},
    'provider_unavailable',
  ],
])('whoever %s is not connected', async (_, prepare, choices, code) => {
  prepare();
  expect(await connect(jane, {}, choices)).toBe(`${SETTINGS}?error=${code}&provider=outlook`);
  expect(await connections(jane)).toEqual([]);
});

test('an account serves one person at a time', async () => {
  await connect(jane);
  const tom = await server.person('customer');
  expect(await connect(tom)).toBe(`${SETTINGS}?error=account_already_linked&provider=outlook`);
});

test('what comes back in another browser is confirmed by who began', async () => {
  const begun = await begin(jane, {});
  const target = new URL(await follow(await consent(begun)));
  expect(target.searchParams.get('provider')).toBe('outlook');
  const flowId = target.searchParams.get('confirm');
  expect(await connections(jane)).toEqual([]);
  const confirm = { token: jane.token, body: { flow_id: flowId } };
  expect((await server.call('POST', '/api/calendar/outlook/confirm/', confirm)).status).toBe(200);
  expect(await connections(jane)).toMatchObject([{ provider: 'outlook', account_email: email }]);
});

test('without credentials it says so', async () => {
  const answer = await server.call('POST', '/api/calendar/google/connect/', { token: jane.token, body: {} });
  expect(answer).toMatchObject({ status: 503, body: { code: 'provider_not_configured' } });
});

test('a callback that nobody began connects nobody', async () => {
  expect(await follow(`${outlook.config.redirectUri}?code=x&state=y`)).toBe(
    `${SETTINGS}?error=state_mismatch&provider=outlook`,
  );
  expect(await follow(`${outlook.config.redirectUri}?admin_consent=False&tenant=x`)).toBe(
    `${SETTINGS}?error=state_mismatch&provider=outlook`,
  );
});

/** From Connect to the page that the browser ends on. */
async function connect(person: Person, body: object = {}, choices: { deny?: boolean } = {}): Promise<string> {
  const begun = await begin(person, body);
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
  return follow(await consent(begun, choices), cookie);
}

function begin(person: Person, body: object): Promise<ApiAnswer> {
  return server.call('POST', '/api/calendar/outlook/connect/', { token: person.token, body });
}

function consent(begun: ApiAnswer, choices: { deny?: boolean } = {}): Promise<string> {
  return outlook.simulator.authorize(begun.body.authorization_url, { email, ...choices });
}

async function follow(callback: string, cookie = ''): Promise<string> {
  const { pathname, search } = new URL(callback);
  const answer = await server.call('GET', `${pathname}${search}`, { headers: { cookie } });
  expect(answer.status).toBe(302);
  return answer.headers.get('location') ?? '';
}

async function connections(person: Person): Promise<unknown[]> {
  return (await server.call('GET', '/api/calendar/', { token: person.token })).body.connections;
}
