import { partOf } from '../../domain/audience.ts';
import { loadAppointments } from '../../store/appointments.ts';
import type { FeedWindow } from '../../store/feed-contents.ts';
import type { FetchedFeed } from '../../store/feeds.ts';
import { latestShownChanges } from '../../store/shown-changes.ts';
import { eventSetting } from '../event-setting.ts';
import type { CalendarContext, FileEvent } from './context.ts';
import { feedPlaces } from './feed-places.ts';
import { ownEvent, ownUid } from './own-event.ts';

/** So many are read and written in a turn: 20 take the embedded database about a millisecond (measured). */
const EVENTS_AT_ONCE = 20;

/** A feed's text, piece by piece as its reader takes them. @param gone the reader has gone, and nothing more is made */
export async function* writeFeed(
  context: CalendarContext,
  feed: FetchedFeed,
  window: FeedWindow,
  gone: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const { writer, turns } = context.feeds;
  // The head goes out at once: how long the rest takes depends on how much there is.
  yield writer.head(feed.name);
  const { ids, zones } = await feedPlaces(context, { id: feed.userId, role: feed.role }, window, gone);
  if (gone.aborted) return;
  const years = { first: window.from.getUTCFullYear() - 1, last: window.to.getUTCFullYear() + 1 };
  // A calendar must have some part (RFC 5545 §3.6).
  yield writer.zones(zones.size === 0 ? [feed.timeZone] : [...zones], years);
  for (let at = 0; at < ids.length; at += EVENTS_AT_ONCE) {
    const some = ids.slice(at, at + EVENTS_AT_ONCE);
    const text = await turns.take(async () => writer.events(await eventsOf(context, feed, some)));
    if (text.length > 0) yield text;
  }
  yield writer.end();
}

/** The owner's events of these appointments, with what their part in each may see. */
async function eventsOf(context: CalendarContext, feed: FetchedFeed, ids: readonly number[]): Promise<FileEvent[]> {
  const setting = { ...eventSetting(context), reminderMinutes: feed.reminderMinutes };
  const { db } = context.database.background;
  const appointments = await loadAppointments(db, ids);
  const changes = await latestShownChanges(db, ids);
  return appointments.flatMap((appointment) => {
    const part = partOf(appointment, { id: feed.userId, role: feed.role });
    if (part === null) return [];
    const uid = ownUid(appointment.id, feed.userId, setting.appUrl);
    return [ownEvent(appointment, part, setting, { uid, shownAt: changes.get(appointment.id) })];
  });
}
