import { DAY, type Clock } from '../base/time.ts';
import { fingerprint } from './desired.ts';
import { isSurprising } from './guard.ts';
import type { CalendarProvider, CalendarSession, ReadWindow, RemoteChange } from './provider.ts';
import type { Lease, NotedChange, SyncStore } from './store.ts';

export interface ReadingDeps {
  store: SyncStore;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  /** How often a calendar is read back. */
  pollMs: number;
  /** How far ahead events are written. */
  horizonMs: number;
  /** Told of every call, for the budgets of the account and of the app. */
  onCall: () => void;
}

/** Accounts that were connected together should not read together: a quarter more or less. */
const JITTER = 0.25;

/**
 * Reads what changed in a calendar and notes what has to be looked at; the looking itself is the work of links like any
 * other. The cursor is kept only when everything before it is noted, so a round that breaks off is repeated.
 * @returns whether the owner is asked about what they deleted, so that the account rests
 * @throws {ProviderFailure}
 */
export async function readingRound(
  deps: ReadingDeps,
  provider: CalendarProvider,
  lease: Lease,
  session: CalendarSession,
  signal: AbortSignal,
): Promise<'noted' | 'asked'> {
  const { store, clock } = deps;
  const { connection } = lease;
  const begunAt = clock.now();
  const window = { from: new Date(begunAt.getTime() - DAY), to: new Date(begunAt.getTime() + deps.horizonMs) };
  const read = (from: string | null): Promise<Pages> => readPages(deps, provider, lease, session, from, window, signal);

  let pages = await read(connection.readCursor);
  let removed = pages.removed;
  // Begun again once; what can't be read now either is read from the start the next time, and writing goes on meanwhile.
  if (pages.cursor === null && connection.readCursor !== null) {
    pages = await read(null);
    removed += pages.removed;
  }
  if (pages.shown !== null) removed += await store.noteMissing(lease, pages.shown, begunAt);
  const of = removed === 0 ? 0 : await store.countEvents(lease, window.from);
  if (isSurprising(removed, of)) {
    await store.ask(lease, { kind: 'removal', count: removed, of }, clock.now());
    return 'asked';
  }
  await store.endReading(lease, { cursor: pages.cursor, nextReadAt: nextReadAt(deps) }, clock.now());
  connection.readCursor = pages.cursor;
  return 'noted';
}

interface Pages {
  /** `null`: the service had forgotten where we were. */
  cursor: string | null;
  /** The events of a reading from the start; `null` when it was not one, or did not come to its end. */
  shown: ReadonlySet<string> | null;
  /** How many events seem deleted. */
  removed: number;
}

async function readPages(
  { store, clock, onCall }: ReadingDeps,
  provider: CalendarProvider,
  lease: Lease,
  session: CalendarSession,
  from: string | null,
  window: ReadWindow,
  signal: AbortSignal,
): Promise<Pages> {
  const shown = new Set<string>();
  let cursor = from;
  let removed = 0;
  for (;;) {
    onCall();
    const page = await provider.readChanges(session, cursor, window, signal);
    if (page.kind === 'cursor_expired') return { cursor: null, shown: null, removed };
    for (const change of page.changes) if (from === null && change.kind === 'present') shown.add(change.event.remoteId);
    removed += await store.noteChanges(lease, page.changes.map(toNoted), clock.now());
    cursor = page.cursor;
    if (!page.more) return { cursor, shown: from === null ? shown : null, removed };
  }
}

/** When the calendar is read again if nothing wakes us before. */
function nextReadAt({ clock, random, pollMs }: ReadingDeps): Date {
  return new Date(clock.now().getTime() + pollMs * (1 - JITTER + 2 * JITTER * random()));
}

function toNoted(change: RemoteChange): NotedChange {
  if (change.kind === 'removed') return { remoteId: change.remoteId, removed: true, etag: null, hash: null };
  const { event, fields } = change;
  return { remoteId: event.remoteId, removed: false, etag: event.etag, hash: fields && fingerprint(fields) };
}
