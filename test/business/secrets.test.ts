import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/domain/appointment.ts';
import { eventContent } from '../../src/domain/event-content.ts';
import { viewFor } from '../../src/domain/projection.ts';
import { loadAppointments } from '../../src/store/appointments.ts';
import { eventSetting } from '../../src/use-cases/event-setting.ts';
import { MINUTE } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import type { Letter } from '../../src/mail/letter.ts';
import type { Post } from '../../src/mail/post.ts';
import { queueWeeklyMails } from '../../src/store/weekly-mails.ts';
import { startMailWorker, type MailRig } from '../mail/rig.ts';
import { startTestServer, type Person, type TestServer } from '../support/server.ts';

/** Every field that holds something of somebody. */
const FIELDS = [
  ...['service', 'line1', 'line2', 'city', 'postalCode', 'accessNotes', 'notes', 'internalNotes'],
  ...['customerFirst', 'customerLast', 'customerPhone', 'customerEmail'],
  ...['staffFirst', 'staffLast', 'staffPhone', 'staffEmail', 'managerName', 'managerEmail', 'adminName', 'adminEmail'],
  ...['price', 'otherTeam', 'absenceNote', 'requestNote', 'requestReason'],
] as const;
type Field = (typeof FIELDS)[number];

const PLACE: Field[] = ['service', 'line1', 'line2', 'city', 'postalCode'];
const CUSTOMER: Field[] = ['customerFirst', 'customerLast', 'customerPhone'];
/** The table of the design (§4), for appointments and everything made from them. */
const APPOINTMENT: Record<Role, Field[]> = {
  customer: [...PLACE, 'staffFirst', 'notes', 'price'],
  staff: [...PLACE, 'staffFirst', 'staffLast', ...CUSTOMER, 'accessNotes', 'notes'],
  manager: [...PLACE, 'staffFirst', 'staffLast', ...CUSTOMER, 'customerEmail', 'notes', 'internalNotes'],
  admin: [...PLACE, 'staffFirst', 'staffLast', ...CUSTOMER, 'customerEmail', 'notes', 'internalNotes', 'price'],
};
const REQUEST: Field[] = ['requestNote', 'requestReason'];
/** What the API tells beside that, and the mails about it; events, files, feeds and other mails never do. */
const PLANNING: Record<Role, Field[]> = {
  customer: REQUEST,
  staff: [],
  manager: ['absenceNote', ...REQUEST],
  admin: ['absenceNote', ...REQUEST],
};
/** Orders in addition: whoever may edit the address reads its access notes; customers read their own name. */
const ORDER: Record<Exclude<Role, 'staff'>, Field[]> = {
  customer: [...APPOINTMENT.customer, ...PLANNING.customer, 'accessNotes', 'customerFirst', 'customerLast'],
  manager: [...APPOINTMENT.manager, ...PLANNING.manager, 'accessNotes'],
  admin: [...APPOINTMENT.admin, ...PLANNING.admin, 'accessNotes'],
};

interface Scene {
  secrets: Record<Field, string>;
  people: Record<Role, Person>;
  appointmentId: number;
  orderId: number;
}

let server: TestServer;
let mails: MailRig;
let letters: Letter[] = [];
beforeAll(async () => {
  server = await startTestServer();
  const post: Post = {
    async send(letter) {
      letters.push(letter);
      return { kind: 'delivered' };
    },
    close: () => undefined,
  };
  mails = startMailWorker({ database: server.context.database, clock: server.clock, post });
});
afterAll(async () => {
  await mails?.worker.stop();
  await server?.close();
  expect(mails?.errors).toEqual([]);
});

const word = fc.stringMatching(/^[a-z]{12}$/);
const words = fc.uniqueArray(word, { minLength: FIELDS.length, maxLength: FIELDS.length });

