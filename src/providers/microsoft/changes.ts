import { z } from 'zod';
import {
  ProviderFailure,
  type CalendarSession,
  type ChangesRead,
  type ReadWindow,
  type RemoteChange,
} from '../../sync/provider.ts';
import { readBody, readValue } from '../kit/read-body.ts';
import type { ApiRequest, GraphApi } from './api.ts';
import { failureOf, isForgottenState, isMissing } from './errors.ts';
import { CHANGES_PER_PAGE, WINDOW_RESERVE_MS } from './limits.ts';
import type { Mapping } from './mapping.ts';
import { isForeignTransaction } from './marks.ts';
import { succeeded } from './operations.ts';
import { viewPath } from './paths.ts';
import { changeListSchema, type ChangedEvent } from './schema.ts';

/*
 * Incremental reads: https://learn.microsoft.com/graph/delta-query-events. All parameters go with the first call of a round;
 * from then on the service's own links are followed, and the one at the end begins the next round.
 */

/** Where a read goes on: the path of a link, and the window that it was made for. */
const cursorSchema = z.strictObject({
  path: z.string().startsWith('/'),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
});

type Cursor = z.infer<typeof cursorSchema>;

/** One page of what changed in a calendar. @throws {ProviderFailure} */
export async function readChanges(
  api: GraphApi,
  mapping: Mapping,
  session: CalendarSession,
  cursor: string | null,
  window: ReadWindow,
  signal: AbortSignal,
): Promise<ChangesRead> {
  const at = cursor === null ? roundOver(session.calendarId, window) : readBody(cursorSchema, cursor);
  if (!at || !covers(at, window)) return { kind: 'cursor_expired' };
  const request: ApiRequest = { method: 'GET', path: at.path, pageSize: CHANGES_PER_PAGE };
  const [answer] = await api.send(session.accessToken, [request], signal);
  if (!answer) throw new ProviderFailure({ kind: 'unknown_outcome', code: 'part_missing' });
  if (cursor !== null && (isForgottenState(answer) || isRefusedLink(answer))) return { kind: 'cursor_expired' };
  if (isMissing(answer)) throw new ProviderFailure({ kind: 'gone', what: 'calendar' });
  const list = succeeded(answer) ? readValue(changeListSchema, answer.json) : null;
  if (!list) throw new ProviderFailure(failureOf(answer, 'read'));
  const next = list['@odata.nextLink'];
  const path = pathOf(api, next ?? list['@odata.deltaLink']);
  const changes = list.value.flatMap((item) => toChange(mapping, item));
  return { kind: 'page', changes, cursor: JSON.stringify({ ...at, path }), more: next !== undefined };
}

function roundOver(calendarId: string, window: ReadWindow): Cursor {
  const from = window.from.toISOString();
  const to = new Date(window.to.getTime() + WINDOW_RESERVE_MS).toISOString();
  return { path: `${viewPath(calendarId)}/delta?startDateTime=${from}&endDateTime=${to}`, from, to };
}

function covers({ from, to }: Cursor, window: ReadWindow): boolean {
  return Date.parse(from) <= window.from.getTime() && Date.parse(to) >= window.to.getTime();
}

/** A link that the service can't read any more: 400 is what malformed tokens are answered with. */
function isRefusedLink(answer: Parameters<typeof succeeded>[0]): boolean {
  return answer.kind === 'answered' && answer.status === 400;
}

/** Links stay on the configured host: with them goes the person's access token. */
function pathOf(api: GraphApi, link: string | undefined): string {
  const path = link === undefined ? null : api.pathOf(link);
  if (path === null) throw new ProviderFailure({ kind: 'operator_error', code: 'link_elsewhere' });
  return path;
}

/**
 * What carries another app's transaction, or is part of a series, is certainly not ours; what carries none may be.
 * `@removed` also means "left the window".
 */
function toChange(mapping: Mapping, item: ChangedEvent): RemoteChange[] {
  if (item['@removed']) return [{ kind: 'removed', remoteId: item.id }];
  if (item.type === 'occurrence' || item.type === 'exception' || isForeignTransaction(item.transactionId)) return [];
  const ours = typeof item.transactionId === 'string';
  const event = { remoteId: item.id, etag: item['@odata.etag'] ?? null };
  return [{ kind: 'present', event, fields: ours ? mapping.fieldsOf(item) : null }];
}
