import type { LedgerRowJson } from '../../../../src/api-contract/calendar.ts';
import type { Status } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';
import { troubleOfOthers, troubleWords } from '../../lib/trouble-words.ts';

/** Which part somebody plays for the appointment. */
export function roleWord(role: LedgerRowJson['role']): string {
  return role === null ? t('appointments.ledger.noRole') : t(`appointments.ledger.role.${role}`);
}

/** What the state of an event in somebody's calendar is called. `cancelled`: the appointment is. */
export function ledgerStatus(row: Pick<LedgerRowJson, 'state' | 'role' | 'error'>, cancelled: boolean): Status {
  switch (row.state) {
    case 'synced':
      return { tone: 'good', icon: 'check', word: t('appointments.ledger.synced') };
    case 'pending':
      if (row.error !== null) return { tone: 'warn', icon: 'clock', word: t('appointments.ledger.delayed') };
      return { tone: 'busy', icon: 'clock', word: pendingWord(cancelled || row.role === null) };
    case 'failed':
      return { tone: 'bad', icon: 'alert', word: t('appointments.ledger.failed') };
    case 'suppressed':
      return { tone: 'quiet', icon: 'eyeOff', word: t('appointments.ledger.suppressed') };
    case 'removed':
      return { tone: 'quiet', icon: 'minus', word: t('appointments.ledger.removed') };
  }
}

function pendingWord(leaving: boolean): string {
  return leaving ? t('appointments.ledger.beingRemoved') : t('appointments.ledger.onItsWay');
}

/** Why an event is not in the calendar, or not as it should be; `null` where all is as expected. `mine`: the reader's own. */
export function ledgerReason(
  row: Pick<LedgerRowJson, 'state' | 'role' | 'error'>,
  mine: boolean,
  cancelled: boolean,
): string | null {
  if (row.error !== null) return mine ? troubleWords(row.error) : troubleOfOthers(row.error);
  if (row.state === 'suppressed') {
    return mine ? t('appointments.ledger.whySuppressedByYou') : t('appointments.ledger.whySuppressed');
  }
  if (row.state !== 'removed') return null;
  if (cancelled) return t('appointments.ledger.whyCancelled');
  return row.role === null ? t('appointments.ledger.whyNoRole') : t('appointments.ledger.whyRemoved');
}
