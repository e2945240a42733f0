import type { Appointment } from '../domain/appointment.ts';
import { newsBetween, type AppointmentNews, type KnownAppointment } from '../domain/appointment-news.ts';
import { loadAppointments } from '../store/appointments.ts';
import { loadNotedChanges, type NotedChange } from '../store/mail-changes.ts';
import type { ClaimedMail, Recipient } from '../store/mails.ts';
import { ownEvents } from '../use-cases/calendar/appointment-file.ts';
import type { FileEvent } from '../use-cases/calendar/context.ts';
import { ownUid } from '../use-cases/calendar/own-event.ts';
import type { LetterDesk } from './desk.ts';
import type { LetterParts } from './letter-parts.ts';
import { eventEntry } from './event-entry.ts';
import type { LetterEntry } from './render.ts';
import { startWords, whenWords } from './when.ts';
import { WORDS } from './words/words.ts';

/** More are only counted: the file holds them all, and the app shows them. */
const MOST_ENTRIES = 20;

interface Told {
  news: AppointmentNews;
  event: FileEvent;
  was: KnownAppointment | null;
}

/** What became of the person's appointments, with a file of all of them. `null` when there is nothing left to tell. */
export async function changesLetter(
  desk: LetterDesk,
  mail: ClaimedMail,
  recipient: Recipient,
): Promise<LetterParts | null> {
  const changes = await loadNotedChanges(desk.database.db, mail);
  const told = await toldOf(desk, recipient, changes);
  const [first] = told;
  if (!first) return null;
  const { businessName, appUrl } = desk.settings;
  const { changes: words, openAppointment, seeAppointments } = WORDS[recipient.language];
  const entries = told.slice(0, MOST_ENTRIES).map((one) => entryOf(one, recipient, told.length === 1));
  const only = told.length === 1 && first.news !== 'gone' ? first.event : null;
  return {
    subject: subjectOf(told, recipient, businessName),
    paragraphs: [words.sentence(told.length, commonNews(told)), words.file],
    entries: told.length > entries.length ? [...entries, restOf(told.length - entries.length, recipient)] : entries,
    action: only?.url
      ? { label: openAppointment, url: only.url }
      : { label: seeAppointments, url: `${appUrl}/appointments` },
    footnote: words.footnote(businessName),
    calendarFile: {
      fileName: told.length === 1 ? `appointment-${first.event.appointmentId}.ics` : 'appointments.ics',
      text: desk.renderFile(told.map(({ event }) => event)),
    },
  };
}

async function toldOf(desk: LetterDesk, recipient: Recipient, changes: readonly NotedChange[]): Promise<Told[]> {
  const appointments = await loadAppointments(
    desk.database.db,
    changes.map(({ appointmentId }) => appointmentId),
  );
  const events = new Map((await ownEvents(desk, recipient, appointments)).map((event) => [event.appointmentId, event]));
  const noted = new Map(changes.map((change) => [change.appointmentId, change]));
  const now = desk.clock.now();
  return appointments.flatMap((appointment) => {
    const { was = null, later = [] } = noted.get(appointment.id) ?? {};
    const event = events.get(appointment.id) ?? null;
    const is = event && appointment;
    const news = newsBetween(was, is, now);
    // A later mail that is only waiting for the mail server says the same.
    if (news === null || later.some((known) => newsBetween(known, is, now) !== null)) return [];
    if (event) return [{ news, event, was }];
    return was ? [{ news, event: goneEvent(desk, recipient, appointment, was), was }] : [];
  });
}

/**
 * Takes an event off the calendar of somebody whom the appointment no longer concerns. What became of it is not theirs to
 * know, so nothing is in it but the times that they knew.
 */
function goneEvent(
  { settings, zones }: LetterDesk,
  recipient: Recipient,
  { id, version, createdAt, updatedAt }: Appointment,
  was: KnownAppointment,
): FileEvent {
  const { startsWall, endsWall, timeZone, startsAt, endsAt } = was;
  return {
    ...{ startsWall, endsWall, timeZone, startsAt, endsAt, createdAt, updatedAt },
    appointmentId: id,
    uid: ownUid(id, recipient.id, settings.appUrl),
    sequence: version,
    status: 'CANCELLED',
    title: `${settings.businessName}: no longer yours`,
    description: '',
    location: '',
    startsTwice: zones.happensTwice(timeZone, startsWall),
    endsTwice: zones.happensTwice(timeZone, endsWall),
    busy: false,
    private: true,
    url: null,
    reminderMinutes: null,
  };
}

function subjectOf(told: readonly Told[], recipient: Recipient, businessName: string): string {
  const [first] = told;
  const { changes: words } = WORDS[recipient.language];
  if (!first || told.length > 1) return words.subject(businessName, told.length, commonNews(told));
  return words.subjectOfOne(first.news, nameOf(first, recipient), whenWords(first.event, recipient));
}

/** Of an appointment that is not theirs any more its reader learns nothing but the number. */
function nameOf({ news, event }: Told, { language }: Recipient): string {
  return news === 'gone' ? WORDS[language].appointmentNumber(event.appointmentId) : event.title;
}

/** What happened to all of them, or `null`: different things. */
function commonNews(told: readonly Told[]): AppointmentNews | null {
  const all = new Set(told.map(({ news }) => news));
  return all.size === 1 ? (told[0]?.news ?? null) : null;
}

function entryOf(told: Told, recipient: Recipient, alone: boolean): LetterEntry {
  const { news, event, was } = told;
  const { changes: words } = WORDS[recipient.language];
  const { lines } = eventEntry(event, recipient, alone && news !== 'cancelled' ? 'all' : 'short');
  const before = news === 'moved' && was ? [words.itWas(startWords(was, recipient))] : [];
  const [when = '', ...others] = lines;
  return { heading: words.heading(news, nameOf(told, recipient)), lines: [when, ...before, ...others] };
}

function restOf(count: number, { language }: Recipient): LetterEntry {
  const { changes: words, andMore } = WORDS[language];
  return { heading: andMore(count), lines: [words.restInFile] };
}
