import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/time.ts';
import { strictCheck } from '../../src/providers/ics/strict-check.fixture.ts';
import { readUnsubscribeToken } from '../../src/use-cases/unsubscribe.ts';
import { foundCompany, orderBody, type Company } from '../support/company.ts';
import { attachedFile, type ArrivedMail, type MailServer } from '../support/mail-server.ts';
import { START_LIMIT_MS, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';
import { type MailRig, mailsTo, startMailedServer } from './rig.ts';

/* What people do by the API: choose mails, ask for files, and get rid of mails by the links in them. */

let server: TestServer;
let company: Company;
let post: MailServer;
let mails: MailRig;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ server, post, mails, close } = await startMailedServer());
  company = await foundCompany(server);
}, START_LIMIT_MS);
afterAll(async () => {
  await close();
  expect(mails.errors).toEqual([]);
}, START_LIMIT_MS);
beforeEach(() => {
  post.arrived.length = 0;
});

const change = (person: Person, choices: object): Promise<ApiAnswer> =>
  server.call('PATCH', '/api/calendar/', { token: person.token, body: { mails: choices } });

async function choicesOf(person: Person): Promise<Record<string, unknown>> {
  return (await server.call('GET', '/api/calendar/', { token: person.token })).body.mails;
}

const askForFile = (person: Person, id: number): Promise<ApiAnswer> =>
  server.call('POST', `/api/calendar/ics/${id}/email/`, { token: person.token });

const DEFAULTS = {
  calendar_trouble: true,
  appointment_files: true,
  appointment_changes: false,
  weekly_overview: false,
  team_absences: true,
  reschedule_requests: true,
  request_answers: true,
  delivery: 'server',
};

/** A customer with a confirmed appointment. */
async function customer(): Promise<{ person: Person; appointmentId: number }> {
  const person = await server.person('customer');
  const body = orderBody(company.serviceId, { customer_id: person.id });
  const { token } = company.admin;
  const order = await server.call('POST', '/api/orders/', { token, body });
  const confirmed = await server.call('POST', `/api/orders/${order.body.id}/confirm/`, { token });
  return { person, appointmentId: confirmed.body.appointments[0].id };
}

async function only(): Promise<ArrivedMail> {
  await mails.worker.deliverDue();
  const [mail, ...more] = post.arrived;
  if (!mail || more.length > 0) throw new Error('not exactly one mail');
  return mail;
}

/** Where programs send people who press Unsubscribe, as the API sees it. */
function unsubscribePath({ email }: ArrivedMail): string {
  const header = (name: string): string | undefined => email.headers.find(({ key }) => key === name)?.value;
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  const [, url = ''] = /^<(http:\/\/localhost:3000\/\S+)>$/.exec(header('list-unsubscribe') ?? '') ?? [];
  for (const form of [email.text, email.html]) expect(form).toContain(url);
  const { pathname, search } = new URL(url);
  return pathname + search;
}

const oneClick = (path: string, body = 'List-Unsubscribe=One-Click'): Promise<ApiAnswer> =>
  server.call('POST', path, { raw: body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });

it('the choices are seen and changed, each by itself', async () => {
  const person = await server.person('staff');
  expect(await choicesOf(person)).toEqual(DEFAULTS);
  const answer = await change(person, { weekly_overview: true, calendar_trouble: false });
  expect(answer.body.mails).toEqual({ ...DEFAULTS, weekly_overview: true, calendar_trouble: false });
  await change(person, { calendar_trouble: true });
  expect(await choicesOf(person)).toEqual({ ...DEFAULTS, weekly_overview: true });
  expect(await choicesOf(company.own.staff)).toEqual(DEFAULTS);
});

describe('the file that somebody asks for', () => {
  it('arrives at their own address, byte by byte as it would be downloaded', async () => {
    const { person, appointmentId } = await customer();
    const answer = await askForFile(person, appointmentId);
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ email: person.email, delivery: 'server' });
    const mail = await only();
    expect(mail.envelope.to).toEqual([person.email]);
    expect(mail.email.subject).toBe('VALClean: Deep clean, Tuesday 1 December 2026, 09:00–11:00');
    expect(mail.email.attachments).toMatchObject([
      { filename: `appointment-${appointmentId}.ics`, mimeType: 'text/calendar', disposition: 'attachment' },
    ]);
    const file = attachedFile(mail.raw);
    const download = await server.call('GET', `/api/calendar/ics/${appointmentId}/`, { token: person.token });
    expect(file).toBe(download.body);
    expect(strictCheck(file, 'file')).toEqual([]);
  });

  it('asked for several times at once, it comes once; asked for again later, again', async () => {
    const { person, appointmentId } = await customer();
    await Promise.all(Array.from({ length: 4 }, () => askForFile(person, appointmentId)));
    await only();
    await askForFile(person, appointmentId);
    await mails.worker.deliverDue();
    expect(post.arrived).toHaveLength(2);
  });

  it('is nobody else’s', async () => {
    const { appointmentId } = await customer();
    expect((await askForFile(company.foreign.customer, appointmentId)).status).toBe(404);
    await mails.worker.deliverDue();
    expect(post.arrived).toEqual([]);
  });
});

