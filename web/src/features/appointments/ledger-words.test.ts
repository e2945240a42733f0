import { expect, test } from 'vitest';
import { speak } from '../../lib/t.ts';
import { ledgerReason, ledgerStatus, roleWord } from './ledger-words.ts';

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

test('others are not told why the owner of a calendar has to sign in again', async () => {
  const error = { code: 'consent_withdrawn', message: 'The owner has to sign in.', action: 'reconnect' };
  const row = { state: 'pending', role: 'staff', error } as const;
  await speak('de');
  try {
    expect(ledgerReason(row, true, false)).toMatch(/^Sie haben Ihre Zustimmung .* zurückgenommen/);
    expect(ledgerReason(row, false, false)).toMatch(/^Wem dieser Kalender gehört, muss sich dort neu anmelden/);
  } finally {
    await speak('en');
  }
});

test('why an event is not there is said in words', () => {
  const row = { state: 'synced', role: 'staff', error: null } as const;
  expect(ledgerReason(row, true, false)).toBeNull();
  expect(ledgerReason({ ...row, state: 'failed', error: ERROR }, false, false)).toBe('Later.');
  expect(ledgerReason({ ...row, state: 'suppressed' }, true, false)).toContain('until you restore it');
  expect(ledgerReason({ ...row, state: 'suppressed' }, false, false)).toContain('until they restore it');
  expect(ledgerReason({ ...row, state: 'removed' }, false, true)).toContain('was cancelled');
  expect(ledgerReason({ ...row, state: 'removed', role: null }, false, false)).toContain('no longer concerns them');
});
