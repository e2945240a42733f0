import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BusinessError } from '../domain/errors.ts';
import { loadZones } from '../zones/zones.ts';
import { occurrenceWalls, placeOccurrence, type SeriesWindow } from './recurrence.ts';
import { parseRecurrence } from './recurrence-rule.ts';

const zones = loadZones();
const LONDON = 'Europe/London';
const HALF_A_YEAR: SeriesWindow = { after: null, upTo: '2027-06-01T00:00:00', most: 1000 };

function expand(text: string, wall: string, window: Partial<SeriesWindow> = {}, timeZone = LONDON): string[] {
  return occurrenceWalls(parseRecurrence(text), { wall, timeZone }, { ...HALF_A_YEAR, ...window }, zones);
}

function instants(text: string, wall: string, timeZone = LONDON): string[] {
  return expand(text, wall, {}, timeZone).map((at) => placeOccurrence(zones, timeZone, at).startsAt.toISOString());
}

function refusal(text: string, wall = '2026-12-01T09:00:00'): string {
  try {
    expand(text, wall);
  } catch (error) {
    if (error instanceof BusinessError) return error.code;
    throw error;
  }
  return 'none';
}

describe('a series keeps its wall time', () => {
  it('when clocks go forward', () => {
    expect(instants('FREQ=WEEKLY;COUNT=3', '2027-03-21T09:00:00')).toEqual([
      '2027-03-21T09:00:00.000Z',
      '2027-03-28T08:00:00.000Z',
      '2027-04-04T08:00:00.000Z',
    ]);
  });

  it('when clocks go back', () => {
    expect(instants('FREQ=DAILY;COUNT=3', '2026-10-24T09:00:00')).toEqual([
      '2026-10-24T08:00:00.000Z',
      '2026-10-25T09:00:00.000Z',
      '2026-10-26T09:00:00.000Z',
    ]);
  });

  it('on the southern side of the world', () => {
    expect(instants('FREQ=WEEKLY;COUNT=2', '2027-04-03T10:00:00', 'Australia/Sydney')).toEqual([
      '2027-04-02T23:00:00.000Z',
      '2027-04-10T00:00:00.000Z',
    ]);
  });
});

describe('the nights of change', () => {
  it('moves an occurrence in the gap forward by its length, and only that one', () => {
    const walls = expand('FREQ=DAILY;COUNT=3', '2027-03-27T01:30:00');
    expect(walls).toEqual(['2027-03-27T01:30:00', '2027-03-28T01:30:00', '2027-03-29T01:30:00']);
    expect(walls.map((wall) => placeOccurrence(zones, LONDON, wall))).toEqual([
      { startsWall: '2027-03-27T01:30:00', startsAt: new Date('2027-03-27T01:30:00Z'), moved: false },
      { startsWall: '2027-03-28T02:30:00', startsAt: new Date('2027-03-28T01:30:00Z'), moved: true },
      { startsWall: '2027-03-29T01:30:00', startsAt: new Date('2027-03-29T00:30:00Z'), moved: false },
    ]);
  });

  it('moves by half an hour where the gap is half an hour long', () => {
    const placed = placeOccurrence(zones, 'Australia/Lord_Howe', '2026-10-04T02:10:00');
    expect(placed).toMatchObject({ startsWall: '2026-10-04T02:40:00', moved: true });
  });

  it('takes the first of two equal wall times', () => {
    const placed = placeOccurrence(zones, LONDON, '2026-10-25T01:30:00');
    expect(placed).toEqual({
      startsWall: '2026-10-25T01:30:00',
      startsAt: new Date('2026-10-25T00:30:00Z'),
      moved: false,
    });
  });
});

describe('the parts of a rule', () => {
  it('COUNT counts the first one, whether the rule names its day or not', () => {
    expect(expand('FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3', '2026-12-01T09:00:00')).toEqual([
      '2026-12-01T09:00:00',
      '2026-12-03T09:00:00',
      '2026-12-07T09:00:00',
    ]);
    expect(expand('FREQ=WEEKLY;COUNT=1', '2026-12-01T09:00:00')).toEqual(['2026-12-01T09:00:00']);
  });

  it('INTERVAL and WKST decide which weeks count', () => {
    expect(expand('FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '2026-12-01T09:00:00')).toEqual([
      '2026-12-01T09:00:00',
      '2026-12-06T09:00:00',
      '2026-12-15T09:00:00',
      '2026-12-20T09:00:00',
    ]);
    expect(expand('FREQ=WEEKLY;INTERVAL=2;COUNT=3;BYDAY=TU,SU;WKST=SU', '2026-12-01T09:00:00')).toEqual([
      '2026-12-01T09:00:00',
      '2026-12-13T09:00:00',
      '2026-12-15T09:00:00',
    ]);
  });

  it('days of the month, also counted from the end', () => {
    expect(expand('FREQ=MONTHLY;BYDAY=-1FR;COUNT=3', '2026-11-27T09:00:00')).toEqual([
      '2026-11-27T09:00:00',
      '2026-12-25T09:00:00',
      '2027-01-29T09:00:00',
    ]);
    expect(expand('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=2', '2026-12-01T09:00:00')).toEqual([
      '2026-12-01T09:00:00',
      '2027-01-01T09:00:00',
    ]);
    expect(expand('FREQ=MONTHLY;COUNT=3', '2027-01-31T09:00:00')).toEqual([
      '2027-01-31T09:00:00',
      '2027-03-31T09:00:00',
      '2027-05-31T09:00:00',
    ]);
  });

  it('UNTIL as a date takes in that day at its place', () => {
    expect(expand('FREQ=DAILY;UNTIL=20261203', '2026-12-01T23:30:00')).toEqual([
      '2026-12-01T23:30:00',
      '2026-12-02T23:30:00',
      '2026-12-03T23:30:00',
    ]);
  });

  it('UNTIL in UTC is compared as an instant, and its own moment counts', () => {
    const kiritimati = 'Pacific/Kiritimati';
    const walls = expand('FREQ=DAILY;UNTIL=20261201T190000Z', '2026-12-01T09:00:00', {}, kiritimati);
    expect(walls).toEqual(['2026-12-01T09:00:00', '2026-12-02T09:00:00']);
    expect(expand('FREQ=DAILY;UNTIL=20261201T185959Z', '2026-12-01T09:00:00', {}, kiritimati)).toHaveLength(1);
  });

  it('takes lower case and the property name', () => {
    expect(parseRecurrence('rrule:freq=weekly;count=2').text).toBe('FREQ=WEEKLY;COUNT=2');
  });
});

