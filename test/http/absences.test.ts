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

  it('what has ended, though nobody has said how it went; what still goes on is not refused', async () => {
    const ago = (hours: number): string => new Date(server.clock.now().getTime() - hours * 3_600_000).toISOString();
    id = await confirmed(jane, [sarah], ago(2));
    expect(await cannotCome(sarah)).toMatchObject({ status: 409, body: { code: 'appointment_over' } });
    expect(await needing(manager)).not.toContain(id);
    id = await confirmed(jane, [sarah], ago(1));
    expect((await cannotCome(sarah)).status).toBe(200);
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

describe('days on which somebody can’t come', () => {
  let nora: Person;
  beforeEach(async () => {
    nora = await server.person('staff', { managerId: manager.id, name: 'Nora Quinn' });
  });

  const ill = (body: object, who = nora): Promise<ApiAnswer> =>
    call(who, 'POST', '/api/appointments/cannot-come/', body);
  const well = (body: object, who = nora): Promise<ApiAnswer> => call(who, 'POST', '/api/appointments/can-come/', body);
  /** `[from, until, note]` of what somebody is told of Nora, or of another. */
  const told = async (who: Person, of = nora, query = ''): Promise<unknown[]> => {
    const { body } = await call(who, 'GET', `/api/absences/?limit=200${query}`);
    const own = body.items.filter((one: { user_id: number }) => one.user_id === of.id);
    return own.map((one: { from: string; until: string; note: string | null }) => [one.from, one.until, one.note]);
  };
  const assign = (appointmentId: number, staff: Person[], who = manager): Promise<ApiAnswer> =>
    call(who, 'POST', `/api/appointments/${appointmentId}/assign/`, { staff_ids: staff.map((one) => one.id) });
  const WARNING = {
    code: 'staff_absent',
    absence: { staff_name: 'Nora Quinn', from: '2027-07-01', until: '2027-07-08', note: 'Fever' },
  };

  it('are kept without a visit, and known to those who plan for the person alone', async () => {
    await ill({ from: '2027-07-01', until: '2027-07-08', note: 'Fever' });
    const days = [['2027-07-01', '2027-07-08', 'Fever']];
    const rival = await server.person('manager');
    expect(await told(nora)).toEqual(days);
    expect(await told(manager)).toEqual(days);
    expect(await told(admin)).toEqual(days);
    expect(await told(tom)).toEqual([]);
    expect(await told(rival)).toEqual([]);
    expect((await call(jane, 'GET', '/api/absences/')).status).toBe(403);
    expect(await told(manager, nora, '&from=2027-07-08&until=2027-07-09')).toEqual(days);
    expect(await told(manager, nora, '&from=2027-07-09')).toEqual([]);
    expect(await told(manager, nora, '&until=2027-06-30')).toEqual([]);
  });

  it('are days of the person’s own zone, from midnight to midnight', async () => {
    await call(nora, 'PATCH', '/api/auth/me/', { time_zone: 'America/New_York' });
    await ill({ from: '2027-07-01', until: '2027-07-02' });
    const { body } = await call(nora, 'GET', '/api/absences/');
    expect(body.items).toMatchObject([
      { starts_at: '2027-07-01T04:00:00.000Z', ends_at: '2027-07-03T04:00:00.000Z', time_zone: 'America/New_York' },
    ]);
    const early = await confirmed(jane, [tom], '2027-07-01T03:00:00+01:00');
    const late = await confirmed(jane, [tom], '2027-07-03T04:30:00+01:00');
    expect((await assign(early, [nora])).body.warnings).toEqual([]);
    expect((await assign(late, [nora])).body.warnings).toMatchObject([{ code: 'staff_absent' }]);
  });

  it('are warned of when she is assigned, and the visit is not said to be one that she can’t come to', async () => {
    await ill({ from: '2027-07-01', until: '2027-07-08', note: 'Fever' });
    const visit = await confirmed(jane, [tom], '2027-07-05T09:00:00+01:00');
    const { status, body } = await assign(visit, [nora, tom]);
    expect([status, body.warnings]).toMatchObject([200, [{ ...WARNING, appointment_id: visit, staff_id: nora.id }]]);
    expect(body.staff[0].absence).toBeUndefined();
    expect(await needing(manager)).not.toContain(visit);
    const free = await confirmed(jane, [tom], '2027-07-09T00:00:00+01:00');
    expect((await assign(free, [nora])).body.warnings).toEqual([]);
  });

  it('are warned of when a visit is moved into them, and when an order for them is confirmed', async () => {
    await ill({ from: '2027-07-01', until: '2027-07-08', note: 'Fever' });
    const visit = await confirmed(jane, [nora], '2027-07-20T09:00:00+01:00');
    const move = (day: string): Promise<ApiAnswer> =>
      call(manager, 'PATCH', `/api/appointments/${visit}/`, { starts_at: `${day}T09:00:00` });
    expect((await move('2027-07-08')).body.warnings).toMatchObject([WARNING]);
    expect((await move('2027-07-09')).body.warnings).toEqual([]);
    const items = [{ service_id: serviceId, starts_at: '2027-07-02T09:00:00+01:00', staff_ids: [nora.id] }];
    const order = await call(admin, 'POST', '/api/orders/', orderBody(serviceId, { customer_id: jane.id, items }));
    for (const planner of [manager, admin]) {
      const { body } = await call(planner, 'POST', `/api/orders/${order.body.id}/confirm/`);
      expect(body.warnings).toMatchObject([WARNING]);
    }
  });

  it('are no business of another team’s manager', async () => {
    const rival = await server.person('manager');
    const ben = await server.person('staff', { managerId: rival.id });
    await ill({ from: '2027-07-01', until: '2027-07-08', note: 'Fever' });
    const visit = await confirmed(jane, [nora, ben], '2027-07-05T09:00:00+01:00');
    const { status, body } = await assign(visit, [ben, nora], rival);
    expect([status, body.warnings]).toEqual([200, []]);
  });

  it('end when she says so, all or some of them, with or without visits', async () => {
    const visit = await confirmed(jane, [nora], '2027-07-05T09:00:00+01:00');
    await ill({ from: '2027-07-01', until: '2027-07-08', note: 'Fever' });
    expect(await needing(manager)).toContain(visit);
    const { status, body } = await well({ from: '2027-07-05', until: '2027-07-06' });
    expect([status, body.items[0].id, body.items[0].staff[0].absence]).toEqual([200, visit, undefined]);
    expect(await needing(manager)).not.toContain(visit);
    expect(await told(manager)).toEqual([
      ['2027-07-01', '2027-07-04', 'Fever'],
      ['2027-07-07', '2027-07-08', 'Fever'],
    ]);
    expect((await well({ from: '2027-07-01', until: '2027-12-31' })).body.items.length).toBe(1);
    expect(await told(manager)).toEqual([]);
    expect((await well({ from: '2026-11-01', until: '2026-11-02' })).body.code).toBe('in_the_past');
  });

  it('end with the last visit of the day that she can come to after all', async () => {
    const morning = await confirmed(jane, [nora], '2027-07-05T09:00:00+01:00');
    const evening = await confirmed(jane, [nora], '2027-07-05T17:00:00+01:00');
    await ill({ from: '2027-07-04', until: '2027-07-06' });
    await call(nora, 'POST', `/api/appointments/${morning}/can-come/`);
    expect(await told(manager)).toEqual([['2027-07-04', '2027-07-06', null]]);
    await call(nora, 'POST', `/api/appointments/${evening}/can-come/`);
    expect(await told(manager)).toEqual([
      ['2027-07-04', '2027-07-04', null],
      ['2027-07-06', '2027-07-06', null],
    ]);
  });

  it('said again are one absence, also when two tabs say it at once', async () => {
    const parts = [
      { from: '2027-07-01', until: '2027-07-03', note: 'Fever' },
      { from: '2027-07-02', until: '2027-07-06', note: 'Fever' },
      { from: '2027-07-06', until: '2027-07-08', note: 'Fever' },
    ];
    const answers = await Promise.all(parts.map((part) => ill(part)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await told(manager)).toEqual([['2027-07-01', '2027-07-08', 'Fever']]);
  });

  it('harm nobody once she is no longer staff or here, and go to the manager whom she has then', async () => {
    const rival = await server.person('manager');
    await ill({ from: '2027-07-01', until: '2027-07-08', note: 'Fever' });
    const edit = (body: object): Promise<ApiAnswer> => call(admin, 'PATCH', `/api/users/${nora.id}/`, body);
    await edit({ manager_id: rival.id });
    expect([(await told(manager)).length, (await told(rival)).length]).toEqual([0, 1]);
    await edit({ role: 'customer' });
    expect([await told(rival), await told(admin)]).toEqual([[], []]);
    await edit({ role: 'staff', manager_id: manager.id });
    expect((await told(manager)).length).toBe(1);
    await edit({ is_active: false });
    expect([await told(manager), await told(admin)]).toEqual([[], []]);
  });

  it('come page by page', async () => {
    await ill({ from: '2027-07-01', until: '2027-07-02' });
    await ill({ from: '2027-07-05', until: '2027-07-06' });
    const first = (await call(nora, 'GET', '/api/absences/?limit=1')).body;
    const second = (await call(nora, 'GET', `/api/absences/?limit=1&cursor=${first.next_cursor}`)).body;
    expect([first.items[0].from, second.items[0].from, second.next_cursor]).toEqual(['2027-07-01', '2027-07-05', null]);
    const forged = Buffer.from(JSON.stringify(['2027-02-31', 1])).toString('base64url');
    expect((await call(nora, 'GET', `/api/absences/?cursor=${forged}`)).body.code).toBe('invalid_cursor');
  });
});
