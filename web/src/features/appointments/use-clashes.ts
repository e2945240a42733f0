import { useQuery } from '@tanstack/react-query';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { t } from '../../lib/t.ts';
import { formatTimes, instantOf } from '../../lib/time.ts';
import { absenceDuring, absentDaysWords } from './absence.ts';
import { absencesAroundQuery } from './api/absence.ts';
import { spanQuery } from './api/list-appointments.ts';
import { clashesWith } from './clashes.ts';

/**
 * Who can't come or has something else at the time that is thought of for a visit, as far as the reader may know. `at` is a wall time of
 * the visit's own place; the visit's own time when left out.
 */
export function useClashes(
  appointment: AppointmentJson,
  at?: { date: string; time: string },
): { wordsFor: (personId: number) => string | null } {
  const lengthMs = Date.parse(appointment.ends_at) - Date.parse(appointment.starts_at);
  const start = at === undefined ? new Date(appointment.starts_at) : instantOf(at, appointment.time_zone);
  const span = start && {
    starts_at: start.toISOString(),
    ends_at: new Date(start.getTime() + lengthMs).toISOString(),
  };
  const query = useQuery({
    ...spanQuery({ from: span?.starts_at ?? '', to: span?.ends_at ?? '', status: 'scheduled' }),
    enabled: span !== null,
  });
  const absences = useQuery({
    ...absencesAroundQuery(span ?? appointment),
    enabled: span !== null,
  });
  return {
    wordsFor(personId) {
      if (span === null) return null;
      const absence = absenceDuring(span, personId, absences.data ?? []);
      if (absence !== undefined) return absentDaysWords(absence);
      if (query.data === undefined) return null;
      const [first, ...more] = clashesWith(span, personId, query.data.items, appointment.id);
      if (first === undefined) return null;
      const times = formatTimes(first.starts_at, first.ends_at, first.time_zone);
      return t('appointments.change.has', { service: first.service.name, times, more: more.length });
    },
  };
}
