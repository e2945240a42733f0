import { z } from 'zod';
import { ProviderFailure, type CalendarSession, type ChangesRead, type RemoteChange } from '../../sync/provider.ts';
import { readBody } from '../kit/read-body.ts';
import { oneByOne, type DavAnswer, type DavApi, type DavRequest } from './api.ts';
import { CTAG, ETAG, syncCollection } from './bodies.ts';
import { requireAccess } from './calendars.ts';
import { failureOf, isMissing } from './errors.ts';
import { calendarOf, canonicalPath } from './href.ts';
import { readMultistatus, type DavResource, type Multistatus } from './multistatus.ts';
import { CALENDARSERVER, DAV } from './namespaces.ts';

/*
 * Incremental reads by `sync-collection` (RFC 6578). Where a server does not know it, the whole calendar is listed, and the
 * `getctag` of a calendar says whether that would show anything new. Only etags are read: what changed is looked up.
 */

/** Where a read goes on. */
const cursorSchema = z.union([
  z.strictObject({ token: z.string().min(1) }),
  /** `null`: the server has no such tag, so everything is listed every time. */
  z.strictObject({ ctag: z.string().min(1).nullable() }),
]);

type Send = ReturnType<typeof oneByOne>;

/** One page of what changed in a calendar. @throws {ProviderFailure} */
export async function readChanges(
  api: DavApi,
  session: CalendarSession,
  cursor: string | null,
  signal: AbortSignal,
): Promise<ChangesRead> {
  const access = requireAccess(session.accessToken);
  const calendar = calendarOf(session.calendarId, new URL(access.home));
  const send = oneByOne(api, access, calendar, signal);
  if (cursor === null) return readFromStart(send, calendar);
  const at = readBody(cursorSchema, cursor);
  if (!at) return { kind: 'cursor_expired' };
  return 'token' in at ? readSince(send, calendar, at.token) : readIfTagged(send, calendar, at.ctag);
}

async function readFromStart(send: Send, calendar: URL): Promise<ChangesRead> {
  const answer = await send(syncRequest(calendar, null));
  const list = multistatusOf(answer);
  if (list?.syncToken) return pageOf(list, calendar, list.syncToken);
  if (list || isUnknownReport(answer)) return listAll(send, calendar);
  throw new ProviderFailure(readingFailure(answer));
}

async function readSince(send: Send, calendar: URL, token: string): Promise<ChangesRead> {
  const answer = await send(syncRequest(calendar, token));
  const list = multistatusOf(answer);
  if (list) return pageOf(list, calendar, list.syncToken ?? token);
  if (concernsTheAccount(answer)) throw new ProviderFailure(readingFailure(answer));
  // 403 with `valid-sync-token` is the standard's word; 409, 410, 412, 418 and 500 have been seen for the same.
  return { kind: 'cursor_expired' };
}

async function readIfTagged(send: Send, calendar: URL, ctag: string | null): Promise<ChangesRead> {
  const now = await tagOf(send, calendar);
  if (now === null || now !== ctag) return { kind: 'cursor_expired' };
  return { kind: 'page', changes: [], cursor: JSON.stringify({ ctag }), more: false };
}

/** The tag is read first: what comes in between is told once more. */
async function listAll(send: Send, calendar: URL): Promise<ChangesRead> {
  const ctag = await tagOf(send, calendar);
  const answer = await send({ method: 'PROPFIND', path: calendar.pathname, depth: '1', body: ETAG });
  const list = multistatusOf(answer);
  if (!list) throw new ProviderFailure(readingFailure(answer));
  return { kind: 'page', changes: changesIn(list, calendar), cursor: JSON.stringify({ ctag }), more: false };
}

async function tagOf(send: Send, calendar: URL): Promise<string | null> {
  const answer = await send({ method: 'PROPFIND', path: calendar.pathname, depth: '0', body: CTAG });
  const list = multistatusOf(answer);
  if (!list) throw new ProviderFailure(readingFailure(answer));
  return list.resources[0]?.prop(CALENDARSERVER, 'getctag')?.text.trim() || null;
}

/** The level is in the body; servers differ about `Depth`, and 0 is what the standard asks for (RFC 6578 §3.2). */
function syncRequest(calendar: URL, token: string | null): DavRequest {
  return { method: 'REPORT', path: calendar.pathname, depth: '0', body: syncCollection(token) };
}

function multistatusOf(answer: DavAnswer): Multistatus | null {
  return answer.kind === 'answered' && answer.status === 207 ? readMultistatus(answer.body, answer.url) : null;
}

/** 507 on the calendar itself means that there is more, from the token that came along (RFC 6578 §3.6). */
function pageOf(list: Multistatus, calendar: URL, token: string): ChangesRead {
  const more = list.resources.some((resource) => isCalendar(resource, calendar) && resource.status === 507);
  return { kind: 'page', changes: changesIn(list, calendar), cursor: JSON.stringify({ token }), more };
}

function changesIn({ resources }: Multistatus, calendar: URL): RemoteChange[] {
  return resources.flatMap((resource): RemoteChange[] => {
    const { url, status } = resource;
    if (isCalendar(resource, calendar) || url.pathname.endsWith('/')) return [];
    if (status === 404 || status === 410) return [{ kind: 'removed', remoteId: url.pathname }];
    const etag = resource.prop(DAV, 'getetag')?.text.trim() || null;
    return [{ kind: 'present', event: { remoteId: url.pathname, etag }, fields: null }];
  });
}

function isCalendar({ url }: DavResource, calendar: URL): boolean {
  const path = canonicalPath(calendar.pathname);
  return url.pathname === path || `${url.pathname}/` === path;
}

/** What a server says that has never heard of `sync-collection`. */
function isUnknownReport(answer: DavAnswer): boolean {
  return (
    answer.kind === 'answered' && [400, 403, 405, 409, 415, 422, 501].includes(answer.status) && answer.body !== ''
  );
}

/** Whether an answer says nothing of the cursor, but something of the calendar, the password or the server's rest. */
function concernsTheAccount(answer: DavAnswer): boolean {
  if (answer.kind !== 'answered' || isMissing(answer)) return true;
  const { status, retryAfterMs } = answer;
  return (
    status === 401 || status === 421 || status === 429 || status < 400 || (status === 503 && retryAfterMs !== null)
  );
}

function readingFailure(answer: DavAnswer): ReturnType<typeof failureOf> {
  return isMissing(answer) ? { kind: 'gone', what: 'calendar' } : failureOf(answer, 'read');
}
