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
