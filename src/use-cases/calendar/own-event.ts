import type { Appointment, Role } from '../../domain/appointment.ts';
import { eventContent, type EventSetting } from '../../domain/event-content.ts';
import { viewFor } from '../../domain/projection.ts';
import type { FileEvent } from './context.ts';

/** The event of one appointment in an iCalendar text, with what this part may see and nothing else. */
export function ownEvent(appointment: Appointment, part: Role, setting: EventSetting, uid: string): FileEvent {
  return {
    ...eventContent(viewFor(appointment, part), setting),
    appointmentId: appointment.id,
    uid,
    sequence: appointment.version,
    status: appointment.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    createdAt: appointment.createdAt,
    updatedAt: appointment.updatedAt,
  };
}

/** Names one person's event of one appointment for ever. */
export function ownUid(appointmentId: number, userId: number, appUrl: string): string {
  return `appointment-${appointmentId}-${userId}@${new URL(appUrl).hostname}`;
}
