import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../src/base/time.ts';
import type { Database } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { strictCheck } from '../../src/providers/ics/strict-check.fixture.ts';
import { setMailChoice } from '../../src/store/mail-choices.ts';
import { deleteOldMails } from '../../src/store/mails.ts';
import { assignAppointment } from '../../src/use-cases/assign-appointment.ts';
import { disconnectCalendar } from '../../src/use-cases/calendar/disconnect-calendar.ts';
import { changeCalendarSettings } from '../../src/use-cases/calendar/change-calendar-settings.ts';
import { cancelAppointment } from '../../src/use-cases/cancel-appointment.ts';
import { cancelOrder } from '../../src/use-cases/cancel-order.ts';
import { changeAppointment } from '../../src/use-cases/change-appointment.ts';
import { completeAppointment } from '../../src/use-cases/complete-appointment.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { doOnce } from '../../src/use-cases/do-once.ts';
import { extendOpenOrders } from '../../src/use-cases/extend-open-orders.ts';
import { upkeepTasks } from '../../src/upkeep-tasks.ts';
import { attachedFile, startMailServer, type ArrivedMail, type MailServer } from '../support/mail-server.ts';
import type { Rig } from '../sync/rig.ts';
import { shareRig } from '../sync/share-rig.ts';
import { mailsTo, startMailWorker, type MailRig } from './rig.ts';

/* From a change of the business to the file in the letter box of somebody without a connected calendar. */

let database: Database;
let rig: Rig;
let server: MailServer;
let mails: MailRig;
let admin: Caller;
let jane: Caller;
let people = 0;

shareRig((shared) => {
  ({ database, rig, admin } = shared);
});

beforeEach(async () => {
  people += 1;
  server = await startMailServer();
  mails = startMailWorker({ database, clock: rig.clock, post: server.url });
  jane = await reader('customer', `Jane Doe ${people}`);
});

afterEach(async () => {
  await mails.worker.stop();
  await server.close();
  expect(mails.errors).toEqual([]);
  await sql`update users set mail_appointment_changes = false`.execute(database.db);
  await sql`delete from mails`.execute(database.db);
});

type Letter = ArrivedMail['email'] & Pick<ArrivedMail, 'raw'>;

/** Somebody who wants a file whenever something changes. */
async function reader(role: Caller['role'], name: string, managerId: number | null = null): Promise<Caller> {
  const person = await rig.person(role, managerId, name);
  await changeCalendarSettings(rig.context, person, { mails: { appointmentChanges: true } });
  return person;
}

/** An appointment of Jane's that she was told of. */
async function toldOf(staff: readonly Caller[] = [], rrule?: string): Promise<number[]> {
  const ids = await rig.confirm(admin, await rig.order(jane, staff, rrule === undefined ? {} : { rrule }));
  await deliver();
  server.arrived.length = 0;
  return ids;
}

/** Lets the settling time pass and sends what is due. */
async function deliver(): Promise<void> {
  rig.clock.advance(MINUTE);
  await mails.worker.deliverDue();
}

/** The mails that arrived at this person's address. */
async function letters(person: Caller): Promise<Letter[]> {
  const found = await sql<{ email: string }>`select email from users where id = ${person.id}`.execute(database.db);
  return server.arrived
    .filter(({ envelope }) => envelope.to[0] === found.rows[0]?.email)
    .map(({ email, raw }) => ({ ...email, raw }));
}

async function onlyLetter(person: Caller): Promise<Letter> {
  const [letter, ...more] = await letters(person);
  if (!letter || more.length > 0) throw new Error(`${more.length + (letter ? 1 : 0)} mails instead of one`);
  return letter;
}

