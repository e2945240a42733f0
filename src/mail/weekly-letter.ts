import { loadAppointments } from '../store/appointments.ts';
import type { ClaimedMail, Recipient } from '../store/mails.ts';
import { appointmentsOfWeek } from '../store/weekly-mails.ts';
import { ownEvents } from '../use-cases/calendar/appointment-file.ts';
import type { FileEvent } from '../use-cases/calendar/context.ts';
import { weekOf } from '../use-cases/queue-weekly-overviews.ts';
import type { LetterDesk } from './desk.ts';
import type { LetterParts } from './letter-parts.ts';
import type { LetterEntry } from './render.ts';
import { dayWords, hourWords, type Reader } from './when.ts';
import { WORDS } from './words/words.ts';

/** A long read already; who oversees more finds the rest in the app. */
const MOST_LISTED = 100;

/** The person's appointments of one week. `null` when there are none, or the mail comes too late to be of use. */
export async function weeklyLetter(
  desk: LetterDesk,
  { week }: ClaimedMail,
  recipient: Recipient,
): Promise<LetterParts | null> {
  const { database, zones, settings, clock } = desk;
  const { timeZone } = recipient;
  if (week === null || !zones.has(timeZone)) return null;
  const { from, to } = weekOf(zones, timeZone, week);
  if (clock.now() >= to) return null;
  const { ids, total } = await appointmentsOfWeek(database.db, recipient, { from, to, limit: MOST_LISTED });
  const events = await ownEvents(desk, recipient, await loadAppointments(database.db, ids));
  if (events.length === 0) return null;
  const { businessName, appUrl } = settings;
  const rest = total - ids.length;
  const { weekly: words, andMore, seeAppointments } = WORDS[recipient.language];
  return {
    subject: words.subject(businessName, dayWords(week, recipient)),
    paragraphs: [words.count(total)],
    entries: [...byDay(events, recipient), ...(rest > 0 ? [{ heading: andMore(rest), lines: [] }] : [])],
    action: { label: seeAppointments, url: `${appUrl}/appointments` },
    footnote: words.footnote(businessName),
  };
}

/** The day is that at the place of the appointment. */
function byDay(events: readonly FileEvent[], reader: Reader): LetterEntry[] {
  const days = Map.groupBy(events, ({ startsWall }) => startsWall.slice(0, 10));
  return [...days].map(([day, ofDay]) => ({
    heading: dayWords(day, reader),
    lines: ofDay.map((event) =>
      [`${hourWords(event, reader)} ${event.title}`, event.location].filter(Boolean).join(', '),
    ),
  }));
}
