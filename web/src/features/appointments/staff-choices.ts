import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { locale } from '../../lib/t.ts';

/**
 * Those who may be assigned, by name. People of another team, or no longer active, stay choosable while they are assigned:
 * their names must show.
 */
export function staffChoices(
  staff: readonly { id: number; name: string }[],
  appointment: Pick<AppointmentJson, 'staff'>,
): { value: string; label: string }[] {
  const known = new Map([...appointment.staff, ...staff].map(({ id, name }) => [id, name]));
  return [...known]
    .map(([id, name]) => ({ value: String(id), label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label, locale()));
}