/** Events of the attached file, after a check of its form. */
function eventsIn(letter: Letter): Record<string, string>[] {
  const [attachment, ...more] = letter.attachments;
  expect(more).toEqual([]);
  expect(attachment).toMatchObject({ mimeType: 'text/calendar', disposition: 'attachment', method: 'PUBLISH' });
  expect(attachment?.filename).toMatch(/^appointments?(-\d+)?\.ics$/);
  const text = attachedFile(letter.raw);
  expect(strictCheck(text, 'file')).toEqual([]);
  expect(text).toContain('METHOD:PUBLISH');
  expect(text).not.toMatch(/ATTENDEE|ORGANIZER/);
  const unfolded = text.replaceAll(/\r\n[ \t]/g, '');
  return [...unfolded.matchAll(/BEGIN:VEVENT\r\n(.*?)END:VEVENT/gs)].map(([, body = '']) =>
    Object.fromEntries([...body.matchAll(/^([A-Z-]+)(?:;[^:\r]*)?:(.*)\r$/gm)].map(([, name, value]) => [name, value])),
  );
}

/** Once it has begun. The clock of the rig stays: what it passes is mailed. */
const complete = (id: number): Promise<unknown> => {
  const begun = new Date('2026-12-01T10:00:00Z');
  const clock = { now: () => begun, sleep: rig.clock.sleep.bind(rig.clock) };
  return completeAppointment({ ...rig.context, clock }, admin, id);
};

const move = (id: number, startsAt: string): Promise<unknown> =>
  changeAppointment(rig.context, admin, id, { startsAt });

describe('one appointment through its life', () => {
  it('each step is a mail whose file has the same UID and a higher SEQUENCE', async () => {
    const [id = 0] = await rig.confirm(admin, await rig.order(jane, []));
    await deliver();
    const first = await onlyLetter(jane);
    expect(first.subject).toBe('Confirmed: VALClean: Deep clean, Tuesday 1 December 2026, 09:00–11:00');
    expect(first.text).toContain('1 High Street');
    expect(first.text).toContain(`http://localhost:3000/appointments/${id}`);
    const [confirmed] = eventsIn(first);
    expect(confirmed).toMatchObject({ STATUS: 'CONFIRMED', DTSTART: '20261201T090000' });

    server.arrived.length = 0;
    await move(id, '2026-12-02T13:30:00');
    await deliver();
    const second = await onlyLetter(jane);
    expect(second.subject).toBe('New time: VALClean: Deep clean, Wednesday 2 December 2026, 13:30–15:30');
    expect(second.text).toContain('It was: Tuesday 1 December 2026, 09:00');
    const [moved] = eventsIn(second);
    expect(moved).toMatchObject({ UID: confirmed?.['UID'], DTSTART: '20261202T133000' });
    expect(Number(moved?.['SEQUENCE'])).toBeGreaterThan(Number(confirmed?.['SEQUENCE']));

    server.arrived.length = 0;
    await cancelAppointment(rig.context, admin, id);
    await deliver();
    const third = await onlyLetter(jane);
    expect(third.subject).toMatch(/^Cancelled: VALClean: Deep clean, /);
    const [cancelled] = eventsIn(third);
    expect(cancelled).toMatchObject({ UID: confirmed?.['UID'], STATUS: 'CANCELLED' });
    expect(Number(cancelled?.['SEQUENCE'])).toBeGreaterThan(Number(moved?.['SEQUENCE']));
  });

  it('reassigned, it comes to one and goes from the other, who learns nothing new', async () => {
    const manager = await reader('manager', 'Max Boss');
    const sarah = await reader('staff', 'Sarah Miller', manager.id);
    const tom = await reader('staff', 'Tom King');
    const [id = 0] = await toldOf([sarah]);
    await assignAppointment(rig.context, admin, id, { staffIds: [tom.id] });
    await move(id, '2026-12-03T16:00:00');
    await deliver();
    expect((await onlyLetter(tom)).subject).toMatch(/^Confirmed: Deep clean – Jane Doe \d+, Thursday 3 December/);
    for (const former of [sarah, manager]) {
      const letter = await onlyLetter(former);
      expect(letter.subject).toBe(`No longer yours: appointment #${id}, Tuesday 1 December 2026, 09:00–11:00`);
      expect(eventsIn(letter)).toMatchObject([{ STATUS: 'CANCELLED', DTSTART: '20261201T090000' }]);
      const raw = JSON.stringify([letter.text, letter.html, eventsIn(letter)]);
      expect(raw).not.toMatch(/3 December|20261203|Jane|Tom|High Street|Key safe|Ring twice/);
    }
    // For Jane only the time changed.
    expect((await onlyLetter(jane)).subject).toMatch(/^New time: /);
  });
});

