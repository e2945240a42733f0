import { expect, test } from 'vitest';
import { ruleWords, toRule } from './recurrence.ts';

test('the form’s rhythms become rules', () => {
  expect(toRule('once', 4)).toBeNull();
  expect(toRule('weekly', 4)).toBe('FREQ=WEEKLY;COUNT=4');
  expect(toRule('biweekly', 6)).toBe('FREQ=WEEKLY;INTERVAL=2;COUNT=6');
  expect(toRule('fourWeekly', null)).toBe('FREQ=WEEKLY;INTERVAL=4');
});

test.each([
  ['FREQ=WEEKLY;COUNT=4', 'Every week, 4 visits'],
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=6', 'Every 2 weeks, 6 visits'],
  ['RRULE:FREQ=MONTHLY;UNTIL=20271231T000000Z', 'Every month, until 2027-12-31'],
  ['freq=daily', 'Every day, until cancelled'],
  ['FREQ=WEEKLY;BYDAY=MO,TH', 'Every week on chosen days, until cancelled'],
  ['FREQ=SECONDLY', 'Repeats by a rule of its own'],
  ['', 'Repeats by a rule of its own'],
])('%s reads as %s', (rule, words) => {
  expect(ruleWords(rule)).toBe(words);
});
