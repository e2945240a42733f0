import type { AppointmentJson, RescheduleRequestJson } from '../../../../../src/api-contract/appointments.ts';
import type { Status } from '../../../components/StatusTag.tsx';
import { t } from '../../../lib/t.ts';
import { foreignZone, formatDay, formatTimes } from '../../../lib/time.ts';

const LOOKS: Readonly<Record<RescheduleRequestJson['state'], Omit<Status, 'word'>>> = {
  open: { tone: 'busy', icon: 'clock' },
  accepted: { tone: 'good', icon: 'check' },
  declined: { tone: 'warn', icon: 'cross' },
  ended: { tone: 'quiet', icon: 'minus' },
};

/** How a wish for another time stands. */
export function requestStatus({ state }: Pick<RescheduleRequestJson, 'state'>): Status {
  return { ...LOOKS[state], word: t(`requests.states.${state}`) };
}

/** `Wednesday, 2 June, 10:00 – 12:00`, by the clock of the visit's place, which is named when it is not the reader's. */
export function proposalWords(
  { starts_at: start, ends_at: end }: Pick<AppointmentJson, 'starts_at' | 'ends_at'>,
  zone: string,
  now: Date,
): string {
  const foreign = foreignZone(zone);
  const words = { day: formatDay(start, zone, now), times: formatTimes(start, end, zone) };
  return foreign === null ? t('requests.proposal', words) : t('requests.proposalThere', { ...words, zone: foreign });
}

/**
 * Whether the newest wish is still of use on the page: an open one always, an answer as long as it explains the time that
 * is shown; one that ended by itself tells nobody anything once the appointment is over.
 */
export function isWorthShowing(appointment: AppointmentJson): boolean {
  const { reschedule_request: request, status, starts_at: start } = appointment;
  if (request === undefined || status !== 'scheduled') return false;
  if (request.state !== 'accepted') return true;
  const accepted = request.proposals.find(({ number }) => number === request.accepted);
  return accepted !== undefined && Date.parse(accepted.starts_at) === Date.parse(start);
}