describe('many changes', () => {
  it('a series is one mail with all its visits, and so is the end of its order', async () => {
    const orderId = await rig.order(jane, [], { rrule: 'FREQ=WEEKLY;COUNT=30' });
    const ids = await rig.confirm(admin, orderId);
    await deliver();
    const letter = await onlyLetter(jane);
    expect(letter.subject).toBe('VALClean: 30 appointments confirmed');
    expect(letter.text).toContain('And 10 more');
    expect(eventsIn(letter).map((event) => Number(event['X-VALCLEAN-APPOINTMENT']))).toEqual(ids);
    server.arrived.length = 0;
    await complete(ids[0] ?? 0);
    await cancelOrder(rig.context, jane, orderId);
    await deliver();
    const end = await onlyLetter(jane);
    expect(end.subject).toBe('VALClean: 29 appointments cancelled');
    expect(new Set(eventsIn(end).map((event) => event['STATUS']))).toEqual(new Set(['CANCELLED']));
  });

  it('saves in a row are one mail: it waits a minute after the last, and tells what is true then', async () => {
    const [id = 0] = await toldOf();
    for (const hour of ['10', '11', '12']) {
      await move(id, `2026-12-01T${hour}:00:00`);
      rig.clock.advance(40 * SECOND);
      await mails.worker.deliverDue();
      expect(server.arrived).toEqual([]);
    }
    await deliver();
    const letter = await onlyLetter(jane);
    expect(letter.subject).toContain('12:00–14:00');
    expect(letter.text).toContain('It was: Tuesday 1 December 2026, 09:00');
  });

  it('whoever never stops saving is not waited for longer than five minutes', async () => {
    const [id = 0] = await toldOf();
    for (let minute = 10; minute < 20; minute += 1) {
      await move(id, `2026-12-01T10:${minute}:00`);
      rig.clock.advance(40 * SECOND);
      await mails.worker.deliverDue();
    }
    expect(server.arrived).toHaveLength(1);
  });

  it('what was changed back tells nothing, and neither does what came and went', async () => {
    const [id = 0] = await toldOf();
    await move(id, '2026-12-01T15:00:00');
    await move(id, '2026-12-01T09:00:00');
    const [other = 0] = await rig.confirm(admin, await rig.order(jane, []));
    await cancelAppointment(rig.context, admin, other);
    await deliver();
    expect(server.arrived).toEqual([]);
    expect((await mailsTo(database, jane.id)).map(({ state }) => state)).toEqual(['sent', 'moot']);
  });

  it('when the mail server was away, what happened meanwhile is told once', async () => {
    const [id = 0] = await toldOf();
    for (const hour of ['10', '11', '12']) {
      await move(id, `2026-12-01T${hour}:00:00`);
      server.answers.push({ at: 'recipient', code: 450, text: 'later' });
      await deliver();
    }
    while (server.answers.length > 0) await deliver();
    for (let i = 0; i < 5; i += 1) await deliver();
    expect((await onlyLetter(jane)).subject).toContain('12:00–14:00');
  });
});

