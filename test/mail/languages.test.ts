import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { orderBody } from '../support/company.ts';
import type { ArrivedMail, MailServer } from '../support/mail-server.ts';
import { START_LIMIT_MS, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';
import { type MailRig, queueReauthMail, startMailedServer } from './rig.ts';

/* Mails are in the language of who reads them; events in them are as they stand in calendars, in that of the business. */

let server: TestServer;
let post: MailServer;
let mails: MailRig;
let close: () => Promise<void>;
let admin: Person;
let serviceId: number;

beforeAll(async () => {
  ({ server, post, mails, close } = await startMailedServer());
  admin = await server.person('admin');
  const body = { name: 'Deep clean', duration_minutes: 120, price_cents: 12_000, currency: 'GBP' };
  serviceId = (await call(admin, 'POST', '/api/services/', body)).body.id;
}, START_LIMIT_MS);
afterAll(async () => {
  await close();
}, START_LIMIT_MS);
afterEach(() => expect(mails.errors.splice(0)).toEqual([]));

function call(who: Person, method: string, path: string, body?: object): Promise<ApiAnswer> {
  return server.call(method, path, { token: who.token, ...(body && { body }) });
}

/** Somebody who has chosen German in their account. */
async function german(role: 'customer' | 'manager' | 'staff', name: string): Promise<Person> {
  const person = await server.person(role, { name });
  expect((await call(person, 'PATCH', '/api/auth/me/', { language: 'de' })).body.language).toBe('de');
  return person;
}

async function visit(customer: Person, staff: Person): Promise<number> {
  const items = [{ service_id: serviceId, starts_at: '2026-12-01T09:00:00+00:00', staff_ids: [staff.id] }];
  const order = await call(admin, 'POST', '/api/orders/', orderBody(serviceId, { customer_id: customer.id, items }));
  return (await call(admin, 'POST', `/api/orders/${order.body.id}/confirm/`)).body.appointments[0].id;
}

/** The only mail that is on its way. */
async function delivered(): Promise<ArrivedMail['email']> {
  server.clock.advance(30 * SECOND);
  await mails.worker.deliverDue();
  const [mail, ...more] = post.arrived.splice(0);
  expect(more).toEqual([]);
  if (!mail) throw new Error('no mail has arrived');
  return mail.email;
}

it('an absence is told to a German manager in German', async () => {
  const manager = await german('manager', 'Mark Weber');
  const sarah = await server.person('staff', { name: 'Sarah Miller', managerId: manager.id });
  const jane = await server.person('customer', { name: 'Jane Doe' });
  await call(sarah, 'POST', `/api/appointments/${await visit(jane, sarah)}/cannot-come/`, { note: 'Fever' });
  const { subject, text, html } = await delivered();
  expect(subject).toBe('Sarah Miller ist verhindert: Dienstag, 1. Dezember 2026, 09:00–11:00 Uhr');
  expect(html).toContain('<html lang="de">');
  for (const words of ['Guten Tag Mark Weber,', 'Grund: Fever', 'Deep clean', 'E-Mails über Verhinderte abbestellen']) {
    expect(text).toContain(words);
    expect(html).toContain(words);
  }
});

it('a file that a German customer asks for comes with German words', async () => {
  const jane = await german('customer', 'Jane Doe');
  const id = await visit(jane, await server.person('staff'));
  await call(jane, 'POST', `/api/calendar/ics/${id}/email/`);
  const { subject, text } = await delivered();
  expect(subject).toBe('VALClean: Deep clean, Dienstag, 1. Dezember 2026, 09:00–11:00 Uhr');
  expect(text).toContain('Hier ist die Kalenderdatei, um die Sie gebeten haben.');
});

it('a calendar that needs its owner tells them why in German', async () => {
  const { database } = server.context;
  const userId = await queueReauthMail(database, server.clock.now(), { accountEmail: 'jane@gmail.example' });
  await sql`update connections set error_code = 'grant_expired' where user_id = ${userId}`.execute(database.db);
  await sql`update users set language = 'de' where id = ${userId}`.execute(database.db);
  const { subject, text } = await delivered();
  expect(subject).toBe('VALClean: Ihr Google Kalender verlangt eine neue Anmeldung');
  expect(text).toContain('(jane@gmail.example)');
  expect(text).toContain('Unser Zugriff auf diesen Kalender wurde so lange nicht genutzt, dass er abgelaufen ist.');
});

describe('who has not chosen yet', () => {
  it('is invited in the language of who invites them, and has their own from the first password on', async () => {
    const boss = await server.person('admin');
    await call(boss, 'PATCH', '/api/auth/me/', { language: 'de' });
    const invited = { email: 'nora@example.com', name: 'Nora Quinn', role: 'customer' };
    expect((await call(boss, 'POST', '/api/users/', invited)).body.language).toBe('de');
    const invitation = await delivered();
    expect(invitation.subject).toBe('VALClean: Ihr Konto ist bereit');
    // Their own page says more, once: later passwords change nothing.
    const languageAfter = async (mail: ArrivedMail['email'], language: string): Promise<unknown> => {
      const [, token = ''] = /set-password#(\S+)/.exec(mail.text ?? '') ?? [];
      const body = { token, password: 'a long password', language };
      return (await server.call('POST', '/api/auth/password/set/', { body })).body.user.language;
    };
    expect(await languageAfter(invitation, 'en')).toBe('en');
    await server.call('POST', '/api/auth/password/forgot/', { body: { email: invited.email } });
    expect(await languageAfter(await delivered(), 'de')).toBe('en');
  });

  it('is written to in that of the page on which they sign in, once and for all', async () => {
    const jane = await server.person('customer');
    const forgot = async (): Promise<string | undefined> => {
      await server.call('POST', '/api/auth/password/forgot/', { body: { email: jane.email } });
      return (await delivered()).subject;
    };
    const signIn = async (language: string): Promise<unknown> => {
      const body = { email: jane.email, password: 'correct horse battery', language };
      return (await server.call('POST', '/api/auth/login/', { body })).body.user.language;
    };
    expect(await forgot()).toBe('VALClean: set a new password');
    expect(await signIn('de')).toBe('de');
    expect(await signIn('en')).toBe('de');
    expect(await forgot()).toBe('VALClean: neues Passwort festlegen');
  });
});
