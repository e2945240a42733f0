import type { Role } from '../../domain/appointment.ts';
import {
  feedSources,
  lookAtAll,
  lookAtSources,
  type FeedLookAtAll,
  type FeedPlace,
  type FeedWindow,
  type ReadSource,
} from '../../store/feed-contents.ts';
import type { CalendarContext, FeedServices } from './context.ts';

/** At each look: a statement for so many takes the embedded database about a millisecond (measured), and everybody else waits for it. */
const AT_ONCE = 200;
/** Most sources are small: so many of them are looked at together. */
const SOURCES_AT_ONCE = 10;

type Context = Pick<CalendarContext, 'database'> & { feeds: Pick<FeedServices, 'turns'> };

/** The appointments of a feed, soonest first, each once, and the names of their zones as they are stored. */
export interface FeedPlaces {
  ids: number[];
  zones: Set<string>;
}

/**
 * The appointments of a person's feed, looked for a few at a time.
 * @param gone nobody waits for them any more: what was found until then is returned
 */
export async function feedPlaces(
  context: Context,
  person: { id: number; role: Role },
  window: FeedWindow,
  gone: AbortSignal,
): Promise<FeedPlaces> {
  // When each starts. A person may be concerned in several ways. No more is kept of them: what lives as long as a feed is read
  // is copied by young collections, for which everybody waits (10 ms, not 2, for four feeds of 10,000; measured).
  const starts = new Map<number, number>();
  const zones = new Set<string>();
  const looks = person.role === 'admin' ? looksAtAll(context, window) : looksAtSources(context, person.id, window);
  for await (const places of looks) {
    for (const { id, startsAt, zone } of places) {
      starts.set(id, startsAt.getTime());
      zones.add(zone);
    }
    if (gone.aborted) break;
  }
  const inOrder = [...starts].toSorted(([a, aStart], [b, bStart]) => aStart - bStart || a - b);
  return { ids: inOrder.map(([id]) => id), zones };
}

async function* looksAtAll({ database, feeds }: Context, window: FeedWindow): AsyncGenerator<FeedPlace[]> {
  let after: FeedPlace | null = null;
  do {
    const from: FeedPlace | null = after;
    const look: FeedLookAtAll = await feeds.turns.take(() => lookAtAll(database.background.db, window, from, AT_ONCE));
    yield look.places;
    after = look.last;
  } while (after !== null);
}

async function* looksAtSources(context: Context, userId: number, window: FeedWindow): AsyncGenerator<FeedPlace[]> {
  const { db } = context.database.background;
  const { turns } = context.feeds;
  const sources = await turns.take(() => feedSources(db, userId));
  const large: ReadSource[] = [];
  for (const kind of Map.groupBy(sources, ({ by }) => by).values()) {
    for (let at = 0; at < kind.length; at += SOURCES_AT_ONCE) {
      const some = kind.slice(at, at + SOURCES_AT_ONCE).map((source) => ({ ...source, after: 0 }));
      const look = await turns.take(() => lookAtSources(db, some, window, AT_ONCE / SOURCES_AT_ONCE));
      yield look.places;
      large.push(...look.unfinished);
    }
  }
  for (let next = large.pop(); next !== undefined; next = large.pop()) {
    const one = [next];
    const look = await turns.take(() => lookAtSources(db, one, window, AT_ONCE));
    yield look.places;
    large.push(...look.unfinished);
  }
}
