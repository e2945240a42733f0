import { instantOfTime } from '../event-times.ts';
import { findCalendar } from '../state.ts';
import type { Account, Calendar, StoredEvent } from '../state.ts';
import { parseDate } from '../../kit/time-zone.ts';
import type { World } from '../world.ts';
import { mondayOf, openingDay, wallOf } from '../../kit/pages/week-layout.ts';
import type { WeekItem } from '../../kit/pages/week-layout.ts';

/** What the address of a week page says. */
export interface WeekView {
  account: Account;
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
  if (!view.calendar.primary) query.set('calendar', view.calendar.id);
  return `/calendar/${encodeURIComponent(view.account.email)}?${query.toString()}`;
}

/** Reads the address; without a week it is that of the next event, and a strange week means the present one. Null for an unknown account. */
export function readView(world: World, email: string, query: URLSearchParams): WeekView | null {
  const account = world.state.accounts.get(email);
  const calendar = account && findCalendar(world.state, email, query.get('calendar') ?? 'primary');
  const shown = calendar ?? (account && findCalendar(world.state, email, 'primary'));
  if (!account || !shown) return null;
  const nowMs = world.clock.now().getTime();
  const { date: today, minute: nowMinute } = wallOf(nowMs, shown.timeZone);
  const opening = openingDay(weekItems(shown), nowMs, shown.timeZone);
  const asked = query.get('week') ?? dayOfEvent(shown, query.get('event')) ?? opening;
  return { account, calendar: shown, monday: mondayOf(parseDate(asked) === null ? today : asked), today, nowMinute };
}

/** The calendar's living events as the week needs them. */
export function weekItems(calendar: Calendar): WeekItem<StoredEvent>[] {
  return [...calendar.events.values()]
    .filter((event) => event.status !== 'cancelled')
    .map((event) => ({
      event,
      days:
        event.start.kind === 'date' && event.end.kind === 'date'
          ? { from: event.start.date, to: event.end.date }
          : null,
      startMs: instantOfTime(event.start, calendar.timeZone),
      endMs: instantOfTime(event.end, calendar.timeZone),
    }));
}

/** True for an event that the owner's other viewers would not see. */
export function isPrivate(event: StoredEvent): boolean {
  return event.fields['visibility'] === 'private' || event.fields['visibility'] === 'confidential';
}

function dayOfEvent(calendar: Calendar, eventId: string | null): string | null {
  const event = calendar.events.get(eventId ?? '');
  return event ? wallOf(instantOfTime(event.start, calendar.timeZone), calendar.timeZone).date : null;
}
