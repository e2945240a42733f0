import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundCompany, orderBody, type Company } from '../support/company.ts';
import { START_LIMIT_MS, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let company: Company;
beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server);
  const { token } = company.admin;
  const body = orderBody(company.serviceId, {
    customer_id: company.own.customer.id,
    recurrence: { rrule: 'FREQ=DAILY;COUNT=5' },
  });
  const order = await server.call('POST', '/api/orders/', { token, body });
  await server.call('POST', `/api/orders/${order.body.id}/confirm/`, { token });
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

async function list(query: string) {
  return server.call('GET', `/api/appointments/?${query}`, { token: company.admin.token });
}

async function pageByPage(query: string): Promise<number[]> {
  const ids: number[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await list(`${query}&limit=2${after}`);
    ids.push(...body.items.map((item: { id: number }) => item.id));
    cursor = body.next_cursor;
  } while (cursor !== null);
  return ids;
}

test('the latest first is the soonest first turned round, page by page', async () => {
  const soonest = await pageByPage('sort=starts_at');
  expect(soonest.length).toBeGreaterThanOrEqual(5);
  expect(await pageByPage('status=scheduled')).toEqual(soonest);
  expect(await pageByPage('sort=-starts_at')).toEqual(soonest.toReversed());
});

test('another order is refused', async () => {
  const { status, body } = await list('sort=price');
  expect(status).toBe(422);
  expect(body.errors[0].field).toBe('sort');
});
