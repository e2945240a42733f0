import { z } from 'zod';
import {
  ProviderFailure,
  type CalendarSession,
  type ChangesRead,
  type ReadWindow,
  type RemoteChange,
} from '../../sync/provider.ts';
import { readBody } from '../kit/read-body.ts';
import type { ApiAnswer, GoogleApi } from './api.ts';
import { failureOf, isMissing } from './errors.ts';
import { CHANGES_PER_PAGE } from './limits.ts';
import { eventsPath, succeeded } from './operations.ts';
import { changeListSchema, type ChangedEvent } from './schema.ts';

/*
 * Incremental reads: https://developers.google.com/workspace/calendar/api/guides/sync. All parameters but `timeMin` must be
 * the same in every call of a token's life.
 */

/** Where a read goes on: Google's sync token, and its page token while a round is not finished. */
const cursorSchema = z.strictObject({ sync: z.string().nullable(), page: z.string().nullable(), from: z.string() });

type Cursor = z.infer<typeof cursorSchema>;

/** Of strangers' events we ask for no more than what tells that they are not ours. */
const FIELDS = 'nextPageToken,nextSyncToken,items(id,status,etag,extendedProperties/private/vcLink)';
const QUERY = `maxResults=${CHANGES_PER_PAGE}&singleEvents=false&showDeleted=true&prettyPrint=false&fields=${encodeURIComponent(FIELDS)}`;

/** One page of what changed in a calendar. @throws {ProviderFailure} */
export async function readChanges(
  api: GoogleApi,
  session: CalendarSession,
  cursor: string | null,
  window: ReadWindow,
  signal: AbortSignal,
): Promise<ChangesRead> {
  const at = cursor === null ? { sync: null, page: null, from: window.from.toISOString() } : parseCursor(cursor);
  if (!at) return { kind: 'cursor_expired' };
  const path = `${eventsPath(session.calendarId)}?${QUERY}${position(at)}`;
  const [answer] = await api.send(session.accessToken, [{ method: 'GET', path }], signal);
  if (!answer) throw new ProviderFailure({ kind: 'unknown_outcome', code: 'part_missing' });
  if (at.sync !== null && isExpired(answer)) return { kind: 'cursor_expired' };
  if (isMissing(answer)) throw new ProviderFailure({ kind: 'gone', what: 'calendar' });
  const list = succeeded(answer) ? readBody(changeListSchema, answer.body) : null;
  if (!list) throw new ProviderFailure(failureOf(answer, 'read'));
  const changes = (list.items ?? []).flatMap(toChange);
  if (list.nextPageToken !== undefined) {
    return { kind: 'page', changes, cursor: JSON.stringify({ ...at, page: list.nextPageToken }), more: true };
  }
  const next: Cursor = { ...at, sync: list.nextSyncToken ?? at.sync, page: null };
  return { kind: 'page', changes, cursor: JSON.stringify(next), more: false };
}

function parseCursor(text: string): Cursor | null {
  return readBody(cursorSchema, text);
}

function position({ sync, page, from }: Cursor): string {
  const start = sync === null ? `&timeMin=${encodeURIComponent(from)}` : `&syncToken=${encodeURIComponent(sync)}`;
  return page === null ? start : `${start}&pageToken=${encodeURIComponent(page)}`;
}

/** 410 is the documented answer to a token that is too old; a malformed one is answered with 400. */
function isExpired(answer: ApiAnswer): boolean {
  return answer.kind === 'answered' && (answer.status === 410 || answer.status === 400);
}

/** A tombstone may carry nothing but its id; a living event without our mark is somebody else's. */
function toChange(event: ChangedEvent): RemoteChange[] {
  if (event.status === 'cancelled') return [{ kind: 'removed', remoteId: event.id }];
  if (event.extendedProperties?.private?.['vcLink'] === undefined) return [];
  return [{ kind: 'present', event: { remoteId: event.id, etag: event.etag ?? null }, fields: null }];
}