describe('rules without an end', () => {
  it('go as far as the window, and on from where they were', () => {
    const first = expand('FREQ=WEEKLY', '2026-12-01T09:00:00', { upTo: '2026-12-20T00:00:00' });
    expect(first).toEqual(['2026-12-01T09:00:00', '2026-12-08T09:00:00', '2026-12-15T09:00:00']);
    const more = expand('FREQ=WEEKLY', '2026-12-01T09:00:00', {
      after: '2026-12-20T00:00:00',
      upTo: '2026-12-29T09:00:00',
    });
    expect(more).toEqual(['2026-12-22T09:00:00', '2026-12-29T09:00:00']);
  });

  it('give the first one even beyond the window', () => {
    expect(expand('FREQ=WEEKLY', '2028-12-01T09:00:00')).toEqual(['2028-12-01T09:00:00']);
  });

  it('give the same whether asked for at once or piece by piece', () => {
    const rules = [
      'FREQ=DAILY',
      'FREQ=WEEKLY;INTERVAL=3;BYDAY=SA,WE',
      'FREQ=MONTHLY;BYMONTHDAY=-1',
      'FREQ=DAILY;INTERVAL=5',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...rules),
        fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 8 }),
        (rule, days) => {
          const start = '2026-12-01T09:00:00';
          const at = (day: number): string =>
            new Date(Date.parse(`${start}Z`) + day * 86_400_000).toISOString().slice(0, 19);
          const stops = [...new Set(days), 401].toSorted((a, b) => a - b).map(at);
          const pieces = stops.flatMap((upTo, i) => expand(rule, start, { after: stops[i - 1] ?? null, upTo }));
          expect(pieces).toEqual(expand(rule, start, { upTo: at(401) }));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('say that there are too many by one more than asked for', () => {
    expect(expand('FREQ=DAILY', '2000-01-01T09:00:00', { most: 100 })).toHaveLength(101);
    expect(expand('FREQ=DAILY;UNTIL=20501231', '2026-12-01T09:00:00', { most: 10 })).toHaveLength(11);
    expect(expand('FREQ=DAILY;COUNT=999999999', '2026-12-01T09:00:00', { most: 10 })).toHaveLength(11);
  });
});

describe('what is refused', () => {
  it.each([
    '',
    'junk',
    'FREQ=',
    'COUNT=4',
    'FREQ=HOURLY',
    'FREQ=MINUTELY;COUNT=2',
    'FREQ=SECONDLY',
    'FREQ=FORTNIGHTLY',
    'FREQ=WEEKLY;COUNT=4;UNTIL=20270101',
    'FREQ=WEEKLY;COUNT=0',
    'FREQ=WEEKLY;COUNT=-1',
    'FREQ=WEEKLY;COUNT=1.5',
    'FREQ=WEEKLY;COUNT=4;COUNT=5',
    'FREQ=WEEKLY;INTERVAL=0',
    'FREQ=WEEKLY;UNTIL=soon',
    'FREQ=WEEKLY;UNTIL=20270230',
    'FREQ=WEEKLY;UNTIL=20261101',
    'FREQ=WEEKLY;UNTIL=20261201T085959Z',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=WEEKLY;BYMONTHDAY=3',
    'FREQ=MONTHLY;BYDAY=6MO',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=MONTHLY;BYMONTHDAY=0',
    'FREQ=MONTHLY;BYSETPOS=1',
    'FREQ=YEARLY;BYMONTH=13',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3',
    'FREQ=DAILY;INTERVAL=7;BYDAY=WE',
    'FREQ=YEARLY;COUNT=900',
    'FREQ=DAILY;UNTIL=20991231',
    'FREQ=DAILY;UNTIL=99991231T235959Z',
    'FREQ=DAILY;UNTIL=00000101T000000Z',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYHOUR=9,15',
    'FREQ=WEEKLY;WKST=1',
    'FREQ=WEEKLY;X-THING=1',
    'FREQ=WEEKLY\nDTSTART:20200101T000000Z',
    'RSCALE=CHINESE;FREQ=YEARLY',
  ])('%j', (text) => {
    expect(refusal(text)).toBe('invalid_recurrence');
  });

  it('never answers junk with anything but a refusal', () => {
    const junk = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .array(
          fc.constantFrom('FREQ=DAILY', 'FREQ=YEARLY', 'COUNT=3', 'BYDAY=2MO', 'BYWEEKNO=53', 'BYYEARDAY=-366', 'X=1'),
          {
            maxLength: 5,
          },
        )
        .map((parts) => parts.join(';')),
    );
    fc.assert(
      fc.property(junk, (text) => {
        expect(['none', 'invalid_recurrence']).toContain(refusal(text));
      }),
    );
  });
});