/** An order whose every field is a secret word, confirmed, with internal notes. */
async function stage(list: string[], price: number): Promise<Scene> {
  const secrets = Object.fromEntries(FIELDS.map((field, at) => [field, list[at]])) as Scene['secrets'];
  secrets.price = String(price);
  const manager = await server.person('manager', { name: secrets.managerName });
  const people: Scene['people'] = {
    admin: await server.person('admin', { name: secrets.adminName }),
    manager,
    staff: await server.person('staff', {
      managerId: manager.id,
      name: `${secrets.staffFirst} ${secrets.staffLast}`,
      phone: secrets.staffPhone,
    }),
    customer: await server.person('customer', {
      name: `${secrets.customerFirst} ${secrets.customerLast}`,
      phone: secrets.customerPhone,
    }),
  };
  Object.assign(secrets, {
    customerEmail: people.customer.email,
    staffEmail: people.staff.email,
    managerEmail: manager.email,
    adminEmail: people.admin.email,
  });
  const { token } = people.admin;
  const service = { name: secrets.service, duration_minutes: 60, price_cents: price, currency: 'GBP' };
  const { body: made } = await server.call('POST', '/api/services/', { token, body: service });
  const order = {
    customer_id: people.customer.id,
    time_zone: 'Europe/London',
    notes: secrets.notes,
    address: {
      ...{
        line1: secrets.line1,
        line2: secrets.line2,
        city: secrets.city,
        postal_code: secrets.postalCode,
        country: 'GB',
      },
      access_notes: secrets.accessNotes,
    },
    items: [{ service_id: made.id, starts_at: '2027-06-01T09:00:00Z', staff_ids: [people.staff.id] }],
  };
  const { body: placed } = await server.call('POST', '/api/orders/', { token, body: order });
  const { body: confirmed } = await server.call('POST', `/api/orders/${placed.id}/confirm/`, { token });
  const appointmentId: number = confirmed.appointments[0].id;
  const body = { internal_notes: secrets.internalNotes, arrival_window_minutes: 30 };
  await server.call('PATCH', `/api/appointments/${appointmentId}/`, { token, body });
  const absence = { note: secrets.absenceNote };
  await server.call('POST', `/api/appointments/${appointmentId}/cannot-come/`, {
    token: people.staff.token,
    body: absence,
  });
  const asking = `/api/appointments/${appointmentId}/reschedule-request/`;
  const wish = { proposals: ['2027-06-03T09:00:00Z'], note: secrets.requestNote };
  const { body: asked } = await server.call('POST', asking, { token: people.customer.token, body: wish });
  const answer = { request_id: asked.reschedule_request.id, reason: secrets.requestReason };
  await server.call('POST', `${asking}decline/`, { token: manager.token, body: answer });
  return { secrets, people, appointmentId, orderId: placed.id };
}

/** What is seen of the secrets in a text. */
function seenIn(text: string, secrets: Scene['secrets']): Field[] {
  // Long lines of an iCalendar file are folded (RFC 5545 §3.1).
  const unfolded = text.replaceAll(/\r\n[ \t]/g, '');
  return FIELDS.filter((field) => unfolded.includes(secrets[field]));
}

async function read({ people }: Scene, role: Role, method: string, path: string, body?: object): Promise<string> {
  const answer = await server.call(method, path, { token: people[role].token, body });
  expect(answer.status, `${role} ${method} ${path}`).toBe(200);
  return typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
}

async function checkAppointments(scene: Scene, role: Role, allowed: Field[]): Promise<void> {
  const { secrets, appointmentId: id } = scene;
  const expected = FIELDS.filter((field) => allowed.includes(field));
  const outputs = [
    await read(scene, role, 'GET', `/api/appointments/${id}/`),
    await read(scene, role, 'GET', `/api/appointments/?customer_id=${scene.people.customer.id}`),
  ];
  if (role === 'manager' || role === 'admin') {
    outputs.push(await read(scene, role, 'PATCH', `/api/appointments/${id}/`, {}));
    const team = { staff_ids: [scene.people.staff.id] };
    outputs.push(await read(scene, role, 'POST', `/api/appointments/${id}/assign/`, team));
  }
  const toldByApi = FIELDS.filter((field) => allowed.includes(field) || PLANNING[role].includes(field));
  for (const output of outputs) expect(seenIn(output, secrets)).toEqual(toldByApi);
  const [appointment] = await loadAppointments(server.context.database.db, [id]);
  const setting = { ...eventSetting(server.context), reminderMinutes: null };
  const event = JSON.stringify(eventContent(viewFor(appointment!, role), setting));
  // Money is written out in events: 12,345 cents are 123.45.
  const price = (Number(secrets.price) / 100).toFixed(2);
  expect(seenIn(event, { ...secrets, price })).toEqual(expected);
  const file = await read(scene, role, 'GET', `/api/calendar/ics/${id}/`);
  expect(seenIn(file, { ...secrets, price })).toEqual(expected);
  const ofOrder = await read(scene, role, 'GET', `/api/calendar/ics/order/${scene.orderId}/`);
  expect(seenIn(ofOrder, { ...secrets, price })).toEqual(expected);
  const { token } = scene.people[role];
  const feed = await server.call('POST', '/api/calendar/feeds/', { token, body: { name: 'VALClean' } });
  const fed = await server.call('GET', new URL(feed.body.url).pathname);
  expect(seenIn(fed.body, { ...secrets, price })).toEqual(expected);
}

/** Who gets mails reads their own name and address in them. */
const OWN: Record<Role, Field[]> = {
  customer: ['customerFirst', 'customerLast', 'customerEmail'],
  staff: ['staffFirst', 'staffLast', 'staffEmail'],
  manager: ['managerName', 'managerEmail'],
  admin: ['adminName', 'adminEmail'],
};

