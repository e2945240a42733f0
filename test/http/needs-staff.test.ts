import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundCompany, orderBody, type Company } from '../support/company.ts';
import { START_LIMIT_MS, startTestServer, type Person, type TestServer } from '../support/server.ts';

let server: TestServer;
let company: Company;
/** Nobody is assigned to it. */
let lonelyId: number;
beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server);
  const { token } = company.admin;
  const body = orderBody(company.serviceId, { customer_id: company.own.customer.id });
  const order = await server.call('POST', '/api/orders/', { token, body });
  const { body: confirmed } = await server.call('POST', `/api/orders/${order.body.id}/confirm/`, { token });
  lonelyId = confirmed.appointments[0].id;
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

async function listed(person: Person, query: string): Promise<number[]> {
  const { body } = await server.call('GET', `/api/appointments/?${query}`, { token: person.token });
  return body.items.map((item: { id: number }) => item.id);
}

test('what nobody is assigned to needs staff, for all who may assign', async () => {
  for (const person of [company.admin, company.own.manager, company.foreign.manager]) {
    expect(await listed(person, 'needs_staff=true')).toEqual([lonelyId]);
    expect(await listed(person, 'needs_staff=false')).not.toContain(lonelyId);
  }
  expect(await listed(company.own.staff, 'needs_staff=true')).toEqual([]);
});

test('nobody has to be found for what is cancelled', async () => {
  const { token } = company.admin;
  await server.call('POST', `/api/appointments/${lonelyId}/cancel/`, { token });
  expect(await listed(company.admin, 'needs_staff=true')).toEqual([]);
});
