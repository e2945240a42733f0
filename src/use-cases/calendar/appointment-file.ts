import type { Appointment } from '../../domain/appointment.ts';
import { partOf } from '../../domain/audience.ts';
import { notFound } from '../../domain/errors.ts';
import { appointmentIdsOf } from '../../store/appointment-lists.ts';
import { loadAppointments } from '../../store/appointments.ts';
import { calendarChoices } from '../../store/calendar-overview.ts';
import { googleEventIds } from '../../store/own-events.ts';
import { latestShownChanges } from '../../store/shown-changes.ts';
import type { Caller } from '../context.ts';
import { eventSetting } from '../event-setting.ts';
import type { CalendarContext, FileEvent } from './context.ts';
import { ownEvent, ownUid } from './own-event.ts';

/** An iCalendar file to download. */
export interface CalendarFile {
  fileName: string;
  text: string;
}

/**
 * The iCalendar file of one appointment for one of the people concerned, with what their part may see.
 * @throws BusinessError 404 for everybody else
 */
export async function appointmentFile(context: CalendarContext, caller: Caller, id: number): Promise<CalendarFile> {
  const events = await ownEvents(context, caller, await loadAppointments(context.database.db, [id]));
  if (events.length === 0) throw notFound('appointment');
  return { fileName: `appointment-${id}.ics`, text: context.renderFile(events) };
}

/**
 * One file with those appointments of an order that concern the caller, with what their part in each may see.
 * @throws BusinessError 404 when there are none: the order is not theirs, not confirmed yet, or does not exist
 */
export async function orderFile(context: CalendarContext, caller: Caller, orderId: number): Promise<CalendarFile> {
  const { db } = context.database;
  const appointments = await loadAppointments(db, await appointmentIdsOf(db, orderId));
  const events = await ownEvents(context, caller, appointments);
  if (events.length === 0) throw notFound('order with appointments of yours');
  return { fileName: `order-${orderId}.ics`, text: context.renderFile(events) };
}

/** The caller's events of those appointments that concern them. */
export async function ownEvents(
  context: Pick<CalendarContext, 'database' | 'settings' | 'zones'>,
  caller: Caller,
  appointments: readonly Appointment[],
): Promise<FileEvent[]> {
  const { db } = context.database;
  const choices = await calendarChoices(db, caller.id);
  const setting = { ...eventSetting(context), reminderMinutes: choices?.reminderMinutes ?? null };
  const ids = appointments.map(({ id }) => id);
  const google = await googleEventIds(db, ids, caller.id);
  const changes = await latestShownChanges(db, ids);
  return appointments.flatMap((appointment) => {
    const part = partOf(appointment, caller);
    if (part === null) return [];
    const uid = uidFor(context, caller, appointment.id, google);
    return [ownEvent(appointment, part, setting, { uid, shownAt: changes.get(appointment.id) })];
  });
}

/**
 * The same event has the same UID wherever one person meets it: who has it in Google already gets Google's own
 * (`<event id>@google.com`), so that opening the file there makes no second event.
 */
function uidFor(
  { settings }: Pick<CalendarContext, 'settings'>,
  caller: Caller,
  appointmentId: number,
  google: ReadonlyMap<number, string>,
): string {
  const eventId = google.get(appointmentId);
  return eventId === undefined ? ownUid(appointmentId, caller.id, settings.appUrl) : `${eventId}@google.com`;
}
