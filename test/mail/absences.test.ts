import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { orderBody } from '../support/company.ts';
import { START_LIMIT_MS, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';
import { readersOf, startMailedServer, type MailedServer, type MailRig } from './rig.ts';

/* From a cleaner who says that they can't come to the mail in the letter box of those who plan. */

let server: TestServer;
let admin: Person;
let jane: Person;
let serviceId: number;
let mails: MailRig;
let delivered: MailedServer['delivered'];
let close: () => Promise<void>;
let people = 0;
let manager: Person;
let sarah: Person;
let sarahsName: string;

beforeAll(async () => {
  ({ server, mails, delivered, close } = await startMailedServer());
  admin = await server.person('admin', { name: 'Ada Bright' });
  jane = await server.person('customer', { name: 'Jane Doe', phone: '020 7946 0101' });
  const body = { name: 'Deep clean', duration_minutes: 120, price_cents: 12_000, currency: 'GBP' };
  serviceId = (await server.call('POST', '/api/services/', { token: admin.token, body })).body.id;
}, START_LIMIT_MS);
afterAll(async () => {
  await close();
  expect(mails.errors).toEqual([]);
}, START_LIMIT_MS);

beforeEach(async () => {
  people += 1;
  sarahsName = `Sarah Miller ${people}`;
  manager = await server.person('manager', { name: `Mark Weber ${people}` });
  sarah = await server.person('staff', { managerId: manager.id, name: sarahsName });
});

const call = (who: Person, method: string, path: string, body?: object): Promise<ApiAnswer> =>
  server.call(method, path, { token: who.token, ...(body && { body }) });

async function visit(startsAt = '2026-12-01T09:00:00+00:00', staff: readonly Person[] = [sarah]): Promise<number> {
  const items = [{ service_id: serviceId, starts_at: startsAt, staff_ids: staff.map(({ id }) => id) }];
  const order = await call(admin, 'POST', '/api/orders/', orderBody(serviceId, { customer_id: jane.id, items }));
  return (await call(admin, 'POST', `/api/orders/${order.body.id}/confirm/`)).body.appointments[0].id;
}

const cannotCome = (id: number, body?: object): Promise<ApiAnswer> =>
  call(sarah, 'POST', `/api/appointments/${id}/cannot-come/`, body);
const canCome = (id: number): Promise<ApiAnswer> => call(sarah, 'POST', `/api/appointments/${id}/can-come/`);

describe('who can’t come', () => {
  it('is told to their manager: what, when, who, why, and where somebody else is found', async () => {
    const id = await visit();
    await cannotCome(id, { note: 'Fever\nBack on Monday' });
    const [mail, ...more] = await delivered();
    expect([more, mail?.envelope.to]).toEqual([[], [manager.email]]);
    expect(mail?.email.subject).toBe(`${sarahsName} cannot come: Tuesday 1 December 2026, 09:00–11:00`);
    for (const form of [mail?.email.text, mail?.email.html]) {
      expect(form).toContain(`${sarahsName} cannot come to 1 visit. It needs somebody else.`);
      expect(form).toContain('Deep clean – Jane Doe');
      expect(form).toContain('1 High Street');
      expect(form).toContain('Why: Fever Back on Monday');
      expect(form).toContain(`http://localhost:3000/appointments/${id}`);
      expect(form).not.toMatch(/Key safe|Ring twice|020 7946|120\.00|null|undefined/);
    }
    expect(await delivered()).toEqual([]);
  });

  it('is one mail with all visits that they say it of at once', async () => {
    await visit('2026-12-02T09:00:00+00:00');
    await visit('2026-12-01T14:00:00+00:00');
    await call(sarah, 'POST', '/api/appointments/cannot-come/', { from: '2026-12-01', until: '2026-12-02' });
    const [mail, ...more] = await delivered();
    expect(more).toEqual([]);
    expect(mail?.email.subject).toBe(`${sarahsName} cannot come to 2 visits`);
    expect(mail?.email.text).toMatch(/Tuesday 1 December 2026, 14:00[^]*Wednesday 2 December 2026, 09:00/);
    expect(mail?.email.text).toContain('http://localhost:3000/team?week=2026-12-01');
  });

  it('is one mail also when they say it of one after the other', async () => {
    for (const startsAt of ['2026-12-01T09:00:00+00:00', '2026-12-01T14:00:00+00:00']) {
      await cannotCome(await visit(startsAt));
      server.clock.advance(10 * SECOND);
    }
    expect((await delivered()).map(({ email }) => email.subject)).toEqual([`${sarahsName} cannot come to 2 visits`]);
  });

  it('is told once: said again, only the note changes', async () => {
    const id = await visit();
    await cannotCome(id);
    expect(await delivered()).toHaveLength(1);
    await cannotCome(id, { note: 'Fever' });
    await call(sarah, 'POST', '/api/appointments/cannot-come/', { from: '2026-12-01' });
    expect(await delivered()).toEqual([]);
  });

  it('is told to every administrator when there is no manager, or none who works here still', async () => {
    const second = await server.person('admin');
    sarah = await server.person('staff', { name: sarahsName });
    await cannotCome(await visit());
    expect(readersOf(await delivered())).toEqual([admin.email, second.email].toSorted());
    sarah = await server.person('staff', { name: sarahsName, managerId: manager.id });
    const id = await visit();
    await call(admin, 'PATCH', `/api/users/${manager.id}/`, { is_active: false });
    await cannotCome(id);
    expect(readersOf(await delivered())).toEqual([admin.email, second.email].toSorted());
    await call(admin, 'PATCH', `/api/users/${second.id}/`, { is_active: false });
  });
});

describe('who can come after all', () => {
  it('is told to whoever was told that they can’t', async () => {
    const id = await visit();
    await cannotCome(id, { note: 'Fever' });
    await delivered();
    await canCome(id);
    const [mail, ...more] = await delivered();
    expect([more, mail?.envelope.to]).toEqual([[], [manager.email]]);
    expect(mail?.email.subject).toBe(`${sarahsName} can come after all: Tuesday 1 December 2026, 09:00–11:00`);
    expect(mail?.email.text).toContain('Nobody else has to be found.');
    expect(mail?.email.text).not.toContain('Fever');
    await canCome(id);
    expect(await delivered()).toEqual([]);
  });

  it('is no mail at all when they thought better of it at once', async () => {
    const id = await visit();
    await cannotCome(id);
    await canCome(id);
    expect(await delivered()).toEqual([]);
  });

  it('of one visit and not of another is one mail', async () => {
    const [first, second] = [await visit(), await visit('2026-12-01T14:00:00+00:00')];
    await cannotCome(first);
    await delivered();
    await canCome(first);
    await cannotCome(second);
    const [mail, ...more] = await delivered();
    expect(more).toEqual([]);
    expect(mail?.email.subject).toBe(`${sarahsName} cannot come to 1 visit and can come to 1 visit after all`);
    expect(mail?.email.text).toMatch(/Can come: [^]*Cannot come: /);
  });
});

describe('no mail is sent', () => {
  it('when somebody else was found, the visit cancelled or given away meanwhile', async () => {
    const tom = await server.person('staff', { managerId: manager.id, name: 'Tom King' });
    const [replaced, cancelled] = [await visit(), await visit()];
    for (const id of [replaced, cancelled]) await cannotCome(id);
    await call(manager, 'POST', `/api/appointments/${replaced}/assign/`, { staff_ids: [tom.id] });
    await call(manager, 'POST', `/api/appointments/${cancelled}/cancel/`);
    expect(await delivered()).toEqual([]);
  });

  it('when the visit is over before a mail server could be reached', async () => {
    await cannotCome(await visit(new Date(server.clock.now().getTime() + MINUTE).toISOString()));
    server.clock.advance(3 * 60 * MINUTE);
    admin = await signInAgain(admin);
    expect(await delivered()).toEqual([]);
  });

  it('to who has switched these mails off, by the link in one of them', async () => {
    await cannotCome(await visit());
    const [mail] = await delivered();
    const [link = ''] = /http:\/\/localhost:3000(\/api\/mails\/unsubscribe\/\S+)/.exec(mail?.email.text ?? '') ?? [];
    const path = link.replace('http://localhost:3000', '');
    expect((await server.call('POST', path)).body).toEqual({ choice: 'team_absences' });
    const { body } = await call(manager, 'GET', '/api/calendar/');
    expect(body.mails.team_absences).toBe(false);
    await cannotCome(await visit());
    expect(await delivered()).toEqual([]);
    await call(manager, 'PATCH', '/api/calendar/', { mails: { team_absences: true } });
    await cannotCome(await visit());
    expect(await delivered()).toHaveLength(1);
  });
});

/** Access tokens are good for 15 minutes. */
async function signInAgain(person: Person): Promise<Person> {
  const body = { email: person.email, password: 'correct horse battery' };
  const answer = await server.call('POST', '/api/auth/login/', { body });
  return { ...person, token: answer.body.access_token };
}
