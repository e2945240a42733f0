import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/domain/appointment.ts';
import { foundCompany, orderBody, type Company, type Job } from '../support/company.ts';
import { operationsOf } from '../support/operations.ts';
import { START_LIMIT_MS, startTestServer, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';

/**
 * What happens to a role at a route: `+` let in (whatever the request then comes to), `-` 403, `0` 404 (may not know of
 * it). Two signs: for their own object, and for somebody else's. Columns: customer, staff, manager, admin.
 */
type Row = 'public' | readonly [string, string, string, string];

const ALL: Row = ['+', '+', '+', '+'];
const ADMIN: Row = ['-', '-', '-', '+'];
const CONCERNED: Row = ['+0', '+0', '+0', '++'];
const MANAGING: Row = ['--', '--', '+0', '++'];

const MATRIX: Readonly<Record<string, Row>> = {
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
  'GET /api/openapi.json': 'public',

  'POST /api/auth/register/': 'public',
  'POST /api/auth/login/': 'public',
  'POST /api/auth/refresh/': 'public',
  'POST /api/auth/logout/': 'public',
  'POST /api/auth/password/forgot/': 'public',
  'POST /api/auth/password/check/': 'public',
  'POST /api/auth/password/set/': 'public',
  'POST /api/auth/email/': ALL,
  'POST /api/auth/email/confirm/': 'public',
  'GET /api/auth/me/': ALL,
  'PATCH /api/auth/me/': ALL,

  'GET /api/users/': ['-', '-', '+', '+'],
  'POST /api/users/': ADMIN,
  'GET /api/users/{id}/': MANAGING,
  'PATCH /api/users/{id}/': ['--', '--', '--', '++'],
  'POST /api/users/{id}/invite/': ['--', '--', '--', '++'],

  'GET /api/services/': ALL,
  'POST /api/services/': ADMIN,
  'PATCH /api/services/{id}/': ADMIN,

  'GET /api/orders/': ['+', '-', '+', '+'],
  'POST /api/orders/': ['+', '-', '+', '+'],
  'GET /api/orders/{id}/': ['+0', '--', '+0', '++'],
  'POST /api/orders/{id}/confirm/': MANAGING,
  'POST /api/orders/{id}/cancel/': ['+0', '--', '+0', '++'],

  'GET /api/appointments/': ALL,
  'GET /api/appointments/{id}/': CONCERNED,
  'PATCH /api/appointments/{id}/': MANAGING,
  'POST /api/appointments/{id}/assign/': MANAGING,
  'POST /api/appointments/{id}/cancel/': MANAGING,
  'POST /api/appointments/{id}/no-show/': MANAGING,
  'POST /api/appointments/{id}/complete/': ['--', '+0', '+0', '++'],
  'POST /api/appointments/{id}/cannot-come/': ['--', '+0', '--', '--'],
  'POST /api/appointments/{id}/can-come/': ['--', '+0', '--', '--'],
  'POST /api/appointments/{id}/reschedule-request/': ['+0', '-0', '-0', '--'],
  'DELETE /api/appointments/{id}/reschedule-request/': ['+0', '-0', '-0', '--'],
  'POST /api/appointments/{id}/reschedule-request/accept/': MANAGING,
  'POST /api/appointments/{id}/reschedule-request/decline/': MANAGING,
  'POST /api/appointments/cannot-come/': ['-', '+', '-', '-'],
  'POST /api/appointments/can-come/': ['-', '+', '-', '-'],
  'GET /api/absences/': ['-', '+', '+', '+'],
  'GET /api/appointments/{id}/calendars/': CONCERNED,
  'POST /api/appointments/{id}/calendars/retry/': CONCERNED,
  'POST /api/appointments/{id}/calendars/restore/': CONCERNED,

  'GET /api/admin/time-zones/': ADMIN,
  'GET /api/admin/sync/': ADMIN,
  'GET /api/admin/sync/failing/': ADMIN,
  'POST /api/admin/sync/failing/retry/': ADMIN,
  'GET /api/admin/connections/': ADMIN,
  'POST /api/admin/connections/remind/': ADMIN,
  // 404 even to those who may: nobody is connected.
  'POST /api/admin/connections/{id}/pause/': ['-', '-', '-', '0'],
  'POST /api/admin/connections/{id}/resume/': ['-', '-', '-', '0'],
  'POST /api/admin/connections/{id}/retry/': ['-', '-', '-', '0'],
  'PATCH /api/admin/providers/{provider}/': ADMIN,
  'POST /api/admin/providers/{provider}/check/': ADMIN,
  'POST /api/admin/providers/{provider}/pause/': ADMIN,
  'POST /api/admin/providers/{provider}/resume/': ADMIN,

  'GET /api/calendar/': ALL,
  'PATCH /api/calendar/': ALL,
  'GET /api/calendar/activity/': ALL,
  'GET /api/calendar/stream/': ALL,
  'POST /api/calendar/sync/': ALL,
  'GET /api/calendar/team/': ['-', '-', '+', '+'],
  'GET /api/calendar/feeds/': ALL,
  'POST /api/calendar/feeds/': ALL,
  // 404 even to those who may: nobody has such a feed.
  'POST /api/calendar/feeds/{id}/rotate/': ['0', '0', '0', '0'],
  'DELETE /api/calendar/feeds/{id}/': ['0', '0', '0', '0'],
  'GET /api/calendar/feed/{token}.ics': 'public',
  'GET /api/calendar/ics/{appointment_id}/': CONCERNED,
  'POST /api/calendar/ics/{appointment_id}/email/': CONCERNED,
  'GET /api/calendar/ics/order/{order_id}/': CONCERNED,
  // 404 even to those who may: nothing is asked, and nobody has such a calendar.
  'POST /api/calendar/connections/{id}/answer/': ['00', '00', '00', '00'],
  'POST /api/calendar/connections/{id}/pause/': ['00', '00', '00', '00'],
  'POST /api/calendar/connections/{id}/resume/': ['00', '00', '00', '00'],
  'GET /api/calendar/preview/': ALL,
  'POST /api/calendar/caldav/calendars/': ALL,
  'POST /api/calendar/caldav/connect/': ALL,
  'POST /api/calendar/{provider}/connect/': ALL,
  'GET /api/calendar/{provider}/callback/': 'public',
  // 404 even to those who may: nobody has begun such a flow.
  'POST /api/calendar/{provider}/confirm/': ['0', '0', '0', '0'],
  // 404 even to those who may: nobody is connected.
  'POST /api/calendar/{provider}/disconnect/': ['0', '0', '0', '0'],

  'GET /api/mails/unsubscribe/': 'public',
  'POST /api/mails/unsubscribe/': 'public',
};

/** Beyond every real one: whoever is let in gets 409, and nothing changes for the rows after it. */
const STALE = { version: 2_000_000_000 };

const BODIES: Readonly<Record<string, (company: Company) => object>> = {
  'POST /api/auth/register/': () => ({ email: 'new@example.com', password: 'long enough', name: 'New' }),
  'POST /api/auth/login/': () => ({ email: 'nobody@example.com', password: 'long enough' }),
  'POST /api/auth/refresh/': () => ({ refresh_token: 'none' }),
  'POST /api/auth/logout/': () => ({ refresh_token: 'none' }),
  'POST /api/auth/password/forgot/': () => ({ email: 'nobody@example.com' }),
  'POST /api/auth/password/check/': () => ({ token: 'none' }),
  'POST /api/auth/password/set/': () => ({ token: 'none', password: 'long enough' }),
  'POST /api/auth/email/': () => ({ email: 'new@example.com', current_password: 'not this one' }),
  'POST /api/auth/email/confirm/': () => ({ token: 'none' }),
  'PATCH /api/auth/me/': () => STALE,
  'POST /api/users/': () => ({ email: 'taken', password: 'long enough', name: 'X', role: 'staff' }),
  'PATCH /api/users/{id}/': () => STALE,
  'POST /api/services/': () => ({ name: 'X' }),
  'PATCH /api/services/{id}/': () => STALE,
  'POST /api/orders/': ({ serviceId }) => orderBody(serviceId),
  'POST /api/orders/{id}/confirm/': () => STALE,
  'POST /api/orders/{id}/cancel/': () => STALE,
  'PATCH /api/appointments/{id}/': () => STALE,
  'POST /api/appointments/{id}/assign/': () => ({ staff_ids: [], ...STALE }),
  'POST /api/appointments/{id}/cancel/': () => STALE,
  'POST /api/appointments/{id}/no-show/': () => STALE,
  'POST /api/appointments/{id}/complete/': () => STALE,
  'POST /api/appointments/{id}/reschedule-request/': () => ({ proposals: ['2027-01-05T09:00:00'] }),
  'POST /api/appointments/{id}/reschedule-request/accept/': () => ({ request_id: 999_999, number: 1 }),
  'POST /api/appointments/{id}/reschedule-request/decline/': () => ({ request_id: 999_999, reason: 'Full' }),
  'POST /api/appointments/{id}/calendars/restore/': () => ({ connection_id: 1 }),
  'POST /api/admin/sync/failing/retry/': () => ({}),
  'POST /api/admin/connections/remind/': () => ({ ids: [1] }),
  'PATCH /api/admin/providers/{provider}/': () => ({ secret_expires_on: null }),
  'PATCH /api/calendar/': () => ({}),
  'POST /api/calendar/feeds/': () => ({ name: 'VALClean' }),
  'POST /api/calendar/connections/{id}/answer/': () => ({ answer: 'keep' }),
  'POST /api/calendar/{provider}/connect/': () => ({}),
  'POST /api/calendar/{provider}/confirm/': () => ({ flow_id: '123e4567-e89b-42d3-a456-426614174000' }),
  'POST /api/calendar/{provider}/disconnect/': () => ({}),
};

const ROLES: readonly Role[] = ['customer', 'staff', 'manager', 'admin'];

let server: TestServer;
let company: Company;
/** Of somebody's feed; the routes that change feeds are tried with one that does not exist. */
let feedToken: string;
beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server);
  const { token } = company.own.customer;
  const { body } = await server.call('POST', '/api/calendar/feeds/', { token, body: { name: 'VALClean' } });
  feedToken = /([^/]+)\.ics$/.exec(body.url)?.[1] ?? '';
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

