import { DAY, type Clock } from '../base/time.ts';
import { fingerprint } from './desired.ts';
import { isSurprising } from './guard.ts';
import type { CalendarProvider, CalendarSession, RemoteChange } from './provider.ts';
import type { Lease, NotedChange, SyncStore } from './store.ts';

export interface ReadBackDeps {
  store: SyncStore;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  /** How often a calendar is read back. */
  pollMs: number;
  /** How far ahead events are written. */
  horizonMs: number;
}

/** Accounts that were connected together should not read together: a quarter more or less. */
const JITTER = 0.25;

/**
 * Reads what changed in a calendar and notes what has to be looked at; the looking itself is the work of links like any
 * other. The cursor is kept only when everything before it is noted, so a reading that breaks off is repeated.
 * The one entrance for polls, "sync now" and webhooks: they only say that it is time.
 * @returns whether the owner is asked about what they deleted, so that the account rests
 * @throws {ProviderFailure}
 */
export async function readBack(
  deps: ReadBackDeps,
  provider: CalendarProvider,
  lease: Lease,
  session: CalendarSession,
  signal: AbortSignal,
): Promise<'noted' | 'asked'> {
  const { store, clock } = deps;
  const { connection } = lease;
  const now = clock.now();
  const window = { from: new Date(now.getTime() - DAY), to: new Date(now.getTime() + deps.horizonMs) };
  let cursor = connection.readCursor;
  let shown: Set<string> | null = cursor === null ? new Set() : null;
  let removed = 0;
  let beginnings = 0;
  let whole = false;
  for (;;) {
    const read = await provider.readChanges(session, cursor, window, signal);
    if (read.kind === 'cursor_expired') {
      beginnings += 1;
      // What could not be read now is read from the start the next time; writing goes on meanwhile.
      const again = cursor !== null && beginnings <= MOST_BEGINNINGS;
      cursor = null;
      if (!again) break;
      shown = new Set();
      continue;
    }
    for (const change of read.changes) if (change.kind === 'present') shown?.add(change.event.remoteId);
    removed += await store.noteChanges(lease, read.changes.map(toNoted), clock.now());
    cursor = read.cursor;
    whole = !read.more;
    if (whole) break;
  }
  if (shown !== null && whole) removed += await store.noteMissing(lease, shown, now);
  const of = removed === 0 ? 0 : await store.countEvents(lease);
  if (isSurprising(removed, of)) {
    await store.ask(lease, { kind: 'removal', count: removed, of }, clock.now());
    return 'asked';
  }
  await store.endReading(lease, { cursor, nextReadAt: nextReadAt(deps) }, clock.now());
  connection.readCursor = cursor;
  return 'noted';
}

/** A reading that takes longer than its cursors live would begin again for ever. */
const MOST_BEGINNINGS = 2;

/** When the calendar is read again if nothing wakes us before. */
export function nextReadAt({ clock, random, pollMs }: ReadBackDeps): Date {
  return new Date(clock.now().getTime() + pollMs * (1 - JITTER + 2 * JITTER * random()));
}

function toNoted(change: RemoteChange): NotedChange {
  if (change.kind === 'removed') return { remoteId: change.remoteId, removed: true, etag: null, hash: null };
  const { event, fields } = change;
  return { remoteId: event.remoteId, removed: false, etag: event.etag, hash: fields && fingerprint(fields) };
}
