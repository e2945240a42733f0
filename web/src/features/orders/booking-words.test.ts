import { expect, test } from 'vitest';
import { formatDay, formatTime } from '../../lib/time.ts';
import { bookingWords } from './booking-words.ts';

const NOW = new Date('2026-11-30T12:00:00Z');
const DEEP = { price_cents: 6000, currency: 'GBP' };
const TUESDAY = { date: '2026-12-01', time: '09:00', rhythm: 'once', ends: 'count', visits: 4 } as const;

const day = (date: string): string => formatDay(new Date(`${date}T09:00:00Z`), 'UTC', NOW);
const NINE = formatTime('2026-12-01T09:00:00Z', 'UTC');

test('a single visit', () => {
  expect(bookingWords(TUESDAY, DEEP, NOW)).toEqual([`Once, on ${day('2026-12-01')} at ${NINE}.`, 'It costs £60.00.']);
});

test('visits that end name the last, and what all of them cost', () => {
  expect(bookingWords({ ...TUESDAY, rhythm: 'biweekly' }, DEEP, NOW)).toEqual([
    `Every 2 weeks at ${NINE}, 4 visits: the first on ${day('2026-12-01')}, the last on ${day('2027-01-12')}.`,
    '£60.00 a visit, £240.00 for all 4.',
  ]);
});

test('visits without an end', () => {
  expect(bookingWords({ ...TUESDAY, rhythm: 'fourWeekly', ends: 'never', visits: '' }, DEEP, NOW)).toEqual([
    `Every 4 weeks at ${NINE} from ${day('2026-12-01')}, until you cancel the order.`,
    '£60.00 a visit.',
  ]);
});

test('what is not filled in yet is not said', () => {
  expect(bookingWords({ ...TUESDAY, date: '' }, null, NOW)).toEqual([]);
  expect(bookingWords({ ...TUESDAY, time: '' }, DEEP, NOW)).toEqual(['It costs £60.00.']);
  expect(bookingWords({ ...TUESDAY, rhythm: 'weekly', visits: '' }, DEEP, NOW)).toEqual(['£60.00 a visit.']);
  expect(bookingWords({ ...TUESDAY, rhythm: 'weekly', visits: 99 }, null, NOW)).toEqual([]);
});
