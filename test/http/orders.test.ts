import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: Person;
let manager: Person;
let otherManager: Person;
let staff: Person;
let otherStaff: Person;
let customer: Person;
let otherCustomer: Person;
let serviceId: number;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.person('admin');
  manager = await server.person('manager');
  otherManager = await server.person('manager');
  staff = await server.person('staff', { managerId: manager.id, name: 'Sarah Miller' });
  otherStaff = await server.person('staff', { managerId: otherManager.id });
  customer = await server.person('customer', { name: 'Jane Doe' });
  otherCustomer = await server.person('customer');
  const body = { name: 'Deep clean', duration_minutes: 120, price_cents: 12_000, currency: 'GBP' };
  serviceId = (await server.call('POST', '/api/services/', { token: admin.token, body })).body.id;
});
afterAll(async () => server?.close());

const post = (who: Person, path: string, body?: object, headers?: Record<string, string>): Promise<ApiAnswer> =>
  server.call('POST', path, { token: who.token, body, ...(headers && { headers }) });
const get = (who: Person, path: string): Promise<ApiAnswer> => server.call('GET', path, { token: who.token });
const patch = (who: Person, path: string, body: object, headers?: Record<string, string>): Promise<ApiAnswer> =>
  server.call('PATCH', path, { token: who.token, body, ...(headers && { headers }) });

function order(more: object = {}, item: object = {}): object {
  return {
    time_zone: 'Europe/London',
    notes: 'Ring twice',
    address: {
      line1: '1 High Street',
      line2: null,
      city: 'London',
      postal_code: 'N1 1AA',
      country: 'GB',
      access_notes: 'Key safe 4411',
    },
    items: [{ service_id: serviceId, starts_at: '2027-06-01T09:00:00+01:00', ...item }],
    ...more,
  };
}

async function confirmed(
  item: object = { staff_ids: [staff.id] },
  more: object = {},
): Promise<{ orderId: number; id: number }> {
  const placed = await post(admin, '/api/orders/', order({ customer_id: customer.id, ...more }, item));
  const done = await post(admin, `/api/orders/${placed.body.id}/confirm/`);
  expect([placed.status, done.status]).toEqual([201, 200]);
  return { orderId: placed.body.id, id: done.body.appointments[0].id };
}

