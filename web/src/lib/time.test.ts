import { describe, expect, test, vi } from 'vitest';
import { speak } from './t.ts';
import {
  arrivalWords,
  dayAround,
  dayWord,
  foreignZone,
  formatAgo,
  formatDay,
  formatDuration,
  formatShortDay,
  formatSince,
  formatTimes,
  instantOf,
  momentTimes,
  timesThere,
  visitTimes,
  wallClock,
  zoneName,
} from './time.ts';

const LONDON = 'Europe/London';
const NOW = new Date('2026-11-30T12:00:00Z');

describe('wallClock', () => {
  test('reads the clock of the zone, not of the reader', () => {
    expect(wallClock('2026-12-01T09:00:00+00:00', 'America/New_York')).toEqual({ date: '2026-12-01', time: '04:00' });
    expect(wallClock('2026-07-01T09:00:00Z', LONDON)).toEqual({ date: '2026-07-01', time: '10:00' });
  });

  test('calls midnight 00:00', () => {
    expect(wallClock('2026-12-01T00:00:00Z', LONDON)).toEqual({ date: '2026-12-01', time: '00:00' });
  });
});

describe('dayWord', () => {
  test('goes by the days of the visit’s zone', () => {
    expect(dayWord('2026-11-30T23:30:00Z', LONDON, NOW)).toBe('Today');
    expect(dayWord('2026-12-01T00:30:00Z', LONDON, NOW)).toBe('Tomorrow');
    expect(dayWord('2026-12-01T00:30:00Z', 'America/New_York', NOW)).toBe('Today');
    expect(dayWord('2026-11-29T09:00:00Z', LONDON, NOW)).toBe('Yesterday');
    expect(dayWord('2026-12-03T09:00:00Z', LONDON, NOW)).toBeNull();
  });
});

describe('formatDay', () => {
  test('names the year only when it is another one', () => {
    expect(formatDay('2026-12-01T09:00:00Z', LONDON, NOW)).not.toContain('2026');
    expect(formatDay('2027-01-05T09:00:00Z', LONDON, NOW)).toContain('2027');
  });
});

describe('formatShortDay', () => {
  test('names the year where it is told what year it is, and it is another one', () => {
    expect(formatShortDay('2026-12-31T09:00:00Z', LONDON, NOW)).not.toContain('2026');
    expect(formatShortDay('2066-12-31T09:00:00Z', LONDON, NOW)).toContain('2066');
    expect(formatShortDay('2066-12-31T09:00:00Z', LONDON)).not.toContain('2066');
  });
});

test.each(['en-GB', 'en-US', 'de-CH'] as const)(
  'days of this year and of others are written alike in %s',
  async (tag) => {
    vi.stubGlobal('navigator', { language: tag, languages: [tag] });
    try {
      await speak(tag === 'de-CH' ? 'de' : 'en');
      const afterWeekday = (day: string): string | undefined =>
        /^\p{L}+([^\p{L}\d]+)/u.exec(formatDay(day, LONDON, NOW))?.[1];
      expect(afterWeekday('2027-01-04')).toBe(afterWeekday('2026-12-28'));
      expect(afterWeekday('2027-01-04')).toBeDefined();
    } finally {
      vi.unstubAllGlobals();
      await speak('en');
    }
  },
);

describe('formatTimes', () => {
  test('names the day of an end on another day', () => {
    expect(formatTimes('2026-12-01T09:00:00Z', '2026-12-01T11:00:00Z', LONDON)).toMatch(/^09:00.* – 11:00/);
    expect(formatTimes('2026-12-01T23:00:00Z', '2026-12-02T01:00:00Z', LONDON)).toMatch(/– \D*2.*01:00/);
  });
});

describe('formatAgo', () => {
  test.each([
    ['2026-11-30T11:59:40Z', 'just now'],
    ['2026-11-30T12:00:20Z', 'in a moment'],
    ['2026-11-30T11:55:00Z', '5 minutes ago'],
    ['2026-11-30T14:00:00Z', 'in 2 hours'],
    ['2026-11-27T12:00:00Z', '3 days ago'],
  ])('%s is %s', (instant, words) => {
    expect(formatAgo(instant, NOW)).toBe(words);
  });

  test('beyond a week it names the day', () => {
    expect(formatAgo('2026-10-30T12:00:00Z', NOW)).toContain('2026');
  });
});

describe('formatSince', () => {
  test.each([
    ['2026-11-30T11:59:58Z', 'just now'],
    ['2026-11-30T11:59:57Z', '3 s ago'],
    ['2026-11-30T11:59:01Z', '59 s ago'],
    ['2026-11-30T11:59:00Z', '1 minute ago'],
    // The server's clock may be ahead.
    ['2026-11-30T12:00:05Z', 'in a moment'],
  ])('%s is %s', (instant, words) => {
    expect(formatSince(instant, NOW)).toBe(words);
  });
});

