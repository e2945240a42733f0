import { partOf } from '../../domain/audience.ts';
import { notFound } from '../../domain/errors.ts';
import { eventContent } from '../../domain/event-content.ts';
import { viewFor } from '../../domain/projection.ts';
import { loadAppointments } from '../../store/appointments.ts';
import { calendarChoices } from '../../store/calendar-overview.ts';
import { googleEventId } from '../../store/own-events.ts';
import type { Caller } from '../context.ts';
import { eventSetting } from '../event-setting.ts';
import type { CalendarContext } from './context.ts';

/**
 * The iCalendar file of one appointment for one of the people concerned, with what their part may see.
 * @throws BusinessError 404 for everybody else
 */
export async function appointmentFile(
  context: CalendarContext,
  caller: Caller,
  appointmentId: number,
): Promise<{ fileName: string; text: string }> {
  const { db } = context.database;
  const [appointment] = await loadAppointments(db, [appointmentId]);
  const part = appointment ? partOf(appointment, caller) : null;
  if (!appointment || part === null) throw notFound('appointment');
  const choices = await calendarChoices(db, caller.id);
  const reminderMinutes = choices?.reminderMinutes ?? null;
  const content = eventContent(viewFor(appointment, part), { ...eventSetting(context), reminderMinutes });
  const text = context.renderFile({
    ...content,
    appointmentId,
    uid: await uidFor(context, caller, appointmentId),
    sequence: appointment.version,
    status: appointment.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    createdAt: appointment.createdAt,
    updatedAt: appointment.updatedAt,
  });
  return { fileName: `appointment-${appointmentId}.ics`, text };
}

/**
 * The same event has the same UID wherever one person meets it: who has it in Google already gets Google's own
 * (`<event id>@google.com`), so that opening the file there makes no second event.
 */
async function uidFor(context: CalendarContext, caller: Caller, appointmentId: number): Promise<string> {
  const google = await googleEventId(context.database.db, appointmentId, caller.id);
  const host = new URL(context.settings.appUrl).hostname;
  return google === null ? `appointment-${appointmentId}-${caller.id}@${host}` : `${google}@google.com`;
}
