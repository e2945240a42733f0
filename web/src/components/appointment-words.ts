import type { AppointmentJson } from '../../../src/api-contract/appointments.ts';
import type { Status } from './StatusTag.tsx';

export const APPOINTMENT_STATUS: Readonly<Record<AppointmentJson['status'], Status>> = {
  scheduled: { tone: 'busy', icon: 'clock', word: 'Scheduled' },
  completed: { tone: 'good', icon: 'check', word: 'Completed' },
  cancelled: { tone: 'quiet', icon: 'cross', word: 'Cancelled' },
  no_show: { tone: 'warn', icon: 'alert', word: 'Nobody at home' },
};

/** The visit's place in one line. */
export function addressLine(
  address: Pick<AppointmentJson['address'], 'line1' | 'line2' | 'city' | 'postal_code'>,
): string {
  return [address.line1, address.line2, `${address.postal_code} ${address.city}`].filter(Boolean).join(', ');
}

/** The names of the team, who of them can't come, or that there is none yet. */
export function teamWords(staff: AppointmentJson['staff']): string {
  return staff.length === 0 ? 'Nobody assigned yet' : staff.map(memberWords).join(', ');
}

function memberWords({ name, absence }: AppointmentJson['staff'][number]): string {
  if (absence === undefined) return name;
  return absence.note ? `${name} (can’t come: ${absence.note})` : `${name} (can’t come)`;
}

/** Calls a number on a phone (RFC 3966). */
export function telLink(phone: string): string {
  return `tel:${phone.replaceAll(/[^+\d]/g, '')}`;
}