function caller(role: Role): Person {
  return role === 'admin' ? company.admin : company.own[role];
}

function pathFor(path: string, { orderId, appointmentId, staff }: Job): string {
  const id = /\/orders\//.test(path) ? orderId : /\/users\//.test(path) ? staff.id : appointmentId;
  return path
    .replace('/services/{id}', `/services/${company.serviceId}`)
    .replace('{provider}', 'google')
    .replace('{token}', feedToken)
    .replace('/feeds/{id}', '/feeds/999999')
    .replace('{id}', String(id))
    .replace('{appointment_id}', String(appointmentId))
    .replace('{order_id}', String(orderId));
}

function call(name: string, job: Job, token?: string): Promise<ApiAnswer> {
  const [method = '', path = ''] = name.split(' ');
  const body = BODIES[name]?.(company);
  return server.call(method, pathFor(path, job), { token, ...(body && { body }) });
}

function signOf({ status, body }: ApiAnswer): string {
  if (status === 401) return '!';
  if (status === 403) return '-';
  if (status === 404) return body.code === 'route_not_found' ? '?' : '0';
  return status >= 500 ? `${status}` : '+';
}

test('every route has a row, and every row a route', async () => {
  const documented = (await operationsOf(server)).map((operation) => operation.name);
  expect(Object.keys(MATRIX).toSorted()).toEqual(documented.toSorted());
});

