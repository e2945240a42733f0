import type { Appointment } from '../domain/appointment.ts';
import { partOf } from '../domain/audience.ts';
import { viewFor } from '../domain/projection.ts';
import { loadAppointments } from '../store/appointments.ts';
import { loadNotedAbsences, type NotedAbsence } from '../store/mail-absences.ts';
import type { ClaimedMail, Recipient } from '../store/mails.ts';
import { ownEvents } from '../use-cases/calendar/appointment-file.ts';
import type { FileEvent } from '../use-cases/calendar/context.ts';
import type { LetterDesk } from './desk.ts';
import { eventEntry } from './event-entry.ts';
import type { LetterParts } from './letter-parts.ts';
import type { LetterEntry } from './render.ts';
import { whenWords } from './when.ts';
import type { AbsenceNews } from './words/en.ts';
import { WORDS } from './words/words.ts';

/** More are only counted; the team's week shows them all. */
const MOST_ENTRIES = 20;

interface Told {
  news: AbsenceNews;
  event: FileEvent;
  /** The person's own words. */
  note: string | null;
}

/**
 * Who cannot come to which visits, and why, for those who plan; or that they can after all. `null` when nothing of it is
 * true any more: somebody else was found, the visit is over, or they thought better of it.
 */
export async function absenceLetter(
  desk: LetterDesk,
  mail: ClaimedMail,
  recipient: Recipient,
): Promise<LetterParts | null> {
  const noted = await loadNotedAbsences(desk.database.db, mail.id);
  if (noted === null) return null;
  const told = await toldOf(desk, recipient, noted.userId, noted.visits);
  const [first] = told;
  if (first === undefined) return null;
  const { businessName, appUrl } = desk.settings;
  const { absence: words, andMore } = WORDS[recipient.language];
  const absent = told.filter(({ news }) => news === 'absent');
  const open = absent[0] ?? first;
  const rest = told.length - MOST_ENTRIES;
  const counts = { absent: absent.length, back: told.length - absent.length };
  return {
    subject:
      told.length === 1
        ? words.subjectOfOne(noted.name, first.news, whenWords(first.event, recipient))
        : words.subject(noted.name, counts),
    paragraphs: [words.sentence(noted.name, counts)],
    entries: [
      ...told.slice(0, MOST_ENTRIES).map((one) => entryOf(one, recipient, counts.back > 0)),
      ...(rest > 0 ? [{ heading: andMore(rest), lines: [words.allThere] }] : []),
    ],
    action: {
      label: absent.length > 0 ? words.find : words.see,
      url:
        told.length === 1
          ? `${appUrl}/appointments/${open.event.appointmentId}`
          : `${appUrl}/team?week=${open.event.startsWall.slice(0, 10)}`,
    },
    footnote: words.footnote(noted.name, businessName),
  };
}

/** What is still so, as the recipient may see it, the soonest first. */
async function toldOf(
  desk: LetterDesk,
  recipient: Recipient,
  userId: number,
  visits: readonly NotedAbsence[],
): Promise<Told[]> {
  const news = new Map(visits.map((visit) => [visit.appointmentId, newsOf(visit)]));
  const now = desk.clock.now();
  const appointments = (await loadAppointments(desk.database.db, [...news.keys()])).filter(
    ({ id, status, endsAt }) => news.get(id) !== null && status === 'scheduled' && endsAt > now,
  );
  const events = new Map((await ownEvents(desk, recipient, appointments)).map((event) => [event.appointmentId, event]));
  return appointments.flatMap((appointment) => {
    const event = events.get(appointment.id);
    const what = news.get(appointment.id);
    return event && what ? [{ news: what, event, note: noteFor(appointment, recipient, userId) }] : [];
  });
}

function newsOf({ wasAbsent, isAbsent }: NotedAbsence): AbsenceNews | null {
  if (isAbsent === null || isAbsent === wasAbsent) return null;
  return isAbsent ? 'absent' : 'back';
}

function noteFor(appointment: Appointment, recipient: Recipient, userId: number): string | null {
  const part = partOf(appointment, recipient);
  const member = part && viewFor(appointment, part).team.find(({ id }) => id === userId);
  return member?.absence?.note ?? null;
}

function entryOf({ news, event, note }: Told, recipient: Recipient, mixed: boolean): LetterEntry {
  const { absence: words, why } = WORDS[recipient.language];
  const { heading, lines } = eventEntry(event, recipient, 'short');
  return {
    heading: mixed ? words.heading(news, heading) : heading,
    lines: [...lines, ...(note ? [why(note)] : [])],
  };
}
