import type { WarningJson } from '../../../src/api-contract/appointments.ts';
import { ofServer, t } from './t.ts';
import { formatDay, formatShortDay, formatTimes } from './time.ts';
import { noonOf } from './week.ts';

/** A warning in words for people; an overlap names the person, and whose visit they have when; an absence names its days. */
export function warningWords(warning: WarningJson, now: Date = new Date()): string {
  const { overlap, absence } = warning;
  if (absence !== undefined) return absenceWords(absence);
  if (overlap === undefined) return ofServer('warning', warning);
  const { staff_name: person, customer_name: customer, starts_at, ends_at, time_zone } = overlap;
  const day = formatDay(starts_at, time_zone, now);
  return t('common.overlap', { person, customer, day, times: formatTimes(starts_at, ends_at, time_zone) });
}

function absenceWords({ staff_name: person, from, until }: NonNullable<WarningJson['absence']>): string {
  const days = { person, from: formatShortDay(noonOf(from), 'UTC'), until: formatShortDay(noonOf(until), 'UTC') };
  return from === until ? t('common.absentDay', { person, from: days.from }) : t('common.absentDays', days);
}