describe.each(Object.entries(MATRIX))('%s', (name, row) => {
  test('without a sign-in', async () => {
    const answer = await call(name, company.own);
    if (row !== 'public') return expect(answer.body.code).toBe('not_signed_in');
    expect([403, 404]).not.toContain(answer.status);
    return expect(answer.body.code).not.toBe('not_signed_in');
  });

  if (row === 'public') return;

  test.each(ROLES.map((role, at) => [role, row[at]] as const))('%s: %s', async (role, expected = '') => {
    const jobs = expected.length === 2 ? [company.own, company.foreign] : [company.own];
    const answers = [];
    for (const job of jobs) answers.push(await call(name, job, caller(role).token));
    expect(answers.map(signOf).join(''), JSON.stringify(answers.map((answer) => answer.body))).toBe(expected);
  });
});

describe('lists hold what is one’s own, and nothing else', () => {
  const ids = async (path: string, person: Person): Promise<number[]> => {
    const { body } = await server.call('GET', `${path}?limit=200`, { token: person.token });
    return body.items.map((item: { id: number }) => item.id);
  };

  test.each(['customer', 'staff', 'manager'] as const)('appointments of a %s', async (role) => {
    const shown = await ids('/api/appointments/', caller(role));
    expect(shown).toContain(company.own.appointmentId);
    expect(shown).not.toContain(company.foreign.appointmentId);
  });

  test.each(['customer', 'manager'] as const)('orders of a %s', async (role) => {
    const shown = await ids('/api/orders/', caller(role));
    expect(shown).toContain(company.own.orderId);
    expect(shown).not.toContain(company.foreign.orderId);
  });

  test('an administrator sees all', async () => {
    const both = [company.own, company.foreign];
    const appointments = await ids('/api/appointments/', company.admin);
    const orders = await ids('/api/orders/', company.admin);
    expect(both.every((job) => appointments.includes(job.appointmentId) && orders.includes(job.orderId))).toBe(true);
  });

  test('filters open nothing', async () => {
    const { own, foreign } = company;
    for (const role of ['customer', 'staff', 'manager'] as const) {
      for (const filter of [`customer_id=${foreign.customer.id}`, `staff_id=${foreign.staff.id}`]) {
        const { body } = await server.call('GET', `/api/appointments/?${filter}`, { token: own[role].token });
        expect(body.items ?? [], `${role} ${filter}`).toEqual([]);
      }
    }
  });
});

test('what a role may not see of its own appointment is not there', async () => {
  const seen = async (role: Role): Promise<string> => {
    const path = `/api/appointments/${company.own.appointmentId}/`;
    return JSON.stringify((await server.call('GET', path, { token: caller(role).token })).body);
  };
  expect(await seen('staff')).toContain('Key safe 4411');
  for (const role of ['customer', 'manager', 'admin'] as const) expect(await seen(role)).not.toContain('Key safe');
  for (const role of ['customer', 'staff'] as const) expect(await seen(role)).not.toContain(company.own.customer.email);
});
