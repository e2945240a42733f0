import type { AppointmentJson } from '../../../src/api-contract/appointments.ts';
import { t } from '../lib/t.ts';
import type { Status } from './StatusTag.tsx';

const LOOKS: Readonly<Record<AppointmentJson['status'], Omit<Status, 'word'>>> = {
  scheduled: { tone: 'busy', icon: 'clock' },
  completed: { tone: 'good', icon: 'check' },
  cancelled: { tone: 'quiet', icon: 'cross' },
  no_show: { tone: 'warn', icon: 'alert' },
};

export function appointmentStatus({ status }: Pick<AppointmentJson, 'status'>): Status {
  return { ...LOOKS[status], word: t(`appointments.status.${status}`) };
}

/** The visit's place in one line. */
export function addressLine(
  address: Pick<AppointmentJson['address'], 'line1' | 'line2' | 'city' | 'postal_code'>,
): string {
  return [address.line1, address.line2, `${address.postal_code} ${address.city}`].filter(Boolean).join(', ');
}

/** The names of the team, who of them can't come, or that there is none yet. */
export function teamWords(staff: AppointmentJson['staff']): string {
  return staff.length === 0 ? t('appointments.team.none') : staff.map(memberWords).join(', ');
}

function memberWords({ name, absence }: AppointmentJson['staff'][number]): string {
  if (absence === undefined) return name;
  return absence.note
    ? t('appointments.team.absentBecause', { name, note: absence.note })
    : t('appointments.team.absent', { name });
}

/** As people write numbers; whatever else was typed into the field is text. */
const NUMBER = /^\+?[\d\s()./-]+$/;

/** Calls a number on a phone (RFC 3966); `undefined` for what does not look like a number. */
export function telLink(phone: string): string | undefined {
  const digits = phone.replaceAll(/\D/g, '');
  // The shortest are of three (112).
  if (!NUMBER.test(phone.trim()) || digits.length < 3) return undefined;
  return `tel:${phone.trim().startsWith('+') ? '+' : ''}${digits}`;
}
