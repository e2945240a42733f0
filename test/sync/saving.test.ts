import { beforeAll, beforeEach, expect, it } from 'vitest';
import { changeAppointment, SETTLE_MS } from '../../src/use-cases/change-appointment.ts';
import { cancelAppointment } from '../../src/use-cases/cancel-appointment.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { calendarOf, type Rig } from './rig.ts';
import { shareRig } from './share-rig.ts';

/* Several saves in a row are one call for each of those who see the difference. */

let rig: Rig;
let admin: Caller;
let sarah: Caller;
let jane: Caller;
let id: number;

shareRig((shared) => {
  ({ rig, admin } = shared);
});

beforeAll(() => rig.connect(admin));

beforeEach(async () => {
  sarah = await rig.person('staff', null, 'Sarah Miller');
  jane = await rig.person('customer', null, 'Jane Doe');
  await rig.connect(sarah);
  await rig.connect(jane);
  const [made] = await rig.confirm(admin, await rig.order(jane, [sarah]));
  await rig.settle();
  id = made ?? expect.fail('no appointment');
});

function callsFor(person: Caller): number {
  const own = rig.google.calls.filter(({ session }) => session.calendarId === calendarOf(person));
  return own.flatMap(({ operations }) => operations).length;
}

it('ten saves within two seconds are one call for each recipient', async () => {
  const before = [admin, sarah, jane].map(callsFor);
  for (let save = 0; save < 10; save += 1) {
    await changeAppointment(rig.context, admin, id, { startsAt: `2026-12-0${1 + (save % 9)}T10:00:00` });
    rig.clock.advance((SETTLE_MS - 1) / 10);
    await rig.worker.idle();
  }
  rig.clock.advance(SETTLE_MS);
  await rig.settle();
  expect([admin, sarah, jane].map(callsFor)).toEqual(before.map((calls) => calls + 1));
  expect(rig.google.events(calendarOf(jane))[0]?.fields['startsAt']).toBe('2026-12-01T10:00:00.000Z');
});

it('none for those who see no difference', async () => {
  const before = [sarah, jane].map(callsFor);
  await changeAppointment(rig.context, admin, id, { internalNotes: 'Pays late' });
  await rig.settle();
  expect([sarah, jane].map(callsFor)).toEqual(before);
});

it('the wait is bounded: further saves do not prolong it', async () => {
  await changeAppointment(rig.context, admin, id, { notes: 'first' });
  rig.clock.advance(SETTLE_MS - 1);
  await changeAppointment(rig.context, admin, id, { notes: 'second' });
  rig.clock.advance(1);
  await expect.poll(() => String(rig.google.events(calendarOf(jane))[0]?.fields['description'])).toContain('second');
});

it('what people wait for does not wait: a cancellation is carried out at once', async () => {
  await changeAppointment(rig.context, admin, id, { notes: 'never seen' });
  await cancelAppointment(rig.context, admin, id);
  await expect.poll(() => rig.google.events(calendarOf(jane))).toEqual([]);
});
