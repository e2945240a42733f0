import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { t } from '../../lib/t.ts';
import { dayWord, foreignZone, formatDay, formatTimes, viewerZone, visitTimes } from '../../lib/time.ts';

type Span = Pick<AppointmentJson, 'starts_at' | 'ends_at' | 'time_zone'>;

/** `Tomorrow, Tuesday, 1 December`: the day of a visit for its reader. */
export function dayWords({ starts_at: start }: Pick<Span, 'starts_at'>, now: Date): string {
  const zone = viewerZone();
  const word = dayWord(start, zone, now);
  const day = formatDay(start, zone, now);
  return word === null ? day : t('appointments.dayWithWord', { word, day });
}

/** For who plans: `09:00 – 11:00` at the visit's own place, with the zone when it is not the reader's. */
export function timesWords({ starts_at: start, ends_at: end, time_zone: zone }: Span): string {
  const times = formatTimes(start, end, zone);
  const foreign = foreignZone(zone);
  return foreign === null ? times : t('appointments.inZone', { times, zone: foreign });
}

/** `Tomorrow, Tuesday, 1 December, 10:00 – 12:00 (09:00 – 11:00 London time)`. */
export function whenWords(span: Span, now: Date): string {
  const { starts_at: start, ends_at: end, time_zone: zone } = span;
  return t('appointments.when', { day: dayWords(span, now), times: visitTimes(start, end, zone) });
}
