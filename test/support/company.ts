import type { ApiAnswer, Person, TestServer } from './server.ts';

/** A customer with an order of one item, confirmed, and the one who does the work. */
export interface Job {
  customer: Person;
  staff: Person;
  manager: Person;
  orderId: number;
  appointmentId: number;
}

/** Two teams that have nothing to do with each other, and an administrator. */
export interface Company {
  admin: Person;
  serviceId: number;
  own: Job;
  foreign: Job;
}

/** Sets up the company through the API, as people would. */
export async function foundCompany(server: TestServer): Promise<Company> {
  const admin = await server.person('admin');
  const service = { name: 'Deep clean', duration_minutes: 120, price_cents: 12_000, currency: 'GBP' };
  const { body } = await expectOk(server.call('POST', '/api/services/', { token: admin.token, body: service }));
  return {
    admin,
    serviceId: body.id,
    own: await giveJob(server, admin, body.id),
    foreign: await giveJob(server, admin, body.id),
  };
}

/** An order that the API takes. */
export function orderBody(serviceId: number, more: object = {}): object {
  return {
    time_zone: 'Europe/London',
    notes: 'Ring twice',
    address: {
      line1: '1 High Street',
      city: 'London',
      postal_code: 'N1 1AA',
      country: 'GB',
      access_notes: 'Key safe 4411',
    },
    items: [{ service_id: serviceId, starts_at: '2026-12-01T09:00:00+00:00' }],
    ...more,
  };
}

async function giveJob(server: TestServer, admin: Person, serviceId: number): Promise<Job> {
  const manager = await server.person('manager');
  const staff = await server.person('staff', { managerId: manager.id });
  const customer = await server.person('customer');
  const items = [{ service_id: serviceId, starts_at: '2026-12-01T09:00:00+00:00', staff_ids: [staff.id] }];
  const body = orderBody(serviceId, { customer_id: customer.id, items });
  const { token } = admin;
  const order = await expectOk(server.call('POST', '/api/orders/', { token, body }));
  const confirmed = await expectOk(server.call('POST', `/api/orders/${order.body.id}/confirm/`, { token }));
  return { customer, staff, manager, orderId: order.body.id, appointmentId: confirmed.body.appointments[0].id };
}

async function expectOk(asked: Promise<ApiAnswer>): Promise<ApiAnswer> {
  const answer = await asked;
  if (answer.status >= 300) throw new Error(`The company was not founded: ${JSON.stringify(answer.body)}`);
  return answer;
}
