import { createHash } from 'node:crypto';
import type { Appointment, Role } from '../domain/appointment.ts';
import { partOf } from '../domain/audience.ts';
import { eventContent, formatAddress, type EventContent, type EventSetting } from '../domain/event-content.ts';
import { viewFor } from '../domain/projection.ts';
import type { ManagedFields } from './provider.ts';

/** Whose calendar it is, and what they chose. */
export interface CalendarOwner {
  id: number;
  role: Role;
  isActive: boolean;
  syncEnabled: boolean;
  reminderMinutes: number | null;
}

/** What one calendar should show of one appointment. */
export type Desired = { kind: 'absent' } | { kind: 'present'; content: EventContent };

/** What the whole company's events have in common; see {@link EventSetting}. */
export type CompanySetting = Omit<EventSetting, 'reminderMinutes'>;

/**
 * The desired state of one link. Pure: who is concerned (audience), what they may see (projection), and their choices.
 * Completed visits and missed ones stay in the calendar; cancelled ones leave it.
 */
export function desiredFor(appointment: Appointment, owner: CalendarOwner, setting: CompanySetting): Desired {
  if (!owner.isActive || !owner.syncEnabled || appointment.status === 'cancelled') return { kind: 'absent' };
  const part = partOf(appointment, owner);
  if (part === null) return { kind: 'absent' };
  const content = eventContent(viewFor(appointment, part), { ...setting, reminderMinutes: owner.reminderMinutes });
  return { kind: 'present', content };
}

/**
 * Time, place and status. When a person deleted our event, only a change of these brings it back.
 * Hashed, so that the queue table holds no addresses.
 */
export function shapeOf(appointment: Appointment): string {
  const { startsAt, endsAt, status, address } = appointment;
  return digest([startsAt.toISOString(), endsAt.toISOString(), status, formatAddress(address)]);
}

/** Fingerprint of what a provider would give back; equal fingerprints mean that nothing needs to be written. */
export function fingerprint(fields: ManagedFields): string {
  return digest(fields);
}

/** SHA-256 of a value's JSON. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
