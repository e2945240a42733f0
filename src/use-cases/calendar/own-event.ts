import type { Appointment, Role } from '../../domain/appointment.ts';
import { eventContent, type EventSetting } from '../../domain/event-content.ts';
import { viewFor } from '../../domain/projection.ts';
import type { FileEvent } from './context.ts';

/**
 * The event of one appointment in an iCalendar text, with what this part may see and nothing else. Another name of somebody
 * in it is a small change (RFC 5545 §3.8.7.4): the event is younger by it, not a further revision.
 * @param shownAt when the names in it last changed, if ever
 */
export function ownEvent(
  appointment: Appointment,
  part: Role,
  setting: EventSetting,
  { uid, shownAt }: { uid: string; shownAt: Date | undefined },
): FileEvent {
  const { updatedAt } = appointment;
  return {
    ...eventContent(viewFor(appointment, part), setting),
    appointmentId: appointment.id,
    uid,
    sequence: appointment.version,
    status: appointment.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    createdAt: appointment.createdAt,
    updatedAt: shownAt !== undefined && shownAt > updatedAt ? shownAt : updatedAt,
  };
}

/** Names one person's event of one appointment for ever. */
export function ownUid(appointmentId: number, userId: number, appUrl: string): string {
  return `appointment-${appointmentId}-${userId}@${new URL(appUrl).hostname}`;
}
