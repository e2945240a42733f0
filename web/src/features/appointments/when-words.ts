import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { t } from '../../lib/t.ts';
import { dayWord, foreignZone, formatDay, formatTimes } from '../../lib/time.ts';

type Span = Pick<AppointmentJson, 'starts_at' | 'ends_at' | 'time_zone'>;

/** `Tomorrow, Tuesday, 1 December`: the day of a visit at its own place. */
export function dayWords({ starts_at: start, time_zone: zone }: Span, now: Date): string {
  const word = dayWord(start, zone, now);
  const day = formatDay(start, zone, now);
  return word === null ? day : t('appointments.dayWithWord', { word, day });
}

/** `09:00 – 11:00`, with the zone when it is not the reader's. */
export function timesWords({ starts_at: start, ends_at: end, time_zone: zone }: Span): string {
  const times = formatTimes(start, end, zone);
  const foreign = foreignZone(zone);
  return foreign === null ? times : t('appointments.inZone', { times, zone: foreign });
}

/** `Tomorrow, Tuesday, 1 December, 09:00 – 11:00 (New York time)`. */
export function whenWords(span: Span, now: Date): string {
  return t('appointments.when', { day: dayWords(span, now), times: timesWords(span) });
}
