import type { Clock } from '../../base/time.ts';
import type { EventKey, Failure, Operation, Outcome } from '../../sync/provider.ts';
import type { Zones } from '../../zones/zones.ts';
import type { Steps as GenericSteps } from '../kit/rounds.ts';
import type { Effect } from '../kit/unanswered.ts';
import type { DavAnswer, DavRequest } from './api.ts';
import { ETAG, findByUid } from './bodies.ts';
import { failureOf, isForbidden, isMissing, isStale, isUidConflict } from './errors.ts';
import { findEvent, holds } from './found-event.ts';
import { canonicalPath, resolveHref } from './href.ts';
import { MERGE_ATTEMPTS } from './limits.ts';
import { toFields, type CaldavFields } from './mapping.ts';
import { nameOf, uidOf } from './marks.ts';
import { readMultistatus, unmetConditions } from './multistatus.ts';
import { CALDAV, DAV } from './namespaces.ts';
import { mergedObject, newObject } from './object.ts';

type Steps<Result = Outcome> = Generator<DavRequest, Result, DavAnswer>;

/** What every step needs. */
export interface Work {
  zones: Zones;
  clock: Clock;
  /** The target calendar; ends in a slash. */
  calendar: URL;
}

interface Change extends Work {
  key: EventKey;
  /** Where the event is, as far as we know. */
  path: string;
  fields: CaldavFields;
}

const GONE: Failure = { kind: 'gone', what: 'event' };

/** The steps that carry out one operation in a calendar. */
export function stepsOf(work: Work, operation: Operation): GenericSteps<DavRequest, DavAnswer> {
  const { key } = operation;
  const path = operation.kind === 'create' || operation.event === null ? pathOf(work, key) : operation.event.remoteId;
  if (operation.kind === 'delete') return deleteEvent(work, key, path);
  const change = { ...work, key, path, fields: toFields(operation.fields) };
  if (endsBeforeItBegins(change.fields)) return refuse();
  if (operation.kind === 'create') return operation.repeated ? createAgain(change) : createEvent(change);
  return operation.kind === 'check' ? checkEvent(change) : changeEvent(change);
}

/** RFC 5545 §3.8.2.2 forbids it; some servers keep it all the same, and no program shows it. */
function endsBeforeItBegins({ startsAt, endsAt }: CaldavFields): boolean {
  return Date.parse(endsAt) < Date.parse(startsAt);
}

// oxlint-disable-next-line require-yield
function* refuse(): Steps {
  return failed({ kind: 'refused', code: 'event_invalid' });
}

/**
 * What an unanswered creation left may have got another name, and not every server minds the same UID twice. A look-up that
 * fails leaves the creation open, as a write would: that is no setback of the account, whose other events need not wait.
 */
function* createAgain(change: Change): Steps {
  const found = yield* lookUp(change, change.key, 'write');
  if (found.kind === 'failed') return found;
  return yield* found.kind === 'at' ? changeEvent({ ...change, path: found.path }) : createEvent(change);
}

/** A repeated creation meets itself under its own name; what is there with our UID is ours. */
function* createEvent(change: Change): Steps {
  const { path, key, calendar } = change;
  const answer = yield {
    method: 'PUT',
    path,
    ifNoneMatch: '*',
    body: () => newObject({ ...change, now: change.clock.now() }),
  };
  if (isWritten(answer)) return yield* acknowledged(change, placeOf(answer) ?? path, answer);
  if (isStale(answer)) return yield* changeEvent(change, { kind: 'conflict', code: 'name_taken' });
  if (isUidConflict(answer)) {
    const named = conflictingPath(answer, calendar);
    if (named !== null) return yield* changeEvent({ ...change, path: named }, { kind: 'conflict', code: 'uid_taken' });
  } else if (isForbidden(answer)) return yield* whyForbidden(change, answer);
  else if (!isMissing(answer)) return failed(failureOf(answer, 'write'));
  const found = yield* lookUp(change, key);
  if (found.kind === 'failed') return found;
  if (found.kind === 'at') return yield* changeEvent({ ...change, path: found.path });
  if (isMissing(answer))
    return failed({ kind: 'retry_later', code: 'calendar_not_ready', afterMs: null, scope: 'link' });
  const taken = answer.kind === 'answered' && answer.status !== 400;
  return failed(taken ? { kind: 'conflict', code: 'uid_taken' } : failureOf(answer, 'write'));
}

