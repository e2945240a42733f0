import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { orderBody } from '../support/company.ts';
import { START_LIMIT_MS, startTestServer, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: Person;
let manager: Person;
let sarah: Person;
let tom: Person;
let jane: Person;
let serviceId: number;
/** Sarah and Tom do it for Jane. */
let id: number;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.person('admin');
  manager = await server.person('manager');
  sarah = await server.person('staff', { managerId: manager.id, name: 'Sarah Miller' });
  tom = await server.person('staff', { managerId: manager.id, name: 'Tom King' });
  jane = await server.person('customer');
  const body = { name: 'Deep clean', duration_minutes: 120, price_cents: 12_000, currency: 'GBP' };
  serviceId = (await server.call('POST', '/api/services/', { token: admin.token, body })).body.id;
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

beforeEach(async () => {
  id = await confirmed(jane, [sarah, tom]);
});

const call = (who: Person, method: string, path: string, body?: object): Promise<ApiAnswer> =>
  server.call(method, path, { token: who.token, ...(body && { body }) });
const cannotCome = (who: Person, body?: object): Promise<ApiAnswer> =>
  call(who, 'POST', `/api/appointments/${id}/cannot-come/`, body);
const seen = async (who: Person): Promise<ApiAnswer['body']> =>
  (await call(who, 'GET', `/api/appointments/${id}/`)).body;
const needing = async (who: Person): Promise<number[]> => {
  const { body } = await call(who, 'GET', '/api/appointments/?needs_staff=true&limit=200');
  return body.items.map((item: { id: number }) => item.id);
};

async function confirmed(
  customer: Person,
  staff: readonly Person[],
  startsAt = '2027-06-01T09:00:00+01:00',
): Promise<number> {
  const items = [{ service_id: serviceId, starts_at: startsAt, staff_ids: staff.map((one) => one.id) }];
  const order = await call(admin, 'POST', '/api/orders/', orderBody(serviceId, { customer_id: customer.id, items }));
  return (await call(admin, 'POST', `/api/orders/${order.body.id}/confirm/`)).body.appointments[0].id;
}

describe('a cleaner who can’t come', () => {
  it('stays on the team, and those who plan see it with the reason', async () => {
    const before = await seen(manager);
    const { status, body } = await cannotCome(sarah, { note: 'Fever' });
    expect(status).toBe(200);
    expect(body.staff[0]).toEqual({ id: sarah.id, name: 'Sarah Miller', absence: { since: expect.any(String) } });
    for (const planner of [manager, admin]) {
      const { staff, version } = await seen(planner);
      expect(staff.map((one: { id: number }) => one.id)).toEqual([sarah.id, tom.id]);
      expect(staff[0].absence).toMatchObject({ note: 'Fever' });
      expect(staff[1].absence).toBeUndefined();
      // Nobody's edit under way is made stale by it.
      expect(version).toBe(before.version);
      expect(await needing(planner)).toContain(id);
    }
  });

  it('is no news for the customer, and the reason none for colleagues', async () => {
    await cannotCome(sarah, { note: 'Fever' });
    expect(JSON.stringify(await seen(jane))).not.toContain('absence');
    const toTom = JSON.stringify(await seen(tom));
    expect(toTom).toContain('absence');
    expect(toTom).not.toContain('Fever');
  });

  it('says it twice and changes only the note', async () => {
    await cannotCome(sarah);
    const first = (await seen(manager)).staff[0].absence;
    expect(first.note).toBeNull();
    server.clock.advance(60_000);
    await cannotCome(sarah, { note: 'Back on Monday' });
    expect((await seen(manager)).staff[0].absence).toEqual({ since: first.since, note: 'Back on Monday' });
  });

  it('can come after all', async () => {
    await cannotCome(sarah, { note: 'Fever' });
    const { status, body } = await call(sarah, 'POST', `/api/appointments/${id}/can-come/`);
    expect([status, body.staff[0].absence]).toEqual([200, undefined]);
    expect(await needing(manager)).not.toContain(id);
    expect((await call(sarah, 'POST', `/api/appointments/${id}/can-come/`)).status).toBe(200);
  });

  it('is replaced, and back on the team later has said nothing', async () => {
    await cannotCome(sarah);
    const assign = (staff: Person[]): Promise<ApiAnswer> =>
      call(manager, 'POST', `/api/appointments/${id}/assign/`, { staff_ids: staff.map((one) => one.id) });
    expect((await assign([tom])).body.staff).toEqual([{ id: tom.id, name: 'Tom King' }]);
    expect(await needing(manager)).not.toContain(id);
    expect((await assign([tom, sarah])).body.staff.map((one: { absence?: object }) => one.absence)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('stays absent when only others come or the order of the team changes', async () => {
    await cannotCome(sarah);
    const body = { staff_ids: [tom.id, sarah.id] };
    const { body: changed } = await call(manager, 'POST', `/api/appointments/${id}/assign/`, body);
    expect(changed.staff[0].id).toBe(tom.id);
    expect(changed.staff[1].absence).toBeDefined();
    expect(await needing(manager)).toContain(id);
  });
});

describe('refused are', () => {
  it('those who are not on the team', async () => {
    const nora = await server.person('customer');
    id = await confirmed(nora, [tom]);
    await call(admin, 'PATCH', `/api/users/${nora.id}/`, { role: 'staff' });
    expect((await cannotCome(nora)).body.code).toBe('forbidden');
    id = await confirmed(jane, [tom]);
    expect((await cannotCome(sarah)).body.code).toBe('not_found');
  });

  it('what is over already', async () => {
    await call(manager, 'POST', `/api/appointments/${id}/cancel/`);
    expect((await cannotCome(sarah)).body.code).toBe('appointment_closed');
    expect((await call(sarah, 'POST', `/api/appointments/${id}/can-come/`)).body.code).toBe('appointment_closed');
    expect(await needing(manager)).not.toContain(id);
  });
});

describe('a cleaner who is ill', () => {
  const ill = (who: Person, body: object): Promise<ApiAnswer> =>
    call(who, 'POST', '/api/appointments/cannot-come/', body);
  const idsOf = ({ body }: ApiAnswer): number[] => body.items.map((item: { id: number }) => item.id);

  it('says it once for all visits of these days, and of no others', async () => {
    const nora = await server.person('staff', { managerId: manager.id, name: 'Nora Quinn' });
    const before = await confirmed(jane, [nora], '2027-06-06T21:00:00+01:00');
    const early = await confirmed(jane, [nora], '2027-06-07T00:30:00+01:00');
    const late = await confirmed(jane, [nora, tom], '2027-06-08T22:30:00+01:00');
    const after = await confirmed(jane, [nora], '2027-06-09T00:00:00+01:00');
    const answer = await ill(nora, { from: '2027-06-07', until: '2027-06-08', note: 'Fever' });
    expect([answer.status, idsOf(answer)]).toEqual([200, [early, late]]);
    const absent = async (one: number): Promise<unknown> => {
      id = one;
      return (await seen(manager)).staff[0].absence?.note;
    };
    expect([await absent(before), await absent(early), await absent(late), await absent(after)]).toEqual([
      undefined,
      'Fever',
      'Fever',
      undefined,
    ]);
    id = late;
    expect((await seen(manager)).staff[1].absence).toBeUndefined();
  });

  it('leaves what was said of a visit before, and can take back one of them', async () => {
    const nora = await server.person('staff', { managerId: manager.id, name: 'Nora Quinn' });
    id = await confirmed(jane, [nora], '2027-06-07T09:00:00+01:00');
    await call(nora, 'POST', `/api/appointments/${id}/cannot-come/`, { note: 'Dentist' });
    const other = await confirmed(jane, [nora], '2027-06-07T14:00:00+01:00');
    expect(idsOf(await ill(nora, { from: '2027-06-07', note: 'Fever' }))).toEqual([id, other]);
    expect((await seen(manager)).staff[0].absence.note).toBe('Dentist');
    await call(nora, 'POST', `/api/appointments/${other}/can-come/`);
    id = other;
    expect((await seen(manager)).staff[0].absence).toBeUndefined();
  });

  it('means today without more words, and only what is not over', async () => {
    const nora = await server.person('staff', { managerId: manager.id, name: 'Nora Quinn' });
    const now = server.clock.now().getTime();
    await confirmed(jane, [nora], new Date(now - 5 * 3_600_000).toISOString());
    const running = await confirmed(jane, [nora], new Date(now - 3_600_000).toISOString());
    expect(idsOf(await call(nora, 'POST', '/api/appointments/cannot-come/'))).toEqual([running]);
  });

  it('gives days that are to come, in their order, and not too many', async () => {
    const refused = async (body: object): Promise<unknown> => (await ill(sarah, body)).body.code;
    expect(await refused({ from: '2026-11-01', until: '2026-11-02' })).toBe('in_the_past');
    expect(await refused({ from: '2027-06-08', until: '2027-06-07' })).toBe('invalid_request');
    expect(await refused({ from: '2027-06-01', until: '2027-07-02' })).toBe('invalid_request');
    expect(await refused({ from: '2027-06-31' })).toBe('invalid_request');
    expect((await ill(sarah, { from: '2027-06-01', until: '2027-07-01' })).status).toBe(200);
  });
});
