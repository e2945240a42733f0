import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';

/** Whether the person has said that they can't come. */
export function isAbsent({ staff }: AppointmentJson, userId: number): boolean {
  return staff.some(({ id, absence }) => id === userId && absence !== undefined);
}