describe('foreignZone', () => {
  test('is silent in the reader’s own zone', () => {
    expect(foreignZone(LONDON, LONDON)).toBeNull();
  });

  test('names the city otherwise', () => {
    expect(foreignZone('America/New_York', LONDON)).toBe('New York time');
    expect(foreignZone('America/Argentina/Buenos_Aires', LONDON)).toBe('Buenos Aires time');
    expect(foreignZone('UTC', LONDON)).toBe('UTC');
  });
});

describe('arrivalWords', () => {
  test('tells the window in the zone of the visit', () => {
    const words = arrivalWords('2026-07-01T08:00:00Z', 30, LONDON);
    expect(words).toMatch(/^We arrive between 09:00.* and 09:30/);
  });

  test('names the day of an end on another day', () => {
    expect(arrivalWords('2026-12-01T09:00:00Z', 1440, LONDON)).toMatch(/^We arrive between 09:00.* and \D*2\b.*09:00/);
  });

  test('is silent without a window', () => {
    expect(arrivalWords('2026-07-01T08:00:00Z', null, LONDON)).toBeNull();
    expect(arrivalWords('2026-07-01T08:00:00Z', 0, LONDON)).toBeNull();
  });
});

describe('visitTimes', () => {
  const [START, END] = ['2026-12-01T09:15:00Z', '2026-12-01T11:15:00Z'];

  test('are those of the reader’s clock, with the place’s by name where it differs', () => {
    expect(visitTimes(START, END, LONDON, LONDON)).toBe(formatTimes(START, END, LONDON));
    expect(visitTimes(START, END, LONDON, 'Europe/Berlin')).toBe(
      `${formatTimes(START, END, 'Europe/Berlin')} (${formatTimes(START, END, LONDON)} London time)`,
    );
    expect(visitTimes(START, null, LONDON, 'Europe/Berlin')).toMatch(/^10:15.* \(09:15.* London time\)$/);
  });

  test('say nothing of a place whose clocks show the same, and name a day that is another', () => {
    expect(timesThere(START, END, 'Europe/Lisbon', LONDON)).toBeNull();
    expect(timesThere(START, null, 'Pacific/Kiritimati', 'Pacific/Honolulu')).toMatch(/1.*11:15.* Kiritimati time$/);
  });

  test('a moment follows the same rule', () => {
    expect(momentTimes(START, LONDON, 'Europe/Berlin')).toMatch(/^Dec 1, 2026.* 10:15.* \(09:15.* London time\)$/);
    expect(momentTimes(START, LONDON, LONDON)).toMatch(/^Dec 1, 2026.* 9:15 AM$/);
  });
});

test('durations', () => {
  expect(formatDuration(150)).toBe('2 h 30 min');
  expect(formatDuration(60)).toBe('1 h');
  expect(formatDuration(45)).toBe('45 min');
  expect(formatDuration(0)).toBe('0 min');
});

describe('instantOf', () => {
  test.each([
    ['2026-12-01', '09:00', LONDON, '2026-12-01T09:00:00.000Z'],
    ['2026-07-01', '09:00', LONDON, '2026-07-01T08:00:00.000Z'],
    ['2026-12-01', '09:00', 'America/New_York', '2026-12-01T14:00:00.000Z'],
    ['2026-12-01', '09:00', 'Pacific/Kiritimati', '2026-11-30T19:00:00.000Z'],
    // The night in which clocks go back: the first of two.
    ['2026-10-25', '01:30', LONDON, '2026-10-25T00:30:00.000Z'],
    // The day after the change, and the hour after it.
    ['2027-03-28', '03:00', LONDON, '2027-03-28T02:00:00.000Z'],
    // Skipped: forward by the gap.
    ['2027-03-28', '01:30', LONDON, '2027-03-28T01:30:00.000Z'],
  ])('%s %s in %s', (date, time, zone, instant) => {
    expect(instantOf({ date, time }, zone)?.toISOString()).toBe(instant);
  });

  test('is nothing while a date is being typed', () => {
    expect(instantOf({ date: '', time: '09:00' }, LONDON)).toBeNull();
  });
});

test('a zone is named by its place and its clock', () => {
  expect(zoneName(LONDON, new Date('2026-07-01T12:00:00Z'))).toMatch(/^Europe\/London time \((BST|GMT\+1)\)$/);
  expect(zoneName('America/New_York', NOW)).toMatch(/^America\/New York time \((EST|GMT-5)\)$/);
});

test('the day around a moment begins and ends at midnight of the reader', () => {
  const { from, to } = dayAround(new Date('2026-12-01T09:00:00'));
  expect([new Date(from).getHours(), new Date(to).getHours()]).toEqual([0, 0]);
  expect(Date.parse(to) - Date.parse(from)).toBe(24 * 60 * 60 * 1000);
});
