import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { orderBody } from '../support/company.ts';
import { START_LIMIT_MS, startTestServer, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: Person;
let manager: Person;
let sarah: Person;
let jane: Person;
let serviceId: number;
let orderId: number;
/** Sarah does it for Jane. */
let id: number;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.person('admin');
  manager = await server.person('manager');
  sarah = await server.person('staff', { managerId: manager.id, name: 'Sarah Miller' });
  jane = await server.person('customer');
  const body = { name: 'Deep clean', duration_minutes: 120, price_cents: 12_000, currency: 'GBP' };
  serviceId = (await server.call('POST', '/api/services/', { token: admin.token, body })).body.id;
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

beforeEach(async () => {
  [orderId, id] = await confirmed();
});

const call = (who: Person, method: string, path: string, body?: object): Promise<ApiAnswer> =>
  server.call(method, path, { token: who.token, ...(body && { body }) });
const path = (rest = ''): string => `/api/appointments/${id}/${rest}`;
const ask = (proposals: string[], more: object = {}, who = jane): Promise<ApiAnswer> =>
  call(who, 'POST', path('reschedule-request/'), { proposals, ...more });
const accept = (requestId: number, more: object = {}, who = manager): Promise<ApiAnswer> =>
  call(who, 'POST', path('reschedule-request/accept/'), { request_id: requestId, number: 1, ...more });
const decline = (requestId: number, who = manager): Promise<ApiAnswer> =>
  call(who, 'POST', path('reschedule-request/decline/'), { request_id: requestId, reason: 'Everybody is busy then' });
const seen = async (who: Person): Promise<ApiAnswer['body']> => (await call(who, 'GET', path())).body;
const waiting = async (who: Person): Promise<number[]> => {
  const { body } = await call(who, 'GET', '/api/appointments/?reschedule_requested=true&limit=200');
  return body.items.map((item: { id: number }) => item.id);
};

async function confirmed(startsAt = '2027-06-01T09:00:00+01:00', staff = [sarah]): Promise<[number, number]> {
  const items = [{ service_id: serviceId, starts_at: startsAt, staff_ids: staff.map((one) => one.id) }];
  const order = await call(admin, 'POST', '/api/orders/', orderBody(serviceId, { customer_id: jane.id, items }));
  const { body } = await call(admin, 'POST', `/api/orders/${order.body.id}/confirm/`);
  return [order.body.id, body.appointments[0].id];
}

/** Jane asks for one other time. @returns the id of the request */
async function asked(...proposals: string[]): Promise<number> {
  const times = proposals.length > 0 ? proposals : ['2027-06-02T10:00:00'];
  return (await ask(times)).body.reschedule_request.id;
}

describe('a customer who asks for another time', () => {
  it('is heard by those who plan, not by staff; nothing moves', async () => {
    const before = await seen(manager);
    const { status, body } = await ask(['2027-06-02T10:00:00', '2027-06-03T12:00:00+00:00'], { note: 'School closed' });
    expect(status).toBe(201);
    const request = {
      id: expect.any(Number),
      state: 'open',
      proposals: [
        { number: 1, starts_at: '2027-06-02T10:00:00+01:00', ends_at: '2027-06-02T11:00:00.000Z' },
        { number: 2, starts_at: '2027-06-03T13:00:00+01:00', ends_at: '2027-06-03T14:00:00.000Z' },
      ],
      note: 'School closed',
      accepted: null,
      reason: null,
      created_at: expect.any(String),
      closed_at: null,
    };
    expect(body.reschedule_request).toEqual(request);
    for (const planner of [manager, admin]) {
      const { version, starts_at: startsAt, reschedule_request: found } = await seen(planner);
      expect([version, startsAt]).toEqual([before.version, before.starts_at]);
      expect(found).toEqual(request);
      expect(await waiting(planner)).toContain(id);
    }
    expect(await waiting(jane)).toContain(id);
    expect(await seen(sarah)).not.toHaveProperty('reschedule_request');
  });

  it('reads wall times in another zone where one is given', async () => {
    const { body } = await ask(['2027-06-02T10:00:00'], { time_zone: 'Europe/Paris' });
    expect(body.reschedule_request.proposals[0].starts_at).toBe('2027-06-02T09:00:00+01:00');
  });

  it('asks for one at a time, withdraws and asks anew', async () => {
    await asked();
    expect((await ask(['2027-06-03T10:00:00'])).body.code).toBe('request_open');
    const withdrawn = await call(jane, 'DELETE', path('reschedule-request/'));
    expect([withdrawn.status, withdrawn.body.reschedule_request]).toEqual([200, undefined]);
    expect(await waiting(manager)).not.toContain(id);
    expect((await call(jane, 'DELETE', path('reschedule-request/'))).body.code).toBe('request_closed');
    expect((await ask(['2027-06-03T10:00:00'])).status).toBe(201);
  });

  it('repeats a lost request under its key without asking twice', async () => {
    const send = (): Promise<ApiAnswer> =>
      server.call('POST', path('reschedule-request/'), {
        token: jane.token,
        body: { proposals: ['2027-06-02T10:00:00'] },
        headers: { 'idempotency-key': `ask-${id}` },
      });
    const first = await send();
    const again = await send();
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
  });

  it('is told which of the times can’t be, and why', async () => {
    const refused = async (proposals: string[], more: object = {}): Promise<unknown> => {
      const { status, body } = await ask(proposals, more);
      return [status, body.code, body.errors?.[0]?.field];
    };
    expect(await refused(['2027-06-02T10:00:00', '2027-03-28T01:30:00'])).toEqual([
      422,
      'time_does_not_exist',
      'proposals.1',
    ]);
    expect(await refused(['2026-11-01T10:00:00'])).toEqual([422, 'in_the_past', 'proposals.0']);
    expect(await refused(['2027-06-01T09:00:00'])).toEqual([422, 'invalid_request', 'proposals.0']);
    expect(await refused(['2027-06-02T10:00:00', '2027-06-02T09:00:00Z'])).toEqual([
      422,
      'invalid_request',
      'proposals.1',
    ]);
    expect(await refused([])).toEqual([422, 'invalid_request', 'proposals']);
    expect(await refused(Array.from({ length: 4 }, (_, day) => `2027-06-0${day + 2}T10:00:00`))).toEqual([
      422,
      'invalid_request',
      'proposals',
    ]);
    expect(await refused(['2027-06-02T10:00:00'], { time_zone: 'Mars/Olympus' })).toEqual([
      422,
      'unknown_time_zone',
      'time_zone',
    ]);
    const { detail } = (await ask(['2027-03-28T01:30:00'])).body;
    expect(detail).toContain('Choose 2027-03-28T00:30:00+00:00 or 2027-03-28T02:30:00+01:00');
    expect(await seen(jane)).not.toHaveProperty('reschedule_request');
  });

  it('is too late once the work has begun or ended', async () => {
    const begun = new Date(server.clock.now().getTime() - 60_000).toISOString();
    [, id] = await confirmed(begun);
    expect((await ask(['2027-06-02T10:00:00'])).body.code).toBe('in_the_past');
    await call(manager, 'POST', path('complete/'));
    expect((await ask(['2027-06-02T10:00:00'])).body.code).toBe('appointment_closed');
  });
});

describe('who plans', () => {
  it('accepts one of the times: the appointment moves, with its length, and says what overlaps', async () => {
    const [, other] = await confirmed('2027-06-03T10:30:00+01:00');
    const requestId = await asked('2027-06-02T10:00:00', '2027-06-03T09:00:00');
    const { version } = await seen(manager);
    const { status, body } = await accept(requestId, { number: 2, version });
    expect(status).toBe(200);
    expect([body.starts_at, body.ends_at, body.version]).toEqual([
      '2027-06-03T09:00:00+01:00',
      '2027-06-03T11:00:00+01:00',
      version + 1,
    ]);
    expect(body.warnings).toEqual([
      expect.objectContaining({ code: 'overlap', appointment_id: id, message: expect.stringContaining(`${other}`) }),
    ]);
    expect((await seen(jane)).reschedule_request).toMatchObject({ state: 'accepted', accepted: 2, reason: null });
    expect(await waiting(manager)).not.toContain(id);
    expect((await accept(requestId)).body.code).toBe('request_closed');
  });

  it('does not accept over somebody else’s change', async () => {
    const requestId = await asked();
    const { version } = await seen(manager);
    await call(admin, 'PATCH', path(), { notes: 'Ring once' });
    expect((await accept(requestId, { version })).body.code).toBe('version_conflict');
    expect((await seen(jane)).reschedule_request.state).toBe('open');
    expect((await accept(requestId, { version: version + 1 })).status).toBe(200);
  });

  it('answers the request that they have read, and none that took its place', async () => {
    const first = await asked();
    await call(jane, 'DELETE', path('reschedule-request/'));
    const second = await asked('2027-06-09T10:00:00');
    expect((await accept(first)).body.code).toBe('request_closed');
    expect((await decline(first)).body.code).toBe('request_closed');
    expect((await accept(second, { number: 2 })).body).toMatchObject({
      code: 'invalid_request',
      errors: [{ field: 'number' }],
    });
    expect((await accept(second)).body.starts_at).toBe('2027-06-09T10:00:00+01:00');
  });

  it('declines with a reason, which the customer reads; then they may ask again', async () => {
    const requestId = await asked();
    const bare = await call(manager, 'POST', path('reschedule-request/decline/'), {
      request_id: requestId,
      reason: ' ',
    });
    expect([bare.status, bare.body.errors[0].field]).toEqual([422, 'reason']);
    const { status, body } = await decline(requestId);
    expect([status, body.starts_at]).toEqual([200, '2027-06-01T09:00:00+01:00']);
    const answer = { state: 'declined', accepted: null, reason: 'Everybody is busy then' };
    expect((await seen(jane)).reschedule_request).toMatchObject(answer);
    expect((await ask(['2027-06-04T10:00:00'])).body.reschedule_request).toMatchObject({ state: 'open', reason: null });
  });

  it('at the same time as somebody else: one answer counts', async () => {
    const requestId = await asked();
    const answers = await Promise.all([accept(requestId), decline(requestId), accept(requestId, {}, admin)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });
});

describe('a request ends by itself', () => {
  const state = async (): Promise<unknown> => (await seen(jane)).reschedule_request.state;

  it.each([
    ['when the appointment is moved', () => call(manager, 'PATCH', path(), { starts_at: '2027-06-05T09:00:00' })],
    ['when the appointment is cancelled', () => call(manager, 'POST', path('cancel/'))],
    ['when the order is cancelled', () => call(jane, 'POST', `/api/orders/${orderId}/cancel/`)],
  ])('%s', async (_, change) => {
    const requestId = await asked();
    expect((await change()).status).toBe(200);
    expect(await state()).toBe('ended');
    expect((await accept(requestId)).body.code).toBe('request_closed');
    expect(await waiting(manager)).not.toContain(id);
  });

  it('when the work is done', async () => {
    const soon = new Date(server.clock.now().getTime() + 60_000).toISOString();
    [orderId, id] = await confirmed(soon);
    await asked();
    server.clock.advance(60_000);
    expect((await call(sarah, 'POST', path('complete/'))).status).toBe(200);
    expect(await state()).toBe('ended');
  });

  it('but not when notes, the arrival window or the team change', async () => {
    await asked();
    await call(manager, 'PATCH', path(), { notes: 'Ring once', arrival_window_minutes: 30 });
    await call(manager, 'POST', path('assign/'), { staff_ids: [] });
    expect(await state()).toBe('open');
  });
});
