import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { acceptReschedule, declineReschedule } from '../../src/use-cases/answer-reschedule.ts';
import { askReschedule } from '../../src/use-cases/ask-reschedule.ts';
import { changeCalendarSettings } from '../../src/use-cases/calendar/change-calendar-settings.ts';
import { cancelAppointment } from '../../src/use-cases/cancel-appointment.ts';
import { changeAppointment } from '../../src/use-cases/change-appointment.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { startMailServer, type ArrivedMail, type MailServer } from '../support/mail-server.ts';
import { calendarOf, startRig, type Rig } from '../sync/rig.ts';
import { startMailWorker, type MailRig } from './rig.ts';

/* From a customer's wish for another time to the answer in their letter box and the event in their calendar. */

let opened: TestDatabase;
let rig: Rig;
let server: MailServer;
let mails: MailRig;
let admin: Caller;
let manager: Caller;
let jane: Caller;
let id: number;
let people = 0;

beforeAll(async () => {
  opened = await openTestDatabase();
  rig = await startRig(opened.database);
  server = await startMailServer();
  mails = startMailWorker({ database: opened.database, clock: rig.clock, post: server.url });
  admin = await rig.person('admin');
});
afterAll(async () => {
  await mails.worker.stop();
  await rig.close();
  await server.close();
  await opened.close();
});

beforeEach(async () => {
  people += 1;
  manager = await rig.person('manager', null, `Mark Weber ${people}`);
  const sarah = await rig.person('staff', manager.id, `Sarah Miller ${people}`);
  jane = await rig.person('customer', null, `Jane Doe ${people}`);
  [id = 0] = await rig.confirm(admin, await rig.order(jane, [sarah], { startsAt: '2027-06-01T09:00:00' }));
});
afterEach(() => {
  expect(rig.errors.splice(0)).toEqual([]);
  expect(mails.errors.splice(0)).toEqual([]);
});

async function ask(...proposals: string[]): Promise<number> {
  const wish = { proposals, note: 'The school is closed' };
  return (await askReschedule(rig.context, jane, id, wish)).view.rescheduleRequest?.id ?? 0;
}

const accept = (requestId: number, number = 1): Promise<unknown> =>
  acceptReschedule(rig.context, manager, id, { requestId, number });

async function delivered(): Promise<ArrivedMail[]> {
  await mails.worker.deliverDue();
  return server.arrived.splice(0);
}

const subjects = (arrived: readonly ArrivedMail[]): unknown[] => arrived.map(({ email }) => email.subject);

it('an accepted time moves the event in place, and the customer reads so', async () => {
  await rig.connect(jane);
  await rig.settle();
  const [before] = rig.google.events(calendarOf(jane));
  await accept(await ask('2027-06-02T10:00:00', '2027-06-03T14:00:00'), 2);
  await rig.settle();
  const [event, ...more] = rig.google.events(calendarOf(jane));
  expect(more).toEqual([]);
  expect(event?.remoteId).toBe(before?.remoteId);
  expect(event?.fields.startsAt).toBe('2027-06-03T13:00:00.000Z');
  const [mail, ...others] = await delivered();
  expect(others).toEqual([]);
  expect(mail?.email.to?.[0]?.name).toBe(`Jane Doe ${people}`);
  expect(mail?.email.subject).toBe('New time as you wished: VALClean: Deep clean, Thursday 3 June 2027, 14:00–16:00');
  expect(mail?.email.text).toContain(`http://localhost:3000/appointments/${id}`);
  expect(mail?.email.text).not.toMatch(/Key safe|Sarah|Mark|school|null|undefined/);
});

it('a declined one leaves all as it is; the customer reads why', async () => {
  const requestId = await ask('2027-06-02T10:00:00', '2027-06-03T14:00:00');
  await declineReschedule(rig.context, manager, id, { requestId, reason: 'Everybody is busy then' });
  const [mail, ...others] = await delivered();
  expect(others).toEqual([]);
  expect(mail?.email.subject).toBe(
    'Another time is not possible: VALClean: Deep clean, Tuesday 1 June 2027, 09:00–11:00',
  );
  for (const form of [mail?.email.text, mail?.email.html]) {
    expect(form).toContain('Wednesday 2 June 2027, 10:00; Thursday 3 June 2027, 14:00');
    expect(form).toContain('Why: Everybody is busy then');
  }
});

it('who gets the file of the new time by mail gets no second mail about it', async () => {
  await changeCalendarSettings(rig.context, jane, { mails: { appointmentChanges: true } });
  await accept(await ask('2027-06-02T10:00:00'));
  expect(await delivered()).toEqual([]);
  rig.clock.advance(MINUTE);
  const arrived = await delivered();
  expect(subjects(arrived)).toEqual(['New time: VALClean: Deep clean, Wednesday 2 June 2027, 10:00–12:00']);
  expect(arrived[0]?.email.attachments).toHaveLength(1);
});

describe('no mail is sent', () => {
  it('to who has switched these mails off', async () => {
    await changeCalendarSettings(rig.context, jane, { mails: { requestAnswers: false } });
    await accept(await ask('2027-06-02T10:00:00'));
    expect(await delivered()).toEqual([]);
  });

  it('when the accepted time is no longer true before it could be sent', async () => {
    await accept(await ask('2027-06-02T10:00:00'));
    await changeAppointment(rig.context, manager, id, { startsAt: '2027-06-04T10:00:00' });
    expect(await delivered()).toEqual([]);
  });

  it('when the appointment was cancelled meanwhile', async () => {
    const requestId = await ask('2027-06-02T10:00:00');
    await declineReschedule(rig.context, manager, id, { requestId, reason: 'Everybody is busy then' });
    await cancelAppointment(rig.context, manager, id);
    expect(await delivered()).toEqual([]);
  });

  it('when a wish is withdrawn or ends by itself', async () => {
    await ask('2027-06-02T10:00:00');
    await changeAppointment(rig.context, manager, id, { startsAt: '2027-06-04T10:00:00' });
    expect(await delivered()).toEqual([]);
    const { rows } = await sql<{ state: string }>`
      select state from reschedule_requests where appointment_id = ${id}`.execute(opened.database.db);
    expect(rows).toEqual([{ state: 'ended' }]);
  });
});
