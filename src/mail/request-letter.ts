import { partOf } from '../domain/audience.ts';
import { viewFor } from '../domain/projection.ts';
import { loadAppointments } from '../store/appointments.ts';
import type { ClaimedMail, Recipient } from '../store/mails.ts';
import { loadOpenRequest } from '../store/reschedule-requests.ts';
import { ownEvents } from '../use-cases/calendar/appointment-file.ts';
import type { LetterDesk } from './desk.ts';
import { eventEntry } from './event-entry.ts';
import type { LetterParts } from './letter-parts.ts';
import { startWords, whenWords } from './when.ts';
import { WORDS } from './words/words.ts';

/**
 * A customer asks for another time, for those who plan. `null` when it was withdrawn or answered before, when the
 * appointment has begun, or does not concern the recipient any more.
 */
export async function requestLetter(
  desk: LetterDesk,
  mail: ClaimedMail,
  recipient: Recipient,
): Promise<LetterParts | null> {
  const { database, clock, settings } = desk;
  const request = await loadOpenRequest(database.db, mail.id);
  const appointments = await loadAppointments(database.db, mail.appointmentId === null ? [] : [mail.appointmentId]);
  const [appointment] = appointments;
  const [event] = await ownEvents(desk, recipient, appointments);
  const part = appointment && partOf(appointment, recipient);
  if (!request || !event || !part || appointment.startsAt <= clock.now()) return null;
  const { request: words, why } = WORDS[recipient.language];
  const name = viewFor(appointment, part).customer?.name ?? '';
  const proposals = request.proposals.map(({ wall }) =>
    startWords({ startsWall: wall, timeZone: event.timeZone }, recipient),
  );
  return {
    subject: words.subject(name, event.title, whenWords(event, recipient)),
    paragraphs: [
      words.asks(name, proposals.join('; ')),
      ...(request.note === null ? [] : [why(request.note)]),
      words.untilThen,
    ],
    entries: [eventEntry(event, recipient, 'short')],
    action: { label: words.answer, url: event.url ?? `${settings.appUrl}/appointments` },
    footnote: words.footnote(settings.businessName),
  };
}
