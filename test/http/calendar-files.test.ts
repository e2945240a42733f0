import { afterAll, beforeAll, expect, test } from 'vitest';
import { strictCheck } from '../../src/providers/ics/strict-check.fixture.ts';
import { foundCompany, orderBody, type Company } from '../support/company.ts';
import { START_LIMIT_MS, startTestServer, type Person, type TestServer } from '../support/server.ts';

let server: TestServer;
let company: Company;
beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server);
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

/** Four weekly visits of which the second is cancelled. */
async function placeSeries(): Promise<{ orderId: number; ids: number[] }> {
  const { token } = company.admin;
  const { customer, staff } = company.own;
  const body = orderBody(company.serviceId, {
    customer_id: customer.id,
    items: [{ service_id: company.serviceId, starts_at: '2026-12-01T09:00:00Z', staff_ids: [staff.id] }],
    recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
  });
  const order = await server.call('POST', '/api/orders/', { token, body });
  const confirmed = await server.call('POST', `/api/orders/${order.body.id}/confirm/`, { token });
  const ids: number[] = confirmed.body.appointments.map(({ id }: { id: number }) => id);
  await server.call('POST', `/api/appointments/${ids[1]}/cancel/`, { token });
  return { orderId: order.body.id, ids };
}

function download(person: Person, orderId: number): ReturnType<TestServer['call']> {
  return server.call('GET', `/api/calendar/ics/order/${orderId}/`, { token: person.token });
}

test('an order is one file with all its appointments, each as often downloaded alone', async () => {
  const { orderId, ids } = await placeSeries();
  const { customer, staff, manager } = company.own;
  const file = await download(customer, orderId);
  expect(file.status).toBe(200);
  expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(file.headers.get('content-disposition')).toBe(`attachment; filename="order-${orderId}.ics"`);
  expect(strictCheck(file.body, 'file')).toEqual([]);
  const events: string[] = file.body.split('BEGIN:VEVENT').slice(1);
  const named = events.map((event) => Number(/X-VALCLEAN-APPOINTMENT:(\d+)/.exec(event)?.[1]));
  expect(named).toEqual(ids);
  expect(events.map((event) => event.includes('STATUS:CANCELLED'))).toEqual([false, true, false, false]);
  const alone = await server.call('GET', `/api/calendar/ics/${ids[1]}/`, { token: customer.token });
  expect(file.body).toContain(/BEGIN:VEVENT.*END:VEVENT/s.exec(alone.body)?.[0]);
  // Unchanged data give the same bytes.
  expect((await download(customer, orderId)).body).toBe(file.body);
  const titles = async (person: Person): Promise<string | undefined> =>
    /SUMMARY:(.*)/.exec((await download(person, orderId)).body)?.[1]?.trim();
  expect(await titles(customer)).toBe('VALClean: Deep clean');
  expect(await titles(staff)).toMatch(/^Deep clean – Person\d+ Example$/);
  expect(await titles(manager)).toMatch(/^Person\d+ E\. · Deep clean – /);
});

test('of an order there is only what concerns the one who asks', async () => {
  const { orderId, ids } = await placeSeries();
  const { token } = company.admin;
  const { staff, manager } = company.own;
  const other = company.foreign.staff;
  await server.call('POST', `/api/appointments/${ids[0]}/assign/`, { token, body: { staff_ids: [other.id] } });
  const appointmentsOf = async (person: Person): Promise<number[]> => {
    const { body } = await download(person, orderId);
    return Array.from(String(body).matchAll(/X-VALCLEAN-APPOINTMENT:(\d+)/g), (match) => Number(match[1]));
  };
  expect(await appointmentsOf(staff)).toEqual(ids.slice(1));
  expect(await appointmentsOf(manager)).toEqual(ids.slice(1));
  expect(await appointmentsOf(other)).toEqual(ids.slice(0, 1));
  expect((await download(company.foreign.customer, orderId)).status).toBe(404);
});

test('an order without appointments has no file', async () => {
  const { customer } = company.own;
  const placed = await server.call('POST', '/api/orders/', {
    token: customer.token,
    body: orderBody(company.serviceId),
  });
  const answer = await download(customer, placed.body.id);
  expect(answer.status).toBe(404);
  expect(answer.body.code).toBe('not_found');
});

test('administrators see how old the zone data are', async () => {
  const { zones } = server.context;
  const { status, body } = await server.call('GET', '/api/admin/time-zones/', { token: company.admin.token });
  expect(status).toBe(200);
  expect(body).toEqual({
    version: zones.version,
    source: 'bundled',
    released_at: zones.released.toISOString(),
    age_days: zones.ageInDays(server.clock.now()),
    is_old: false,
    copies: zones.copies,
    appointments_behind: 0,
  });
  expect(body.copies).toContainEqual({ source: 'icu', version: process.versions['tz'] });
});
