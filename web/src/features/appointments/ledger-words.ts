import type { LedgerRowJson } from '../../../../src/api-contract/calendar.ts';
import type { Status } from '../../components/StatusTag.tsx';

const ROLE_WORDS: Readonly<Record<NonNullable<LedgerRowJson['role']>, string>> = {
  customer: 'Customer',
  staff: 'On the team',
  manager: 'Manager',
  admin: 'Administrator',
};

/** Which part somebody plays for the appointment. */
export function roleWord(role: LedgerRowJson['role']): string {
  return role === null ? 'No longer concerned' : ROLE_WORDS[role];
}

/** What the state of an event in somebody's calendar is called. `cancelled`: the appointment is. */
export function ledgerStatus(row: Pick<LedgerRowJson, 'state' | 'role' | 'error'>, cancelled: boolean): Status {
  switch (row.state) {
    case 'synced':
      return { tone: 'good', icon: 'check', word: 'In the calendar' };
    case 'pending':
      if (row.error !== null) return { tone: 'warn', icon: 'clock', word: 'Delayed' };
      return { tone: 'busy', icon: 'clock', word: cancelled || row.role === null ? 'Being removed' : 'On its way' };
    case 'failed':
      return { tone: 'bad', icon: 'alert', word: 'Could not be written' };
    case 'suppressed':
      return { tone: 'quiet', icon: 'eyeOff', word: 'Deleted by its owner' };
    case 'removed':
      return { tone: 'quiet', icon: 'minus', word: 'Removed' };
  }
}

/** Why an event is not in the calendar, or not as it should be; `null` where all is as expected. `mine`: the reader's own. */
export function ledgerReason(
  row: Pick<LedgerRowJson, 'state' | 'role' | 'error'>,
  mine: boolean,
  cancelled: boolean,
): string | null {
  if (row.error !== null) return row.error.message;
  if (row.state === 'suppressed') {
    return mine
      ? 'You deleted it in your calendar. It stays away until you restore it, or until the time or place changes.'
      : 'Its owner deleted it in their calendar. It stays away until they restore it, or until the time or place changes.';
  }
  if (row.state !== 'removed') return null;
  if (cancelled) return 'The appointment was cancelled, so its event was taken off.';
  return row.role === null
    ? 'The appointment no longer concerns them, so its event was taken off.'
    : 'Its event was taken off.';
}
