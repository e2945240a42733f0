import type { LedgerRowJson, WithoutCalendarJson } from '../../../../src/api-contract/ledger.ts';
import type { Status } from '../../components/StatusTag.tsx';
import { formatDay } from '../../lib/time.ts';
import { t } from '../../lib/t.ts';
import { troubleOfOthers, troubleWords } from '../../lib/trouble-words.ts';

export type AbsenceReason = WithoutCalendarJson['reason'];

/** Which part somebody plays for the appointment. */
export function roleWord(role: LedgerRowJson['role']): string {
  return role === null ? t('appointments.ledger.noRole') : t(`appointments.ledger.role.${role}`);
}

/** What the state of an event in somebody's calendar is called. `cancelled`: the appointment is; `mine`: the reader's own. */
export function ledgerStatus(
  row: Pick<LedgerRowJson, 'state' | 'role' | 'error'>,
  mine: boolean,
  cancelled: boolean,
): Status {
  switch (row.state) {
    case 'synced':
      return { tone: 'good', icon: 'check', word: t('appointments.ledger.synced') };
    case 'pending':
      if (row.error !== null) return { tone: 'warn', icon: 'clock', word: t('appointments.ledger.delayed') };
      return { tone: 'busy', icon: 'clock', word: pendingWord(cancelled || row.role === null) };
    case 'failed':
      return { tone: 'bad', icon: 'alert', word: t('appointments.ledger.failed') };
    case 'suppressed':
      return {
        tone: 'quiet',
        icon: 'eyeOff',
        word: mine ? t('appointments.ledger.suppressedByYou') : t('appointments.ledger.suppressed'),
      };
    case 'removed':
      return { tone: 'quiet', icon: 'minus', word: t('appointments.ledger.removed') };
  }
}

function pendingWord(leaving: boolean): string {
  return leaving ? t('appointments.ledger.beingRemoved') : t('appointments.ledger.onItsWay');
}

/** Why an event is not in the calendar, or not as it should be; `null` where all is as expected. `absence`: why it is in none of theirs. */
export function ledgerReason(
  row: Pick<LedgerRowJson, 'state' | 'role' | 'error'>,
  mine: boolean,
  cancelled: boolean,
  absence: AbsenceReason | null = null,
): string | null {
  if (row.error !== null) return mine ? troubleWords(row.error) : troubleOfOthers(row.error);
  if (row.state === 'suppressed') {
    return mine ? t('appointments.ledger.whySuppressedByYou') : t('appointments.ledger.whySuppressed');
  }
  if (row.state !== 'removed') return null;
  if (cancelled) return t('appointments.ledger.whyCancelled');
  if (absence === 'sync_off') return t('appointments.ledger.whySyncOff');
  return row.role === null ? t('appointments.ledger.whyNoRole') : t('appointments.ledger.whyRemoved');
}

/** What it is called that somebody has an appointment in no calendar. */
export function absenceStatus(reason: AbsenceReason): Status {
  switch (reason) {
    case 'no_calendar':
      return { tone: 'quiet', icon: 'minus', word: t('appointments.ledger.noCalendar') };
    case 'sync_off':
      return { tone: 'quiet', icon: 'minus', word: t('appointments.ledger.syncOff') };
    case 'beyond_horizon':
      return { tone: 'quiet', icon: 'clock', word: t('appointments.ledger.later') };
    case 'being_filled':
      return { tone: 'busy', icon: 'clock', word: t('appointments.ledger.onItsWay') };
    case 'account_closed':
    case 'cancelled':
    case 'over':
      return { tone: 'quiet', icon: 'minus', word: t('appointments.ledger.notThere') };
  }
}

/** Why somebody has it in no calendar, and what follows; days are those of `zone`. */
export function absenceReason(
  { reason, expected_at }: Pick<WithoutCalendarJson, 'reason' | 'expected_at'>,
  zone: string,
  now: Date,
): string {
  switch (reason) {
    case 'no_calendar':
      return t('appointments.ledger.whyNoCalendar');
    case 'sync_off':
      return t('appointments.ledger.whySyncOff');
    case 'beyond_horizon':
      return t('appointments.ledger.whyLater', { day: formatDay(expected_at ?? now, zone, now) });
    case 'being_filled':
      return t('appointments.ledger.whyFilling');
    case 'account_closed':
      return t('appointments.ledger.whyClosed');
    case 'cancelled':
      return t('appointments.ledger.whyNeverCancelled');
    case 'over':
      return t('appointments.ledger.whyOver');
  }
}
