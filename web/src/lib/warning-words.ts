import type { WarningJson } from '../../../src/api-contract/appointments.ts';
import { ofServer, t } from './t.ts';
import { formatDay, formatTimes } from './time.ts';

/** A warning in words for people; an overlap names the person, and whose visit they have when. */
export function warningWords(warning: WarningJson, now: Date = new Date()): string {
  const { overlap } = warning;
  if (overlap === undefined) return ofServer('warning', warning);
  const { staff_name: person, customer_name: customer, starts_at, ends_at, time_zone } = overlap;
  const day = formatDay(starts_at, time_zone, now);
  return t('common.overlap', { person, customer, day, times: formatTimes(starts_at, ends_at, time_zone) });
}
