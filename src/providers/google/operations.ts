import type { EventKey, Failure, Operation, Outcome } from '../../sync/provider.ts';
import { readBody } from '../kit/read-body.ts';
import type { Steps as GenericSteps } from '../kit/rounds.ts';
import { webAddress } from '../kit/web-address.ts';
import type { ApiAnswer, ApiRequest } from './api.ts';
import { failureOf, isDuplicate, isMissing } from './errors.ts';
import { MERGE_ATTEMPTS } from './limits.ts';
import { eventId, holds, isOurs, mergedEvent, newEvent, toFields, type GoogleFields } from './mapping.ts';
import { eventSchema, writtenSchema, type GoogleEvent } from './schema.ts';

type Steps = GenericSteps<ApiRequest, ApiAnswer>;

interface Change {
  calendarId: string;
  key: EventKey;
  remoteId: string;
  fields: GoogleFields;
  /** The insert met its own id: what is there counts as ours only with our marks. */
  adopting: boolean;
}

/** Nobody is told of our changes: there are no guests, and should the owner add some, they are theirs to tell. */
const QUIET = 'sendUpdates=none&prettyPrint=false';

/** An answer to a write names what we keep, not what we sent. */
const WRITE_QUERY = `${QUIET}&fields=id,etag,htmlLink`;

/** The steps that carry out one operation in a calendar. */
export function stepsOf(calendarId: string, operation: Operation): Steps {
  if (operation.kind === 'create') return createEvent(calendarId, operation.key, toFields(operation.fields));
  const remoteId = operation.event?.remoteId ?? eventId(operation.key);
  if (operation.kind === 'delete') return deleteEvent(calendarId, remoteId);
  const change = { calendarId, key: operation.key, remoteId, fields: toFields(operation.fields), adopting: false };
  return operation.kind === 'check' ? checkEvent(change) : changeEvent(change);
}

function* createEvent(calendarId: string, key: EventKey, fields: GoogleFields): Steps {
  const answer = yield {
    method: 'POST',
    path: `${eventsPath(calendarId)}?${WRITE_QUERY}`,
    body: newEvent(key, fields),
  };
  if (succeeded(answer)) return written(answer);
  if (isDuplicate(answer))
    return yield* changeEvent({ calendarId, key, remoteId: eventId(key), fields, adopting: true });
  if (!isMissing(answer)) return failed(failureOf(answer, 'write'));
  // A new calendar may not be known everywhere yet; only the calendar itself can say that it is gone.
  return yield* ifCalendarExists(calendarId, {
    kind: 'retry_later',
    code: 'calendar_not_ready',
    afterMs: null,
    scope: 'link',
  });
}

/** Reads, merges and writes under the etag just read, so that what its owner changed meanwhile is never overwritten. */
function* changeEvent(change: Change): Steps {
  for (let attempt = 1; attempt <= MERGE_ATTEMPTS; attempt += 1) {
    const answer = yield readRequest(change);
    if (isMissing(answer)) return yield* missingEvent(change);
    const event = succeeded(answer) ? readBody(eventSchema, answer.body) : null;
    if (!event) return failed(failureOf(answer, 'read'));
    if (event.status === 'cancelled') return failed({ kind: 'gone', what: 'event' });
    if (change.adopting && !isOurs(event, change.key)) return failed({ kind: 'conflict', code: 'id_taken' });
    if (holds(event, change.key, change.fields)) return acknowledged('unchanged', event);

    const write = yield writeRequest(change, event);
    if (succeeded(write)) return written(write);
    if (isMissing(write)) return yield* missingEvent(change);
    if (!isStale(write)) return failed(failureOf(write, 'write'));
  }
  return failed({ kind: 'retry_later', code: 'event_changing', afterMs: null, scope: 'link' });
}

/** Reads and compares only. */
function* checkEvent(change: Change): Steps {
  const answer = yield readRequest(change);
  if (isMissing(answer)) return yield* missingEvent(change);
  const event = succeeded(answer) ? readBody(eventSchema, answer.body) : null;
  if (!event) return failed(failureOf(answer, 'read'));
  if (event.status === 'cancelled') return failed({ kind: 'gone', what: 'event' });
  return acknowledged(holds(event, change.key, change.fields) ? 'unchanged' : 'differs', event);
}

function* deleteEvent(calendarId: string, remoteId: string): Steps {
  const answer = yield { method: 'DELETE', path: `${eventPath(calendarId, remoteId)}?${QUIET}` };
  if (succeeded(answer) || isMissing(answer)) return { kind: 'deleted' };
  return failed(failureOf(answer, 'write'));
}

/** An id that is taken and yet cannot be read stays so: only a new generation helps. */
function* missingEvent(change: Change): Steps {
  if (change.adopting) return failed({ kind: 'conflict', code: 'id_taken' });
  return yield* ifCalendarExists(change.calendarId, { kind: 'gone', what: 'event' });
}

/** Google says 404 for a missing event and for a missing calendar alike. Asks for nothing but the list's own type. */
function* ifCalendarExists(calendarId: string, failure: Failure): Steps {
  const answer = yield { method: 'GET', path: `${eventsPath(calendarId)}?maxResults=1&fields=kind` };
  if (succeeded(answer)) return failed(failure);
  return failed(isMissing(answer) ? { kind: 'gone', what: 'calendar' } : failureOf(answer, 'read'));
}

function readRequest({ calendarId, remoteId, fields }: Change): ApiRequest {
  const timeZone = encodeURIComponent(fields.start.timeZone);
  return { method: 'GET', path: `${eventPath(calendarId, remoteId)}?prettyPrint=false&timeZone=${timeZone}` };
}

function writeRequest({ calendarId, remoteId, key, fields }: Change, event: GoogleEvent): ApiRequest {
  // Without these a PUT drops the attachments and the conference that an owner has added.
  const attachments = event['attachments'] ? '&supportsAttachments=true' : '';
  const conference = event['conferenceData'] ? '&conferenceDataVersion=1' : '';
  const path = `${eventPath(calendarId, remoteId)}?${WRITE_QUERY}${attachments}${conference}`;
  return { method: 'PUT', path, ifMatch: event.etag, body: mergedEvent(event, key, fields) };
}

/** The path of a calendar's events, without a query. */
export function eventsPath(calendarId: string): string {
  return `/calendars/${encodeURIComponent(calendarId)}/events`;
}

function eventPath(calendarId: string, remoteId: string): string {
  return `${eventsPath(calendarId)}/${encodeURIComponent(remoteId)}`;
}

/** Whether a call was answered with 2xx. */
export function succeeded(answer: ApiAnswer): answer is Extract<ApiAnswer, { kind: 'answered' }> {
  return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
}

function isStale(answer: ApiAnswer): boolean {
  return answer.kind === 'answered' && answer.status === 412;
}

function written(answer: Extract<ApiAnswer, { kind: 'answered' }>): Outcome {
  const event = readBody(writtenSchema, answer.body);
  return event ? acknowledged('written', event) : failed(failureOf(answer, 'write'));
}

function acknowledged(
  kind: 'written' | 'unchanged' | 'differs',
  event: { id: string; etag?: string | undefined; htmlLink?: string | undefined },
): Outcome {
  return {
    kind,
    event: { remoteId: event.id, etag: event.etag ?? null },
    webLink: webAddress(event.htmlLink),
  };
}

function failed(failure: Failure): Outcome {
  return { kind: 'failed', failure };
}
