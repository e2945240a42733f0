import { parseDate } from '../../kit/time-zone.ts';
import { mondayOf, openingDay, wallOf } from '../../kit/pages/week-layout.ts';
import type { WeekItem } from '../../kit/pages/week-layout.ts';
import { livingEvents, requirePerson } from '../person.ts';
import { defaultCalendar } from '../state.ts';
import type { Account, Calendar, Mailbox, StoredEvent } from '../state.ts';
import { nowOf } from '../world.ts';
import type { World } from '../world.ts';

/** What the address of a week page says. */
export interface WeekView {
  account: Account;
  mailbox: Mailbox;
  calendar: Calendar;
  /** `YYYY-MM-DD` */
  monday: string;
  today: string;
  nowMinute: number;
}

/** The address of a week page. */
export function weekUrl(
  view: Pick<WeekView, 'account' | 'calendar' | 'monday'>,
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams({ week: view.monday, ...more });
  if (!view.calendar.isDefault) query.set('calendar', view.calendar.id);
  return `/mailbox/${encodeURIComponent(view.account.email)}?${query.toString()}`;
}

/** Reads the address; without a week it is that of the next event, a strange week means the present one, a strange calendar the event's own. Null for an unknown account. */
export function readView(world: World, email: string, query: URLSearchParams): WeekView | null {
  if (!world.state.accounts.has(email)) return null;
  const { account, mailbox } = requirePerson(world, email);
  const event = mailbox.events.get(query.get('event') ?? '');
  const calendar =
    mailbox.calendars.get(query.get('calendar') ?? '') ??
    mailbox.calendars.get(event?.calendarId ?? '') ??
    defaultCalendar(mailbox);
  const { date: today, minute: nowMinute } = wallOf(nowOf(world), account.timeZone);
  const opening = openingDay(weekItems({ mailbox, calendar }), nowOf(world), account.timeZone);
  const asked = query.get('week') ?? (event ? wallOf(event.draft.start.ms, account.timeZone).date : opening);
  const monday = mondayOf(parseDate(asked) === null ? today : asked);
  return { account, mailbox, calendar, monday, today, nowMinute };
}

/** The calendar's living events as the week needs them. */
export function weekItems({ mailbox, calendar }: Pick<WeekView, 'mailbox' | 'calendar'>): WeekItem<StoredEvent>[] {
  return livingEvents(mailbox, calendar).map((event) => ({
    event,
    days: event.draft.isAllDay ? { from: dateOf(event.draft.start.wallMs), to: dateOf(event.draft.end.wallMs) } : null,
    startMs: event.draft.start.ms,
    endMs: event.draft.end.ms,
  }));
}

/** True for an event whose details others do not see. */
export function isPrivate({ draft }: StoredEvent): boolean {
  return draft.sensitivity === 'private' || draft.sensitivity === 'confidential';
}

/** The day of a wall time that is read as if it were UTC. */
export function dateOf(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}