describe('the order of the contract', () => {
  it('is taken and given back as it is written there', async () => {
    const { status, body } = await post(
      admin,
      '/api/orders/',
      order({
        customer_id: customer.id,
        items: [
          {
            service_id: serviceId,
            quantity: 1,
            starts_at: '2027-12-01T09:00:00+00:00',
            duration_minutes: 120,
            staff_ids: [staff.id],
          },
        ],
        recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
      }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'pending',
      customer_id: customer.id,
      time_zone: 'Europe/London',
      notes: 'Ring twice',
      address: {
        line1: '1 High Street',
        line2: null,
        city: 'London',
        postal_code: 'N1 1AA',
        country: 'GB',
        access_notes: 'Key safe 4411',
      },
      items: [
        {
          service_id: serviceId,
          quantity: 1,
          starts_at: '2027-12-01T09:00:00+00:00',
          duration_minutes: 120,
          staff_ids: [staff.id],
        },
      ],
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
      appointments: [],
      warnings: [],
      version: 1,
    });
    const done = await post(manager, `/api/orders/${body.id}/confirm`);
    expect(done.status).toBe(200);
    expect(done.body.status).toBe('confirmed');
    expect(done.body.appointments).toHaveLength(4);
    expect(await post(manager, `/api/orders/${body.id}/confirm/`)).toMatchObject({ status: 200, body: done.body });
    const shown = await get(staff, `/api/appointments/${done.body.appointments[0].id}/`);
    expect(shown.body).toMatchObject({
      order_id: body.id,
      status: 'scheduled',
      service: { id: serviceId, name: 'Deep clean' },
      starts_at: '2027-12-01T09:00:00+00:00',
      ends_at: '2027-12-01T11:00:00+00:00',
      time_zone: 'Europe/London',
      arrival_window_minutes: null,
      address: { access_notes: 'Key safe 4411' },
      customer: { id: customer.id, name: 'Jane Doe', phone: null },
      staff: [{ id: staff.id, name: 'Sarah Miller' }],
      role: 'staff',
      version: 1,
    });
    expect(shown.body).not.toHaveProperty('calendar_event_id');
  });

  it('happens once for one Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'order-1' };
    const first = await post(customer, '/api/orders/', order(), key);
    const again = await post(customer, '/api/orders/', order(), key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await post(customer, '/api/orders/', order({ notes: null }), key)).status).toBe(422);
    const path = `/api/orders/${first.body.id}/confirm/`;
    const [one, two] = await Promise.all([post(admin, path, undefined, key), post(admin, path, undefined, key)]);
    expect([one.status, two.body]).toEqual([200, one.body]);
  });

  it.each([
    [{ items: [] }, 'items', 'invalid_request'],
    [{ time_zone: 'Mars/Olympus' }, 'time_zone', 'unknown_time_zone'],
    [{ time_zone: 7 }, 'time_zone', 'invalid_request'],
    [{ notes: 'x'.repeat(5001) }, 'notes', 'invalid_request'],
    [
      { address: { line1: 'x'.repeat(201), city: 'x', postal_code: 'x', country: 'GB' } },
      'address.line1',
      'invalid_request',
    ],
    ...['XX', 'UK', 'gb', 'GBR'].map((country): [object, string, string] => [
      { address: { line1: 'x', city: 'x', postal_code: 'x', country } },
      'address.country',
      'invalid_request',
    ]),
    [{ recurrence: { rrule: 'FREQ=MINUTELY' } }, 'recurrence.rrule', 'invalid_recurrence'],
    [{ surprise: true }, 'surprise', 'invalid_request'],
  ])('is refused with the field at fault: %j', async (more, field, code) => {
    const { status, body, headers } = await post(customer, '/api/orders/', order(more));
    expect([status, body.code, body.errors[0].field]).toEqual([422, code, field]);
    expect(headers.get('content-type')).toContain('application/problem+json');
  });

  it.each([
    [{ service_id: 2 ** 52 }, 'items.0.service_id', 'unknown_service'],
    [{ service_id: '1' }, 'items.0.service_id', 'invalid_request'],
    [{ quantity: 0 }, 'items.0.quantity', 'invalid_request'],
    [{ quantity: 1e9 }, 'items.0.quantity', 'invalid_request'],
    [{ duration_minutes: 10_081 }, 'items.0.duration_minutes', 'invalid_request'],
    [{ quantity: 99 }, 'items.0.duration_minutes', 'invalid_duration'],
    [{ starts_at: '2027-02-30T09:00:00' }, 'items.0.starts_at', 'invalid_request'],
    [{ starts_at: '2027-03-28T01:30:00' }, 'items.0.starts_at', 'time_does_not_exist'],
    [{ starts_at: '2001-01-01T09:00:00Z' }, 'items.0.starts_at', 'in_the_past'],
    [{ staff_ids: [1] }, 'items.0.staff_ids', 'field_not_allowed'],
  ])('is refused with the item at fault: %j', async (item, field, code) => {
    const { status, body } = await post(customer, '/api/orders/', order({}, item));
    expect([status, body.code, body.errors[0].field]).toEqual([422, code, field]);
  });
});

describe('changing an appointment', () => {
  it('honours version and If-Match', async () => {
    const { id } = await confirmed();
    const path = `/api/appointments/${id}/`;
    const changed = await patch(manager, path, { starts_at: '2027-06-02T09:00:00', version: 1 });
    expect(changed.body).toMatchObject({
      starts_at: '2027-06-02T09:00:00+01:00',
      ends_at: '2027-06-02T11:00:00+01:00',
      version: 2,
      warnings: [],
    });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect((await get(staff, path)).headers.get('etag')).toBe('"2"');
    expect(await patch(manager, path, { notes: 'x', version: 1 })).toMatchObject({
      status: 409,
      body: { code: 'version_conflict' },
    });
    expect(await patch(manager, path, { notes: 'x' }, { 'if-match': '"1"' })).toMatchObject({ status: 409 });
    expect(await patch(manager, path, { notes: 'x' }, { 'if-match': 'yesterday' })).toMatchObject({ status: 422 });
    expect(await patch(manager, path, { notes: 'x' }, { 'if-match': '"2"' })).toMatchObject({
      status: 200,
      body: { version: 3 },
    });
    expect(await patch(manager, path, { version: 2 ** 40 })).toMatchObject({ status: 422 });
  });

  it('closes it, once', async () => {
    const ahead = await confirmed();
    for (const [person, how] of [
      [staff, 'complete'],
      [manager, 'complete'],
      [admin, 'no-show'],
    ] as const) {
      expect(await post(person, `/api/appointments/${ahead.id}/${how}/`)).toMatchObject({
        status: 409,
        body: { code: 'appointment_not_begun' },
      });
    }
    const begun = new Date(server.clock.now().getTime() - 60_000).toISOString();
    const { id } = await confirmed({ staff_ids: [staff.id], starts_at: begun });
    expect(await post(staff, `/api/appointments/${id}/complete/`, {})).toMatchObject({
      status: 200,
      body: { status: 'completed' },
    });
    expect(await post(staff, `/api/appointments/${id}/complete/`)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await post(manager, `/api/appointments/${id}/no-show/`)).toMatchObject({
      status: 409,
      body: { code: 'appointment_closed' },
    });
    expect(await post(manager, `/api/appointments/${id}/assign/`, { staff_ids: [] })).toMatchObject({ status: 409 });
  });
});

