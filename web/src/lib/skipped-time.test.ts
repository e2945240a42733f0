import { expect, test } from 'vitest';
import { messageOf, problemFrom } from './problem.ts';
import { skippedTimeWords } from './skipped-time.ts';
import { speak } from './t.ts';

const LONDON = {
  time: '2027-03-28T01:30:00',
  time_zone: 'Europe/London',
  before: '2027-03-28T00:30:00+00:00',
  after: '2027-03-28T02:30:00+01:00',
};
/** Clocks go forward at midnight there. */
const SANTIAGO = {
  time: '2026-09-06T00:30:00',
  time_zone: 'America/Santiago',
  before: '2026-09-05T23:30:00-04:00',
  after: '2026-09-06T01:30:00-03:00',
};

test('a skipped time is told with its neighbours, as the clock of the place shows them', () => {
  expect(skippedTimeWords(LONDON)).toBe(
    'There is no 01:30 AM on Sun, Mar 28: clocks go forward. Choose 12:30 AM or 02:30 AM.',
  );
});

test('a neighbour on another day is told with its day', () => {
  expect(skippedTimeWords(SANTIAGO)).toContain('Choose Sat, Sep 5, 11:30 PM or 01:30 AM.');
});

test('without its parameters there is nothing to tell', () => {
  expect(skippedTimeWords({ time: '2027-03-28T01:30:00' })).toBeNull();
});

test('people at a form read it in their language beside the field, and no instants', async () => {
  const detail = '01:30 on 2027-03-28 does not exist. Choose 2027-03-28T00:30:00+00:00 or 2027-03-28T02:30:00+01:00.';
  const code = 'time_does_not_exist';
  const errors = [{ field: 'starts_at', message: detail, code, params: LONDON }];
  const refused = (): Response => Response.json({ code, detail, errors }, { status: 422 });
  const english = await problemFrom(refused());
  expect(english.fields).toEqual([{ field: 'starts_at', message: skippedTimeWords(LONDON) }]);
  expect(messageOf(english)).toBe('Clocks skip this time');
  await speak('de');
  try {
    const german = await problemFrom(refused());
    expect(german.fields).toEqual([
      {
        field: 'starts_at',
        message:
          'Am So., 28. März gibt es 01:30 Uhr nicht: Die Uhren werden vorgestellt. Wählen Sie 00:30 Uhr oder 02:30 Uhr.',
      },
    ]);
    expect(messageOf(german)).toBe('Die Uhren überspringen diese Zeit');
  } finally {
    await speak('en');
  }
});
