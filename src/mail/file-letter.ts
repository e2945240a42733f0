import { loadAppointments } from '../store/appointments.ts';
import type { ClaimedMail, Recipient } from '../store/mails.ts';
import { ownEvents } from '../use-cases/calendar/appointment-file.ts';
import type { LetterDesk } from './desk.ts';
import type { LetterParts } from './letter-parts.ts';
import { eventEntry } from './event-entry.ts';
import { whenWords } from './when.ts';
import { WORDS } from './words/words.ts';

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
  const { file: words, openAppointment } = WORDS[recipient.language];
  const subjectOf = cancelled ? words.cancelledSubject : words.subject;
  return {
    subject: subjectOf(event.title, whenWords(event, recipient)),
    paragraphs: [words.here, ...(cancelled ? [words.cancelled] : [])],
    entries: [eventEntry(event, recipient, 'all')],
    action: { label: openAppointment, url: event.url ?? `${appUrl}/appointments` },
    footnote: words.footnote(businessName),
    calendarFile: { fileName: `appointment-${event.appointmentId}.ics`, text: desk.renderFile([event]) },
  };
}