describe('lists', () => {
  it('select by span, with an offset that was not escaped too', async () => {
    const { id } = await confirmed({ starts_at: '2028-01-01T09:00:00Z' });
    const ids = async (query: string): Promise<number[]> =>
      (await get(admin, `/api/appointments/?${query}`)).body.items.map((one: { id: number }) => one.id);
    expect(await ids('from=2028-01-01&to=2028-01-02')).toEqual([id]);
    expect(await ids('from=2028-01-01T11:00:00+00:00&to=2028-01-02T00:00:00Z')).toEqual([]);
    expect(await ids('from=2028-01-01T10:59&to=2028-01-02T00:00:00Z&status=scheduled')).toEqual([id]);
    for (const query of [
      'from=soon',
      'limit=0',
      'limit=201',
      'limit=x',
      'cursor=x',
      'status=late',
      'staff_id=-1',
      'from=2028-02-01&to=2028-01-01',
      'x=1',
    ]) {
      expect((await get(admin, `/api/appointments/?${query}`)).status, query).toBe(422);
    }
  });
});

describe('who may do what', () => {
  it('is as the contract says, for every operation, own and foreign', async () => {
    const { id, orderId } = await confirmed();
    const pending = (await post(customer, '/api/orders/', order())).body.id;
    const people = { customer, otherCustomer, staff, otherStaff, manager, otherManager, admin };
    type Name = keyof typeof people;
    const table: [string, string, object | undefined, Record<Name, number>][] = [
      ['GET', '/api/services/', undefined, all(200)],
      ['POST', '/api/services/', {}, { ...all(403), admin: 422 }],
      ['PATCH', `/api/services/${serviceId}/`, {}, { ...all(403), admin: 200 }],
      ['POST', '/api/orders/', {}, { ...all(422), staff: 403, otherStaff: 403 }],
      ['GET', '/api/orders/', undefined, { ...all(200), staff: 403, otherStaff: 403 }],
      [
        'GET',
        `/api/orders/${orderId}/`,
        undefined,
        { customer: 200, otherCustomer: 404, staff: 403, otherStaff: 403, manager: 200, otherManager: 404, admin: 200 },
      ],
      [
        'GET',
        `/api/orders/${pending}/`,
        undefined,
        { customer: 200, otherCustomer: 404, staff: 403, otherStaff: 403, manager: 200, otherManager: 200, admin: 200 },
      ],
      [
        'POST',
        `/api/orders/${orderId}/confirm/`,
        undefined,
        { customer: 403, otherCustomer: 403, staff: 403, otherStaff: 403, manager: 200, otherManager: 404, admin: 200 },
      ],
      [
        'POST',
        `/api/orders/${orderId}/cancel/`,
        { version: 99 },
        { customer: 409, otherCustomer: 404, staff: 403, otherStaff: 403, manager: 409, otherManager: 404, admin: 409 },
      ],
      ['GET', '/api/appointments/', undefined, all(200)],
      [
        'GET',
        `/api/appointments/${id}/`,
        undefined,
        { ...all(404), customer: 200, staff: 200, manager: 200, admin: 200 },
      ],
      ['PATCH', `/api/appointments/${id}/`, {}, { ...all(403), manager: 200, otherManager: 404, admin: 200 }],
      [
        'POST',
        `/api/appointments/${id}/assign/`,
        { staff_ids: [staff.id] },
        { ...all(403), manager: 200, otherManager: 404, admin: 200 },
      ],
      [
        'POST',
        `/api/appointments/${id}/cancel/`,
        { version: 99 },
        { ...all(403), manager: 409, otherManager: 404, admin: 409 },
      ],
      [
        'POST',
        `/api/appointments/${id}/no-show/`,
        { version: 99 },
        { ...all(403), manager: 409, otherManager: 404, admin: 409 },
      ],
      [
        'POST',
        `/api/appointments/${id}/complete/`,
        { version: 99 },
        { customer: 403, otherCustomer: 403, staff: 409, otherStaff: 404, manager: 409, otherManager: 404, admin: 409 },
      ],
    ];
    for (const [method, path, body, expected] of table) {
      const seen: Partial<Record<Name, number>> = {};
      for (const [name, person] of Object.entries(people)) {
        seen[name as Name] = (await server.call(method, path, { token: person.token, body })).status;
      }
      expect(seen, `${method} ${path}`).toEqual(expected);
      expect((await server.call(method, path, { body })).status).toBe(401);
    }
    function all(status: number): Record<Name, number> {
      return {
        customer: status,
        otherCustomer: status,
        staff: status,
        otherStaff: status,
        manager: status,
        otherManager: status,
        admin: status,
      };
    }
  });
});