/** Who plans the cleaner, who can't come, is told why; who asked for another time, why not. */
const SPECIAL: Partial<Record<Role, { subject: string; field: Field }>> = {
  manager: { subject: 'cannot come', field: 'absenceNote' },
  customer: { subject: 'Another time is not possible', field: 'requestReason' },
};

/** All that arrives with its reader. */
function whole({ to, subject, text, html, calendarFile }: Letter): string {
  return [to.name, to.address, subject, text, html, calendarFile?.text].join('\n');
}

/** Everybody gets every kind of mail there is about an appointment: the file, a change and the week. */
async function checkMails(scene: Scene): Promise<void> {
  const { secrets, people, appointmentId: id } = scene;
  const { database } = server.context;
  await sql`update users set mail_appointment_changes = true, mail_weekly_overview = true
    where id = any(${Object.values(people).map((person) => person.id)}::bigint[])`.execute(database.db);
  const moved = { starts_at: '2027-06-02T09:00:00Z' };
  await read(scene, 'admin', 'PATCH', `/api/appointments/${id}/`, moved);
  for (const { token } of Object.values(people)) {
    const { status } = await server.call('POST', `/api/calendar/ics/${id}/email/`, { token });
    expect(status).toBe(202);
  }
  await database.transaction((tx) =>
    queueWeeklyMails(tx, [{ timeZone: 'Europe/London', monday: '2027-05-31' }], server.clock.now()),
  );
  server.clock.advance(MINUTE);
  letters = [];
  await mails.worker.deliverDue();
  const price = (Number(secrets.price) / 100).toFixed(2);
  for (const role of ['customer', 'staff', 'manager', 'admin'] as const) {
    const own = letters.filter(({ to }) => to.address === people[role].email);
    const special = SPECIAL[role];
    expect(own).toHaveLength(special === undefined ? 3 : 4);
    const allowed = new Set([...APPOINTMENT[role], ...OWN[role], ...(special ? [special.field] : [])]);
    const seen = new Set(own.flatMap((letter) => seenIn(whole(letter), { ...secrets, price })));
    expect([...seen].toSorted(), role).toEqual([...allowed].toSorted());
    for (const letter of own) {
      const isSpecial = special !== undefined && letter.subject.includes(special.subject);
      const wrong = seenIn(whole(letter), { ...secrets, price }).filter(
        (field) => !allowed.has(field) || (field === special?.field && !isSpecial),
      );
      expect(wrong, `${role}: ${letter.subject}`).toEqual([]);
    }
  }
  await sql`update users set mail_appointment_changes = false, mail_weekly_overview = false`.execute(database.db);
}

describe('a field that is not on the list of a role', () => {
  it('reaches no output for that role, and what is on the list does', async () => {
    await fc.assert(
      fc.asyncProperty(words, fc.integer({ min: 1_000_001, max: 9_999_999 }), async (list, price) => {
        const scene = await stage(list, price);
        for (const role of ['customer', 'staff', 'manager', 'admin'] as const) {
          await checkAppointments(scene, role, APPOINTMENT[role]);
        }
        await checkMails(scene);
        for (const role of ['customer', 'manager', 'admin'] as const) {
          const expected = FIELDS.filter((field) => ORDER[role].includes(field));
          const one = await read(scene, role, 'GET', `/api/orders/${scene.orderId}/`);
          expect(seenIn(one, scene.secrets)).toEqual(expected);
          const all = await read(scene, role, 'GET', `/api/orders/?customer_id=${scene.people.customer.id}`);
          expect(seenIn(all, scene.secrets)).toEqual(expected);
        }
        const again = await read(scene, 'manager', 'POST', `/api/orders/${scene.orderId}/confirm/`);
        expect(seenIn(again, scene.secrets)).toEqual(FIELDS.filter((field) => ORDER.manager.includes(field)));

        const begun = new Date(server.clock.now().getTime() - MINUTE).toISOString();
        await read(scene, 'admin', 'PATCH', `/api/appointments/${scene.appointmentId}/`, { starts_at: begun });
        await read(scene, 'staff', 'POST', `/api/appointments/${scene.appointmentId}/complete/`);
        const done = APPOINTMENT.staff.filter((field) => field !== 'accessNotes');
        await checkAppointments(scene, 'staff', done);
        const cancelled = await read(scene, 'customer', 'POST', `/api/orders/${scene.orderId}/cancel/`);
        expect(seenIn(cancelled, scene.secrets)).toEqual(FIELDS.filter((field) => ORDER.customer.includes(field)));
      }),
      { numRuns: 5 },
    );
  });
});
