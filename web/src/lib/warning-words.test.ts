import { expect, test } from 'vitest';
import { speak } from './t.ts';
import { warningWords } from './warning-words.ts';

const OVERLAP = {
  code: 'overlap',
  message: 'Staff member 4 has appointment 34 at the same time as appointment 36.',
  appointment_id: 36,
  staff_id: 4,
  overlap: {
    staff_name: 'Sarah Miller',
    appointment_id: 34,
    customer_name: 'Omar Haddad',
    starts_at: '2026-12-01T09:00:00Z',
    ends_at: '2026-12-01T11:00:00Z',
    time_zone: 'Europe/London',
  },
};
const NOW = new Date('2026-11-20T09:00:00Z');

test('an overlap names the person, the other customer and the time', async () => {
  expect(warningWords(OVERLAP, NOW)).toMatch(
    /^Sarah Miller is with Omar Haddad at the same time: Tuesday, December 1, 0?9:00.+11:00.*\.$/,
  );
  await speak('de');
  try {
    expect(warningWords(OVERLAP, NOW)).toMatch(/^Sarah Miller ist zur selben Zeit bei Omar Haddad: .*Dezember/);
  } finally {
    await speak('en');
  }
});

test('an absence names the person and the days', async () => {
  const days = { staff_name: 'Sarah Miller', from: '2026-11-30', until: '2026-12-02', note: 'Fever' };
  const warning = { code: 'staff_absent', message: 'Staff member 4 can’t come.', absence: days };
  expect(warningWords(warning)).toMatch(/^Sarah Miller can’t come from Mon,? .*30.* to Wed,? .*2.*\.$/);
  expect(warningWords({ ...warning, absence: { ...days, until: days.from } })).toMatch(/can’t come on Mon,? .*30/);
  await speak('de');
  try {
    expect(warningWords(warning)).toMatch(/^Sarah Miller ist von Mo.* bis Mi.* verhindert\.$/);
  } finally {
    await speak('en');
  }
});

test('other warnings are said as the server says them', () => {
  expect(warningWords({ code: 'moved_out_of_gap', message: 'The clocks go forward.' })).toBe('The clocks go forward.');
});