describe('no mail is sent', () => {
  afterEach(async () => {
    await deliver();
    expect(await letters(jane)).toEqual([]);
  });

  it('of a change that was rolled back', async () => {
    const [id = 0] = await toldOf();
    const name = { userId: admin.id, operation: 'move', key: `thought better ${id}` };
    const failing = doOnce(rig.context, name, Buffer.from('x'), async (context) => {
      await changeAppointment(context, admin, id, { startsAt: '2026-12-01T15:00:00' });
      const { db } = context.database;
      expect(
        (await sql`select from mails where user_id = ${jane.id} and state = 'queued'`.execute(db)).rows,
      ).toHaveLength(1);
      throw new Error('thought better of it');
    });
    await expect(failing).rejects.toThrow('better');
    expect((await mailsTo(database, jane.id)).map(({ state }) => state)).toEqual(['sent']);
  });

  it('of a change whose mail could not be queued: then it was not made either', async () => {
    const { db } = database;
    const [id = 0] = await toldOf();
    await sql`alter table mail_changes add constraint closed check (false) not valid`.execute(db);
    await expect(move(id, '2026-12-01T15:00:00')).rejects.toThrow('closed');
    await sql`alter table mail_changes drop constraint closed`.execute(db);
    const found = await sql<{ at: Date }>`select starts_at as at from appointments where id = ${id}`.execute(db);
    expect(found.rows[0]?.at).toEqual(new Date('2026-12-01T09:00:00Z'));
  });

  it('to those who did not ask for it', async () => {
    await changeCalendarSettings(rig.context, jane, { mails: { appointmentChanges: false } });
    await rig.confirm(admin, await rig.order(jane, []));
    expect(await mailsTo(database, jane.id)).toEqual([]);
  });

  it('to those who do not want it any more when it is to be sent', async () => {
    await rig.confirm(admin, await rig.order(jane, []));
    await database.transaction((tx) => setMailChoice(tx, jane.id, 'appointmentChanges', false, rig.clock.now()));
  });

  it('to those whose calendar follows by itself, also when it was connected meanwhile', async () => {
    await rig.confirm(admin, await rig.order(jane, []));
    await rig.connect(jane);
    await rig.settle();
    await deliver();
    expect((await mailsTo(database, jane.id)).map(({ state }) => state)).toEqual(['moot']);
    await rig.confirm(admin, await rig.order(jane, []));
    expect(await mailsTo(database, jane.id)).toHaveLength(1);
  });

  it('of the first filling of a calendar, however much is in it', async () => {
    await changeCalendarSettings(rig.context, jane, { mails: { appointmentChanges: false } });
    const many = Array.from({ length: 10 }, () => rig.order(jane, [], { rrule: 'FREQ=WEEKLY;COUNT=100' }));
    for (const order of await Promise.all(many)) await rig.confirm(admin, order);
    await changeCalendarSettings(rig.context, jane, { mails: { appointmentChanges: true } });
    await rig.connect(jane);
    await rig.settle();
    expect(await mailsTo(database, jane.id)).toEqual([]);
  }, 120_000);

  it('of notes, of what is done, and of what is over', async () => {
    const [id = 0] = await toldOf();
    await changeAppointment(rig.context, admin, id, { notes: 'Ring once' });
    await complete(id);
    await rig.confirm(admin, await rig.order(jane, [], { startsAt: '2026-11-02T09:00:00' }));
    expect((await mailsTo(database, jane.id)).map(({ state }) => state)).toEqual(['sent']);
  });
});

it('those whose calendar is disconnected or switched off are told again', async () => {
  await rig.connect(jane);
  await rig.settle();
  await changeCalendarSettings(rig.context, jane, { calendarSyncEnabled: false });
  await rig.confirm(admin, await rig.order(jane, []));
  await deliver();
  expect(await letters(jane)).toHaveLength(1);
  await changeCalendarSettings(rig.context, jane, { calendarSyncEnabled: true });
  await disconnectCalendar(rig.context, jane, { provider: 'google', removeEvents: true, connectionId: null });
  await rig.settle();
  await rig.confirm(admin, await rig.order(jane, []));
  await deliver();
  expect(await letters(jane)).toHaveLength(2);
});

it('what is forgotten takes its details along', async () => {
  await toldOf();
  await deleteOldMails(database.db, new Date(rig.clock.now().getTime() + DAY));
  const left = await sql`select from mail_changes`.execute(database.db);
  expect(left.rows).toEqual([]);
});

// Last, since it moves the clock far.
it('what comes within the horizon and series that go on send no mail', async () => {
  await toldOf([], 'FREQ=WEEKLY');
  rig.clock.advance(30 * DAY);
  expect((await extendOpenOrders(rig.context)).appointments).toBeGreaterThan(0);
  const { signal } = new AbortController();
  for (const { name, run } of upkeepTasks(rig.context)) {
    if (name === 'roll the horizon on' || name === 'derive times again') await run(rig.clock.now(), signal);
  }
  expect((await mailsTo(database, jane.id)).map(({ state }) => state)).toEqual(['sent']);
});
