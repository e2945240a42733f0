import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';

/** A span of time, as instants. */
export interface Span {
  starts_at: string;
  ends_at: string;
}

/** The person's other scheduled visits that overlap `span`, soonest first. Touching ends don't. */
export function clashesWith(
  span: Span,
  personId: number,
  appointments: readonly AppointmentJson[],
  exceptId: number,
): AppointmentJson[] {
  const [start, end] = [Date.parse(span.starts_at), Date.parse(span.ends_at)];
  return appointments.filter(
    (other) =>
      other.id !== exceptId &&
      other.status === 'scheduled' &&
      other.staff.some(({ id }) => id === personId) &&
      Date.parse(other.starts_at) < end &&
      Date.parse(other.ends_at) > start,
  );
}
