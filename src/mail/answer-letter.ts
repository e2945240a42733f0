import { loadAppointments } from '../store/appointments.ts';
import type { ClaimedMail, Recipient } from '../store/mails.ts';
import { loadAnswerFacts } from '../store/reschedule-requests.ts';
import { ownEvents } from '../use-cases/calendar/appointment-file.ts';
import type { LetterDesk } from './desk.ts';
import { eventEntry } from './event-entry.ts';
import type { LetterParts } from './letter-parts.ts';
import { startWords, whenWords } from './when.ts';
import { WORDS } from './words/words.ts';

/**
 * What became of a customer's wish for another time. `null` when the appointment has changed again since, or a mail about
 * its new time says the same.
 */
export async function answerLetter(
  desk: LetterDesk,
  mail: ClaimedMail,
  recipient: Recipient,
): Promise<LetterParts | null> {
  const { database, settings } = desk;
  const facts = await loadAnswerFacts(database.db, mail.id);
  const appointments = await loadAppointments(database.db, mail.appointmentId === null ? [] : [mail.appointmentId]);
  const [event] = await ownEvents(desk, recipient, appointments);
  if (!facts || !event || event.status === 'CANCELLED') return null;
  const { request, toldOtherwise } = facts;
  const { answer: words, openAppointment, why } = WORDS[recipient.language];
  const common = {
    entries: [eventEntry(event, recipient, 'short')],
    action: { label: openAppointment, url: event.url ?? `${settings.appUrl}/appointments` },
    footnote: words.footnote(settings.businessName),
  };
  const when = whenWords(event, recipient);
  if (request.state === 'declined') {
    const asked = request.proposals.map(({ wall }) =>
      startWords({ startsWall: wall, timeZone: event.timeZone }, recipient),
    );
    return {
      ...common,
      subject: words.declinedSubject(event.title, when),
      paragraphs: [
        words.declined(asked.join('; ')),
        ...(request.reason === null ? [] : [why(request.reason)]),
        words.askAgain,
      ],
    };
  }
  const accepted = request.accepted === null ? undefined : request.proposals[request.accepted - 1];
  if (request.state !== 'accepted' || accepted?.wall !== event.startsWall || toldOtherwise) return null;
  return {
    ...common,
    subject: words.acceptedSubject(event.title, when),
    paragraphs: [words.accepted],
  };
}