/** Cyrus forbids what is written into a calendar that is not there. */
function* whyForbidden(change: Change, answer: DavAnswer): Steps {
  const found = yield* lookUp(change, change.key);
  return found.kind === 'failed' && isCalendarGone(found) ? found : failed(failureOf(answer, 'write'));
}

/**
 * Reads, merges and writes under the etag just read, so that what its owner changed meanwhile is never overwritten.
 * @param elsewhere what it means that another event is there; `null`: there is none but ours
 */
function* changeEvent(change: Change, elsewhere: Failure | null = null): Steps {
  const { key, fields, zones } = change;
  let { path } = change;
  for (let attempt = 1; attempt <= MERGE_ATTEMPTS; attempt += 1) {
    const answer = yield { method: 'GET', path };
    if (isMissing(answer)) {
      const moved = yield* whereNow({ ...change, path });
      if (typeof moved !== 'string') return moved;
      path = moved;
      continue;
    }
    if (!isRead(answer)) return failed(failureOf(answer, 'read'));
    const found = findEvent(answer.body, uidOf(key));
    if (!found) return failed(elsewhere ?? { kind: 'refused', code: 'event_unreadable' });
    if (holds(found, fields, zones)) return yield* told('unchanged', change, path, answer);
    const body = mergedObject(found, { ...change, now: change.clock.now() });
    const write = yield { method: 'PUT', path, ifMatch: strongEtag(answer) ?? '*', body };
    if (isWritten(write)) return yield* acknowledged(change, placeOf(write) ?? path, write);
    if (!isStale(write) && !isMissing(write)) return failed(failureOf(write, 'write'));
  }
  return failed({ kind: 'retry_later', code: 'event_changing', afterMs: null, scope: 'link' });
}

/** Reads and compares only. */
function* checkEvent(change: Change): Steps {
  let { path } = change;
  let answer = yield { method: 'GET', path };
  if (isMissing(answer)) {
    const moved = yield* whereNow(change);
    if (typeof moved !== 'string') return moved;
    path = moved;
    answer = yield { method: 'GET', path };
  }
  if (!isRead(answer)) return failed(isMissing(answer) ? GONE : failureOf(answer, 'read'));
  const found = findEvent(answer.body, uidOf(change.key));
  const same = found !== null && holds(found, change.fields, change.zones);
  return yield* told(same ? 'unchanged' : 'differs', change, path, answer);
}

/** What is not where it was may have been given another name by its server: then it is removed there. */
function* deleteEvent(work: Work, key: EventKey, path: string): Steps {
  const answer = yield { method: 'DELETE', path };
  if (isDeleted(answer)) return { kind: 'deleted' };
  if (!isMissing(answer)) return failed(failureOf(answer, 'write'));
  const found = yield* lookUp(work, key);
  if (found.kind === 'failed') return isCalendarGone(found) ? { kind: 'deleted' } : found;
  if (found.kind === 'nowhere' || found.path === path) return { kind: 'deleted' };
  const second = yield { method: 'DELETE', path: found.path };
  return isDeleted(second) || isMissing(second) ? { kind: 'deleted' } : failed(failureOf(second, 'write'));
}

/** Where an event is that is not where it was, or what that means. */
function* whereNow(change: Change): Steps<string | Outcome> {
  const found = yield* lookUp(change, change.key);
  if (found.kind === 'failed') return found;
  return found.kind === 'at' && found.path !== change.path ? found.path : failed(GONE);
}

type LookedUp = { kind: 'at'; path: string } | { kind: 'nowhere' } | Extract<Outcome, { kind: 'failed' }>;

/**
 * Looks for an event by its UID; tells as well whether the calendar is still there.
 * @param effect what is open while the answer is
 */
function* lookUp({ calendar }: Work, key: EventKey, effect: Effect = 'read'): Steps<LookedUp> {
  const uid = uidOf(key);
  const answer = yield { method: 'REPORT', path: calendar.pathname, depth: '1', body: findByUid(uid) };
  if (isMissing(answer)) return failed({ kind: 'gone', what: 'calendar' });
  const list = answer.kind === 'answered' && answer.status === 207 ? readMultistatus(answer.body, answer.url) : null;
  if (!list) return failed(failureOf(answer, effect));
  // Servers that ignore the filter answer with everything.
  const match = list.resources.find((one) => findEvent(one.prop(CALDAV, 'calendar-data')?.text ?? '', uid) !== null);
  return match ? { kind: 'at', path: match.url.pathname } : { kind: 'nowhere' };
}

