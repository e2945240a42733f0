import { expect, test } from 'vitest';
import { appointment } from '../appointment.fixture.ts';
import { placeClockWords } from './day-words.ts';
import { weekEntries } from './week-entries.ts';

const SARAH = { id: 12, name: 'Sarah Miller' };

test('a visit stands at the reader’s own time and names that of its place', () => {
  const visit = appointment({ time_zone: 'Europe/Paris' });
  const [entry] = weekEntries([visit], SARAH.id, 'Europe/London');
  expect(entry).toMatchObject({
    start: '2026-12-01T09:00',
    title: `Deep clean – Jane Doe – ${placeClockWords(visit, 'Europe/London')}`,
  });
});

test('that one can’t come is said in words; what was ordered for the own home is left out', () => {
  const absent = { ...SARAH, absence: { since: '2026-11-30T08:00:00Z' } };
  const entries = weekEntries(
    [appointment({ staff: [absent] }), appointment({ id: 2, role: 'customer' })],
    SARAH.id,
    'Europe/London',
  );
  expect(entries.map(({ title }) => title)).toEqual(['You can’t come: Deep clean – Jane Doe']);
});
