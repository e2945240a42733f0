import type { AbsenceJson, AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { locale, t } from '../../../lib/t.ts';
import { wallClock } from '../../../lib/time.ts';
import type { IsoDate } from '../../../lib/week.ts';
import { clashesWith } from '../clashes.ts';

/** A person, as rows name them; `null` is nobody. */
export interface RowPerson {
  id: number | null;
  name: string;
}

/** A visit in the row of one person. */
export interface BoardVisit {
  appointment: AppointmentJson;
  /** What else the person has at that time. */
  clashes: readonly AppointmentJson[];
  /** The person has said that they can't come; they are on the team until somebody else is. */
  absence: AppointmentJson['staff'][number]['absence'];
}

export interface BoardRow {
  person: RowPerson;
  /** Not among the staff that the reader may assign. */
  isForeign: boolean;
  /** For each day asked for, soonest first. */
  days: BoardVisit[][];
  /** For each of them, what the person has said of that day. */
  absences: (AbsenceJson | undefined)[];
}

/** The row of what nobody is assigned to. */
function nobody(): RowPerson {
  return { id: null, name: t('board.nobodyAssigned') };
}

/**
 * The week by person: first what nobody is assigned to, then the staff by name, then others who are on these teams. A visit
 * stands on the day of its own place, once for each of its team. What is cancelled is left out.
 */
export function boardRows(
  appointments: readonly AppointmentJson[],
  staff: readonly { id: number; name: string }[],
  dates: readonly IsoDate[],
  absences: readonly AbsenceJson[] = [],
): BoardRow[] {
  const shown = appointments
    .filter(({ status }) => status !== 'cancelled')
    .map((appointment) => ({ appointment, date: wallClock(appointment.starts_at, appointment.time_zone).date }))
    .filter(({ date }) => dates.includes(date));
  const rowOf = (person: RowPerson, isForeign: boolean): BoardRow => ({
    person,
    isForeign,
    absences: dates.map((date) =>
      absences.find((one) => one.user_id === person.id && one.from <= date && one.until >= date),
    ),
    days: dates.map((date) =>
      shown
        .filter((visit) => visit.date === date && isOf(visit.appointment, person.id))
        .map(({ appointment }) => ({
          appointment,
          clashes: clashesOf(appointment, person.id, appointments),
          absence: absenceOf(appointment, person.id),
        })),
    ),
  });
  const known = new Set(staff.map(({ id }) => id));
  const foreign = new Map(
    shown.flatMap(({ appointment }) =>
      appointment.staff.filter(({ id }) => !known.has(id)).map((one) => [one.id, one]),
    ),
  );
  return [
    rowOf(nobody(), false),
    ...staff.toSorted(byName).map((person) => rowOf(person, false)),
    ...[...foreign.values()].toSorted(byName).map((person) => rowOf(person, true)),
  ];
}

function isOf({ staff }: AppointmentJson, personId: number | null): boolean {
  return personId === null ? staff.length === 0 : staff.some(({ id }) => id === personId);
}

function clashesOf(
  appointment: AppointmentJson,
  personId: number | null,
  all: readonly AppointmentJson[],
): AppointmentJson[] {
  if (personId === null || appointment.status !== 'scheduled') return [];
  return clashesWith(appointment, personId, all, appointment.id);
}

/** Of what is over or done, nobody has to come any more. */
function absenceOf({ staff, status }: AppointmentJson, personId: number | null): BoardVisit['absence'] {
  return status === 'scheduled' ? staff.find(({ id }) => id === personId)?.absence : undefined;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, locale());
}
