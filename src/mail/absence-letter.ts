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

/** More are only counted; the team's week shows them all. */
const MOST_ENTRIES = 20;

type News = 'absent' | 'back';

interface Told {
  news: News;
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
  const absent = told.filter(({ news }) => news === 'absent');
  const open = absent[0] ?? first;
  const rest = told.length - MOST_ENTRIES;
  return {
    subject: subjectOf(noted.name, told, recipient),
    paragraphs: [sentenceOf(noted.name, told)],
    entries: [
      ...told.slice(0, MOST_ENTRIES).map((one) => entryOf(one, recipient, absent.length < told.length)),
      ...(rest > 0 ? [{ heading: `And ${rest} more`, lines: ["The team's week shows them all."] }] : []),
    ],
    action: {
      label: absent.length > 0 ? 'Find somebody else' : 'See the visit',
      url:
        told.length === 1
          ? `${appUrl}/appointments/${open.event.appointmentId}`
          : `${appUrl}/team?week=${open.event.startsWall.slice(0, 10)}`,
    },
    footnote: `You get this mail because you plan the visits of ${noted.name} at ${businessName}.`,
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

function newsOf({ wasAbsent, isAbsent }: NotedAbsence): News | null {
  if (isAbsent === null || isAbsent === wasAbsent) return null;
  return isAbsent ? 'absent' : 'back';
}

function noteFor(appointment: Appointment, recipient: Recipient, userId: number): string | null {
  const part = partOf(appointment, recipient);
  const member = part && viewFor(appointment, part).team.find(({ id }) => id === userId);
  return member?.absence?.note ?? null;
}

function subjectOf(name: string, told: readonly Told[], { timeZone }: Recipient): string {
  const [first] = told;
  if (first && told.length === 1) return `${name} ${WORDS[first.news]}: ${whenWords(first.event, timeZone)}`;
  return `${name} ${countWords(told)}`;
}

const WORDS: Readonly<Record<News, string>> = { absent: 'cannot come', back: 'can come after all' };

/** `cannot come to 3 visits and can come to 1 visit after all` */
function countWords(told: readonly Told[]): string {
  const absent = told.filter(({ news }) => news === 'absent').length;
  const back = told.length - absent;
  return [absent > 0 && `cannot come to ${visitCount(absent)}`, back > 0 && `can come to ${visitCount(back)} after all`]
    .filter(Boolean)
    .join(' and ');
}

function visitCount(count: number): string {
  return count === 1 ? '1 visit' : `${count} visits`;
}

function sentenceOf(name: string, told: readonly Told[]): string {
  const absent = told.filter(({ news }) => news === 'absent').length;
  if (absent === 0) return `${name} ${countWords(told)}. Nobody else has to be found.`;
  const need = absent === 1 ? 'It needs somebody else.' : 'They need somebody else.';
  return `${name} ${countWords(told)}. ${need} Until then ${name} stays on the team.`;
}

function entryOf({ news, event, note }: Told, { timeZone }: Recipient, mixed: boolean): LetterEntry {
  const { heading, lines } = eventEntry(event, timeZone, 'short');
  return {
    heading: mixed ? `${news === 'absent' ? 'Cannot come' : 'Can come'}: ${heading}` : heading,
    lines: [...lines, ...(note ? [`Why: ${note}`] : [])],
  };
}
