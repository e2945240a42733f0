import { queryOptions } from '@tanstack/react-query';
import {
  absencePageSchema,
  absentDaysSchema,
  appointmentSchema,
  type AbsenceJson,
  type AbsentDaysJson,
  type AppointmentJson,
  type ReportAbsentDaysRequest,
  type TakeBackAbsentDaysRequest,
} from '../../../../../src/api-contract/appointments.ts';
import { ask } from '../../../lib/api.ts';
import { allPages } from '../../../lib/pages.ts';
import { addDays, type IsoDate } from '../../../lib/week.ts';

/** `note`: why, for those who plan. */
export function reportAbsence(id: number, note: string | null): Promise<AppointmentJson> {
  return ask(appointmentSchema, 'POST', `/api/appointments/${id}/cannot-come/`, { body: { note } });
}

export function takeBackAbsence(id: number): Promise<AppointmentJson> {
  return ask(appointmentSchema, 'POST', `/api/appointments/${id}/can-come/`);
}

/** Of all own visits of these days. */
export function reportAbsentDays(days: ReportAbsentDaysRequest): Promise<AbsentDaysJson> {
  return ask(absentDaysSchema, 'POST', '/api/appointments/cannot-come/', { body: days });
}

/** These days are no absence any more, and the visits of them are visits that one can come to. */
export function takeBackAbsentDays(days: TakeBackAbsentDaysRequest): Promise<AbsentDaysJson> {
  return ask(absentDaysSchema, 'POST', '/api/appointments/can-come/', { body: days });
}

/** Who can't come on any of these days: of the team for those who plan, oneself for staff. */
export function absencesQuery(days: { from: IsoDate; until: IsoDate }) {
  return queryOptions({
    queryKey: ['absences', days],
    queryFn: async ({ signal }): Promise<AbsenceJson[]> => {
      const { items } = await allPages((cursor) =>
        ask(absencePageSchema, 'GET', '/api/absences/', { query: { ...days, limit: 200, cursor }, signal }),
      );
      return items;
    },
  });
}

/** As above, for a span of time: a day more at either end has its days in any zone. */
export function absencesAroundQuery({ starts_at, ends_at }: { starts_at: string; ends_at: string }) {
  const dayOf = (instant: string): IsoDate => new Date(instant).toISOString().slice(0, 10);
  return absencesQuery({ from: addDays(dayOf(starts_at), -1), until: addDays(dayOf(ends_at), 1) });
}
