import { expect, test } from 'vitest';
import { speak } from '../../lib/t.ts';
import { absenceReason, absenceStatus, ledgerReason, ledgerStatus, roleWord } from './ledger-words.ts';

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
  expect(ledgerStatus({ state, role, error }, false, false).word).toBe(word);
});

test('what is on its way of a cancelled appointment is its removal', () => {
  expect(ledgerStatus({ state: 'pending', role: 'staff', error: null }, false, true).word).toBe('Being removed');
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
  expect(ledgerReason({ ...row, state: 'suppressed' }, true, false)).toContain('until you put it back');
  expect(ledgerReason({ ...row, state: 'suppressed' }, false, false)).toContain('until they put it back');
  expect(ledgerReason({ ...row, state: 'removed' }, false, true)).toContain('was cancelled');
  expect(ledgerReason({ ...row, state: 'removed', role: null }, false, false)).toContain('no longer concerns them');
});

test('its owner is told that it was they who deleted it', async () => {
  const row = { state: 'suppressed', role: 'staff', error: null } as const;
  expect(ledgerStatus(row, true, false).word).toBe('You deleted it in your calendar');
  await speak('de');
  try {
    expect(ledgerStatus(row, true, false).word).toBe('Von Ihnen im Kalender gelöscht');
  } finally {
    await speak('en');
  }
});

test.each([
  ['no_calendar', 'No calendar connected', 'once a calendar is connected'],
  ['sync_off', 'Calendar sync is switched off', 'sync is switched off'],
  ['account_closed', 'Not in a calendar', 'account is closed'],
  ['cancelled', 'Not in a calendar', 'was cancelled'],
  ['over', 'Not in a calendar', 'was over before'],
  ['beyond_horizon', 'Comes later', 'by itself on Thursday, December 3, or the day after'],
  ['being_filled', 'On its way', 'is being filled'],
] as const)('without a calendar because of %s: %s', (reason, word, why) => {
  const expected_at = reason === 'beyond_horizon' ? '2026-12-03T09:00:00Z' : null;
  expect(absenceStatus(reason).word).toBe(word);
  expect(absenceReason({ reason, expected_at }, 'Europe/London', new Date('2026-11-20T09:00:00Z'))).toContain(why);
});

test('an event that was taken off because sync is off says so', () => {
  const row = { state: 'removed', role: 'staff', error: null } as const;
  expect(ledgerReason(row, true, false, 'sync_off')).toContain('sync is switched off');
  expect(ledgerReason({ ...row, role: null }, true, false)).toContain('no longer concerns them');
});
