import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { orderBody } from '../support/company.ts';
import { START_LIMIT_MS, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';
import { readersOf, startMailedServer, type MailedServer, type MailRig } from './rig.ts';

/* From a customer's wish for another time to the mail in the letter box of those who plan. */

let server: TestServer;
let admin: Person;
let serviceId: number;
let mails: MailRig;
let delivered: MailedServer['delivered'];
let close: () => Promise<void>;
let people = 0;
let manager: Person;
let sarah: Person;
let jane: Person;

beforeAll(async () => {
  ({ server, mails, delivered, close } = await startMailedServer());
  admin = await server.person('admin', { name: 'Ada Bright' });
  const body = { name: 'Deep clean', duration_minutes: 120, price_cents: 12_000, currency: 'GBP' };
  serviceId = (await call(admin, 'POST', '/api/services/', body)).body.id;
}, START_LIMIT_MS);
afterAll(async () => {
  await close();
}, START_LIMIT_MS);
afterEach(() => expect(mails.errors.splice(0)).toEqual([]));

beforeEach(async () => {
  people += 1;
  manager = await server.person('manager', { name: `Mark Weber ${people}` });
  sarah = await server.person('staff', { managerId: manager.id, name: `Sarah Miller ${people}` });
  jane = await server.person('customer', { name: `Jane Doe ${people}` });
});

function call(who: Person, method: string, path: string, body?: object): Promise<ApiAnswer> {
  return server.call(method, path, { token: who.token, ...(body && { body }) });
}

async function visit(staff: readonly Person[] = [sarah]): Promise<string> {
  const items = [
    { service_id: serviceId, starts_at: '2026-12-01T09:00:00+00:00', staff_ids: staff.map(({ id }) => id) },
  ];
  const order = await call(admin, 'POST', '/api/orders/', orderBody(serviceId, { customer_id: jane.id, items }));
  const { appointments } = (await call(admin, 'POST', `/api/orders/${order.body.id}/confirm/`)).body;
  return `/api/appointments/${appointments[0].id}/`;
}

async function wish(path: string): Promise<number> {
  const body = { proposals: ['2026-12-02T10:00:00', '2026-12-03T14:00:00'], note: 'The school is closed' };
  const answer = await call(jane, 'POST', `${path}reschedule-request/`, body);
  expect(answer.status).toBeLessThan(300);
  return answer.body.reschedule_request.id;
}

describe('a wish for another time', () => {
  it('is told once to the manager of the team: whose, which visit, which times, why, and where it is answered', async () => {
    const path = await visit();
    await wish(path);
    const [mail, ...more] = await delivered();
    expect([more, mail?.envelope.to]).toEqual([[], [manager.email]]);
    expect(mail?.email.subject).toMatch(
      new RegExp(`^Jane Doe ${people} asks for another time: .*Deep clean.*, Tuesday 1 December 2026, 09:00–11:00$`),
    );
    for (const words of [
      'Wednesday 2 December 2026, 10:00; Thursday 3 December 2026, 14:00',
      'Why: The school is closed',
      `http://localhost:3000${path.replace('/api', '').replace(/\/$/, '')}`,
    ]) {
      expect(mail?.email.text).toContain(words);
      expect(mail?.email.html).toContain(words);
    }
    // What only staff read, and internal words, are in no mail.
    expect(mail?.email.text).not.toMatch(/Key safe|null|undefined/);
    expect(await delivered()).toEqual([]);
  });

  it('is told in the language of the manager', async () => {
    await call(manager, 'PATCH', '/api/auth/me/', { language: 'de' });
    await wish(await visit());
    const [mail, ...more] = await delivered();
    expect(more).toEqual([]);
    expect(mail?.email.subject).toMatch(
      new RegExp(`^Jane Doe ${people} bittet um eine andere Zeit: .*, Dienstag, 1. Dezember 2026, 09:00–11:00 Uhr$`),
    );
    expect(mail?.email.text).toContain(
      'Mittwoch, 2. Dezember 2026, 10:00 Uhr; Donnerstag, 3. Dezember 2026, 14:00 Uhr',
    );
  });

  it('is told to every manager of the team, once to each', async () => {
    const other = await server.person('manager', { name: `Mona Berg ${people}` });
    const tom = await server.person('staff', { managerId: other.id });
    const nina = await server.person('staff', { managerId: manager.id });
    await wish(await visit([sarah, tom, nina]));
    expect(readersOf(await delivered())).toEqual([manager.email, other.email].toSorted());
  });

  it('is told to administrators when nobody is assigned, or nobody of the team has a manager', async () => {
    await wish(await visit([]));
    expect(readersOf(await delivered())).toEqual([admin.email]);
    const tom = await server.person('staff');
    await wish(await visit([tom]));
    expect(readersOf(await delivered())).toEqual([admin.email]);
  });

  it('and another one after it is another mail', async () => {
    const path = await visit();
    await wish(path);
    expect(await delivered()).toHaveLength(1);
    await call(jane, 'DELETE', `${path}reschedule-request/`);
    await wish(path);
    expect(readersOf(await delivered())).toEqual([manager.email]);
  });
});

describe('no mail is sent', () => {
  it('when the wish is withdrawn at once, or answered before', async () => {
    const withdrawn = await visit();
    await wish(withdrawn);
    await call(jane, 'DELETE', `${withdrawn}reschedule-request/`);
    expect(await delivered()).toEqual([]);
    const declined = await visit();
    const request = await wish(declined);
    const answer = { request_id: request, reason: 'Everybody is busy then' };
    expect((await call(manager, 'POST', `${declined}reschedule-request/decline/`, answer)).status).toBe(200);
    expect(readersOf(await delivered())).toEqual([jane.email]);
  });

  it('to who has switched these mails off, by the link in one of them', async () => {
    await wish(await visit());
    const [mail] = await delivered();
    const [link = ''] = /http:\/\/localhost:3000(\/api\/mails\/unsubscribe\/\S+)/.exec(mail?.email.text ?? '') ?? [];
    const answer = await server.call('POST', link.replace('http://localhost:3000', ''));
    expect(answer.body).toEqual({ choice: 'reschedule_requests' });
    expect((await call(manager, 'GET', '/api/calendar/')).body.mails.reschedule_requests).toBe(false);
    await wish(await visit());
    expect(await delivered()).toEqual([]);
    await call(manager, 'PATCH', '/api/calendar/', { mails: { reschedule_requests: true } });
    await wish(await visit());
    expect(readersOf(await delivered())).toEqual([manager.email]);
  });

  it('when nobody may be told', async () => {
    await call(manager, 'PATCH', '/api/calendar/', { mails: { reschedule_requests: false } });
    await wish(await visit());
    expect(await delivered()).toEqual([]);
  });
});
