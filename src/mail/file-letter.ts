import { loadAppointments } from '../store/appointments.ts';
import type { ClaimedMail, Recipient } from '../store/mails.ts';
import { ownEvents } from '../use-cases/calendar/appointment-file.ts';
import type { LetterDesk } from './desk.ts';
import type { LetterParts } from './letter-parts.ts';
import { eventEntry } from './event-entry.ts';
import { whenWords } from './when.ts';

/** The file of one appointment, as it would be downloaded now. `null` when it no longer concerns the person. */
export async function fileLetter(
  desk: LetterDesk,
  { appointmentId }: ClaimedMail,
  recipient: Recipient,
): Promise<LetterParts | null> {
  const appointments = await loadAppointments(desk.database.db, appointmentId === null ? [] : [appointmentId]);
  const [event] = await ownEvents(desk, recipient, appointments);
  if (!event) return null;
  const { businessName, appUrl } = desk.settings;
  const cancelled = event.status === 'CANCELLED';
  return {
    subject: `${cancelled ? 'Cancelled: ' : ''}${event.title}, ${whenWords(event, recipient.timeZone)}`,
    paragraphs: [
      'Here is the calendar file that you asked for. Open it to put the appointment into your calendar.',
      ...(cancelled ? ['This appointment was cancelled.'] : []),
    ],
    entries: [eventEntry(event, recipient.timeZone, 'all')],
    action: { label: 'Open the appointment', url: event.url ?? `${appUrl}/appointments` },
    footnote: `You get this mail because somebody signed in to your ${businessName} account asked for this file.`,
    calendarFile: { fileName: `appointment-${event.appointmentId}.ics`, text: desk.renderFile([event]) },
  };
}
