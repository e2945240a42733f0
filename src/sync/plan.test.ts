import { expect, test } from 'vitest';
import { planLink, type LinkRecord, type Target } from './plan.ts';

const LINK: LinkRecord = {
  ...{ id: 1, key: 'link', appointmentId: 1, generation: 1, state: 'pending', priority: 0, desired: 1 },
  dueAt: new Date('2026-11-20T09:00:00Z'),
  ...{ wasInFlight: false, recheck: false, asked: true, corrections: 0, attempts: 0 },
  ...{ event: null, formerCalendarId: null, hiddenRemoteId: null, webLink: null },
  ...{ appliedHash: null, appliedShape: null, suppressedShape: null },
};
const TARGET: Target = { kind: 'present', fields: { title: 'Deep clean' }, hash: 'hash', shape: 'shape' };

test.each([
  ['a first create is only made', false],
  ['a create that was never answered is looked up before it is repeated', true],
])('%s', (_, wasInFlight) => {
  expect(planLink({ ...LINK, wasInFlight }, TARGET)).toMatchObject({
    kind: 'call',
    operation: { kind: 'create', key: { link: 'link', generation: 1 }, repeated: wasInFlight },
  });
});
