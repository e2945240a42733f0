import { expect, test } from 'vitest';
import { ledgerStatus, roleWord } from './ledger-words.ts';

const ERROR = { code: 'rate_limited', message: 'Later.', action: null };

test.each([
  ['synced', 'staff', null, 'In the calendar'],
  ['pending', 'staff', null, 'On its way'],
  ['pending', null, null, 'Being removed'],
  ['pending', 'staff', ERROR, 'Delayed'],
  ['failed', 'staff', ERROR, 'Could not be written'],
  ['suppressed', 'staff', null, 'Deleted by its owner'],
  ['removed', null, null, 'Removed'],
] as const)('%s (role %s) is called %s', (state, role, error, word) => {
  expect(ledgerStatus({ state, role, error }, false).word).toBe(word);
});

test('what is on its way of a cancelled appointment is its removal', () => {
  expect(ledgerStatus({ state: 'pending', role: 'staff', error: null }, true).word).toBe('Being removed');
});

test('who is no longer concerned is called that', () => {
  expect(roleWord('staff')).toBe('On the team');
  expect(roleWord(null)).toBe('No longer concerned');
});
