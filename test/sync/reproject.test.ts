import { expect, it } from 'vitest';
import { reprojectIfChanged } from '../../src/use-cases/calendar/reproject.ts';
import { openTestDatabase } from '../support/database.ts';
import { calendarOf, startRig } from './rig.ts';

it('events that look different after an update of the program are written again, the others cost nothing', async () => {
  const opened = await openTestDatabase();
  const rig = await startRig(opened.database);
  const admin = await rig.person('admin');
  const jane = await rig.person('customer', null, 'Jane Doe');
  const sarah = await rig.person('staff', null, 'Sarah Miller');
  for (const person of [jane, sarah]) await rig.connect(person);
  await rig.confirm(admin, await rig.order(jane, [sarah], { rrule: 'FREQ=DAILY;COUNT=30' }));
  await rig.settle();
  expect(await reprojectIfChanged(rig.context)).toBe(false);
  await rig.worker.stop();

  // The business has a new name, which stands in the customers' titles only; a node starts with it.
  Object.assign(rig.context.settings, { businessName: 'Shine' });
  expect(await reprojectIfChanged(rig.context)).toBe(true);
  expect(await reprojectIfChanged(rig.context)).toBe(false);
  const calls = rig.google.calls.length;
  const node = rig.secondWorker();
  await node.sweep();
  await node.idle();
  const titles = rig.google.events(calendarOf(jane)).map(({ fields }) => fields['title']);
  expect(titles).toEqual(Array.from({ length: 30 }, () => 'Shine: Deep clean'));
  const written = rig.google.calls.slice(calls).map(({ session }) => session.calendarId);
  expect(written).not.toContain(calendarOf(sarah));
  expect(rig.errors).toEqual([]);
  await rig.close();
  await opened.close();
});