function isCalendarGone({ failure }: Extract<Outcome, { kind: 'failed' }>): boolean {
  return failure.kind === 'gone' && failure.what === 'calendar';
}

/**
 * A write was taken. Servers that changed what they were given tell no etag: it is asked for, and with it whether the event
 * is where it was put.
 */
function* acknowledged(work: Change, path: string, answer: DavAnswer): Steps {
  const etag = answer.kind === 'answered' ? etagIn(answer.headers) : null;
  return etag === null ? yield* withEtag('written', work, path) : outcome('written', path, etag);
}

/** The event was read; an answer without an etag is as good, and costs a question. */
function* told(kind: 'unchanged' | 'differs', work: Change, path: string, answer: DavAnswer): Steps {
  const etag = answer.kind === 'answered' ? etagIn(answer.headers) : null;
  return etag === null ? yield* withEtag(kind, work, path) : outcome(kind, path, etag);
}

function* withEtag(kind: 'written' | 'unchanged' | 'differs', work: Change, path: string): Steps {
  const answer = yield { method: 'PROPFIND', path, depth: '0', body: ETAG };
  if (answer.kind === 'answered' && answer.status === 207) {
    const [resource] = readMultistatus(answer.body, answer.url)?.resources ?? [];
    const etag = resource?.prop(DAV, 'getetag')?.text.trim() ?? '';
    return outcome(kind, path, etag === '' ? null : etag);
  }
  if (!isMissing(answer)) return outcome(kind, path, null);
  const found = yield* lookUp(work, work.key);
  if (found.kind === 'at' && found.path !== path) return yield* withEtag(kind, work, found.path);
  return outcome(kind, path, null);
}

function outcome(kind: 'written' | 'unchanged' | 'differs', remoteId: string, etag: string | null): Outcome {
  return { kind, event: { remoteId, etag }, webLink: null };
}

function failed(failure: Failure): Extract<Outcome, { kind: 'failed' }> {
  return { kind: 'failed', failure };
}

function pathOf({ calendar }: Work, key: EventKey): string {
  return canonicalPath(calendar.pathname) + nameOf(key);
}

/** Not any 2xx: Xandikos says 207 when a UID is taken. */
function isWritten(answer: DavAnswer): boolean {
  return answer.kind === 'answered' && [200, 201, 204].includes(answer.status);
}

function isDeleted(answer: DavAnswer): boolean {
  return answer.kind === 'answered' && [200, 202, 204].includes(answer.status);
}

function isRead(answer: DavAnswer): answer is Extract<DavAnswer, { kind: 'answered' }> {
  return answer.kind === 'answered' && answer.status === 200;
}

/** Where a server says that it put an event instead. */
function placeOf(answer: DavAnswer): string | null {
  const location = answer.kind === 'answered' && answer.status === 201 ? answer.headers['location'] : undefined;
  if (answer.kind !== 'answered' || location === undefined) return null;
  const place = resolveHref(location, answer.url);
  return place && place.origin === answer.url.origin ? place.pathname : null;
}

/** The event that has the UID, when the refusal names it (RFC 4791 §5.3.2.1), and it is in this calendar. */
function conflictingPath(answer: DavAnswer, calendar: URL): string | null {
  const href = answer.kind === 'answered' ? unmetConditions(answer.body).href : null;
  const url = href === null ? null : resolveHref(href, calendar);
  const within = url && url.origin === calendar.origin && url.pathname.startsWith(canonicalPath(calendar.pathname));
  return within ? url.pathname : null;
}

function etagIn(headers: Readonly<Record<string, string>>): string | null {
  return headers['etag']?.trim() || null;
}

/** A weak one can't be a condition (RFC 9110 §13.1.1); `*` at least never brings back what was deleted. */
function strongEtag(answer: Extract<DavAnswer, { kind: 'answered' }>): string | null {
  const etag = etagIn(answer.headers);
  return etag !== null && /^"[^"]*"$/.test(etag) ? etag : null;
}