describe('the link at the foot of a mail', () => {
  it('switches off its kind by one click, for nobody else and nothing else', async () => {
    const { own, foreign } = await foundCompany(server);
    const { customer: person, appointmentId } = own;
    await change(person, { weekly_overview: true, appointment_changes: true });
    await askForFile(person, appointmentId);
    const path = unsubscribePath(await only());
    const answer = await oneClick(path);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ choice: 'appointment_files' });
    const off = { ...DEFAULTS, weekly_overview: true, appointment_changes: true, appointment_files: false };
    expect(await choicesOf(person)).toEqual(off);
    expect(await choicesOf(foreign.customer)).toEqual(DEFAULTS);
    expect((await oneClick(path)).status).toBe(200);
    expect((await askForFile(person, appointmentId)).body.code).toBe('mails_switched_off');
    await change(person, { appointment_files: true });
    expect((await askForFile(person, appointmentId)).status).toBe(202);
    await mails.worker.deliverDue();
    expect(post.arrived).toHaveLength(2);
  });

  it('works in a mail about changes, also for a form of the other kind and without any', async () => {
    const { own, admin } = await foundCompany(server);
    const { customer: person, appointmentId } = own;
    await change(person, { appointment_changes: true });
    const { token } = admin;
    await server.call('POST', `/api/appointments/${appointmentId}/cancel/`, { token });
    server.clock.advance(MINUTE);
    const path = unsubscribePath(await only());
    const boundary = { 'content-type': 'multipart/form-data; boundary=x' };
    const raw = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    for (const request of [{ raw, headers: boundary }, {}]) {
      await change(person, { appointment_changes: true });
      expect((await server.call('POST', path, request)).body).toEqual({ choice: 'appointment_changes' });
      expect(await choicesOf(person)).toEqual(DEFAULTS);
    }
  });

  it('followed, changes nothing: it leads to a page that asks, and no server sees the token there', async () => {
    const { person, appointmentId } = await customer();
    await askForFile(person, appointmentId);
    const path = unsubscribePath(await only());
    const answer = await server.call('GET', path);
    expect(answer.status).toBe(302);
    const page = new URL(answer.headers.get('location') ?? '');
    expect(page.origin + page.pathname + page.search).toBe('http://localhost:3000/unsubscribe?mails=appointment_files');
    const { cipher } = server.context;
    expect(readUnsubscribeToken(cipher, page.hash.slice(1))).toEqual({ userId: person.id, choice: 'appointmentFiles' });
    expect(await choicesOf(person)).toEqual(DEFAULTS);
  });

  it('can not be made up, cut or changed', async () => {
    const { person } = await customer();
    const { cipher } = server.context;
    const whole = cipher.seal(`${person.id} weeklyOverview`, 'unsubscribe');
    await change(person, { weekly_overview: true });
    const elsewhere = cipher.seal(`${person.id} weeklyOverview`, 'connection:1:access_token');
    const nothing = cipher.seal(`${person.id} everything`, 'unsubscribe');
    const changed = `${whole.slice(0, -8)}AAAAAAAA`;
    for (const token of ['x', whole.slice(0, -1), changed, `other.${whole.split('.')[1]}`, elsewhere, nothing]) {
      const path = `/api/mails/unsubscribe/?token=${encodeURIComponent(token)}`;
      expect((await oneClick(path)).body.code, token).toBe('invalid_link');
      expect((await server.call('GET', path)).headers.get('location')).toBe('http://localhost:3000/unsubscribe');
    }
    expect((await choicesOf(person))['weekly_overview']).toBe(true);
    expect((await server.call('GET', '/api/mails/unsubscribe/')).status).toBe(302);
  });

  it('holds nothing that can be read, and none of it is kept', async () => {
    const { person, appointmentId } = await customer();
    await askForFile(person, appointmentId);
    const mail = await only();
    const token = new URLSearchParams(unsubscribePath(mail).split('?')[1]).get('token') ?? '';
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('latin1')).not.toMatch(/appointment|\d{2} /);
    expect(JSON.stringify(await mailsTo(server.context.database, person.id))).not.toContain(token);
  });
});

it('forms are taken nowhere else', async () => {
  const answer = await oneClick('/api/auth/login/', 'email=a&password=b');
  expect(answer.status).toBe(415);
});

// Last, since the clock is moved beyond the access tokens.
it('files asked for can not fill a letter box', async () => {
  const { person, appointmentId } = await customer();
  for (let i = 0; i < 20; i += 1) {
    expect((await askForFile(person, appointmentId)).status).toBe(202);
    await mails.worker.deliverDue();
  }
  const refused = await askForFile(person, appointmentId);
  expect(refused.status).toBe(429);
  expect(refused.body.code).toBe('too_many_mails');
  server.clock.advance(Number(refused.headers.get('retry-after')) * 1000);
  const token = await server.context.accessTokens.issue(person.id, '00000000-0000-4000-8000-000000000000');
  expect((await askForFile({ ...person, token }, appointmentId)).status).toBe(202);
  await mails.worker.deliverDue();
});
