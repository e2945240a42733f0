import type { EventKey, Failure, Operation, Outcome } from '../../sync/provider.ts';
import { readValue } from '../kit/read-body.ts';
import type { Steps as GenericSteps } from '../kit/rounds.ts';
import { webAddress } from '../kit/web-address.ts';
import type { ApiAnswer, ApiRequest } from './api.ts';
import { existingEventId, failureOf, isDuplicateTransaction, isMissing, isStale, isUnknownZone } from './errors.ts';
import { MERGE_ATTEMPTS } from './limits.ts';
import { echoes, toFields, type Mapping, type MicrosoftFields } from './mapping.ts';
import { findByKey, isOurs, transactionId, WITH_MARK } from './marks.ts';
import { calendarPath, eventPath, eventsPath, viewPath } from './paths.ts';
import { eventListSchema, eventSchema, type GraphEvent } from './schema.ts';
import { UTC } from './windows-zones.ts';

type Steps<Result = Outcome> = Generator<ApiRequest, Result, ApiAnswer>;

/** Where and under which key an operation works. */
interface Place {
  calendarId: string;
  key: EventKey;
}

interface Change extends Place {
  remoteId: string;
  fields: MicrosoftFields;
  /** Found under our transaction id: it counts as ours only with our marks. What it means when it can't be read. */
  adopting: Failure | null;
}

const READ_QUERY = `$select=${[
  'id,type,subject,body,location,start,end,showAs,sensitivity,isReminderOn,reminderMinutesBeforeStart',
  'isOnlineMeeting,originalStartTimeZone,transactionId,webLink',
].join(',')}&${WITH_MARK}`;

const GONE: Failure = { kind: 'gone', what: 'event' };

/** The steps that carry out one operation in a calendar. */
export function stepsOf(
  mapping: Mapping,
  calendarId: string,
  operation: Operation,
): GenericSteps<ApiRequest, ApiAnswer> {
  const place = { calendarId, key: operation.key };
  if (operation.kind === 'create') {
    const fields = toFields(operation.fields);
    return operation.repeated ? createAgain(mapping, place, fields) : createEvent(mapping, place, fields);
  }
  if (operation.kind === 'delete') return operation.event ? deleteEvent(operation.event.remoteId) : deleteByKey(place);
  const { remoteId } = operation.event;
  const change = { ...place, remoteId, fields: toFields(operation.fields), adopting: null };
  return operation.kind === 'check' ? checkEvent(mapping, change) : changeEvent(mapping, change);
}

/**
 * How long Exchange remembers transaction ids is not documented, so the mark has the first word after a lost answer. A
 * look-up that fails as the creation did leaves the creation open, as a write would: that is no setback of the account,
 * whose other events need not wait for this one.
 */
function* createAgain(mapping: Mapping, place: Place, fields: MicrosoftFields): Steps {
  const marked = yield { method: 'GET', path: markPath(place) };
  const found = foundIn(marked, null);
  if (found === null && !isMissing(marked)) return failed(failureOf(marked, 'write'));
  if (found === null) return yield* unlistable(place, marked);
  const [remoteId] = found;
  if (remoteId === undefined) return yield* createEvent(mapping, place, fields);
  return yield* changeEvent(mapping, { ...place, remoteId, fields, adopting: GONE });
}

/**
 * The same transaction id makes no second event. A repeated call is answered with the event as it was made then, or with a
 * refusal that may name it.
 */
function* createEvent(mapping: Mapping, place: Place, fields: MicrosoftFields): Steps {
  const post = (wanted: MicrosoftFields): ApiRequest => ({
    method: 'POST',
    path: eventsPath(place.calendarId),
    body: mapping.newEvent(place.key, wanted),
  });
  let answer = yield post(fields);
  if (isUnknownZone(answer) && fields.timeZone !== UTC) answer = yield post({ ...fields, timeZone: UTC });
  if (succeeded(answer)) {
    const event = readValue(eventSchema, answer.json);
    if (!event) return failed(failureOf(answer, 'write'));
    if (echoes(event, fields)) return acknowledged('written', event);
    const adopting: Failure = { kind: 'retry_later', code: 'event_not_ready', afterMs: null, scope: 'link' };
    return begun(yield* changeEvent(mapping, { ...place, remoteId: event.id, fields, adopting }));
  }
  if (isDuplicateTransaction(answer)) {
    return begun(yield* adoptExisting(mapping, place, fields, existingEventId(answer)));
  }
  if (!isMissing(answer)) return failed(failureOf(answer, 'write'));
  // A new calendar may not be known everywhere yet; only the calendar itself can say that it is gone.
  return yield* ifCalendarExists(place.calendarId, {
    kind: 'retry_later',
    code: 'calendar_not_ready',
    afterMs: null,
    scope: 'link',
  });
}

/** The event is there, whatever became of the steps after its creation. */
function begun(outcome: Outcome): Outcome {
  if (outcome.kind !== 'failed' || outcome.failure.kind === 'gone' || outcome.failure.kind === 'conflict')
    return outcome;
  return { ...outcome, begun: true };
}

/** What has our transaction id and can't be found any more was deleted by its owner: it is not made again. */
function* adoptExisting(mapping: Mapping, place: Place, fields: MicrosoftFields, known: string | null): Steps {
  if (known !== null) return yield* changeEvent(mapping, { ...place, remoteId: known, fields, adopting: GONE });
  const marked = yield { method: 'GET', path: markPath(place) };
  const byMark = foundIn(marked, null);
  if (byMark === null) return yield* unlistable(place, marked);
  if (byMark[0] !== undefined)
    return yield* changeEvent(mapping, { ...place, remoteId: byMark[0], fields, adopting: GONE });
  const timed = yield { method: 'GET', path: timePath(place, fields) };
  const byTime = foundIn(timed, place.key);
  if (byTime === null) return yield* unlistable(place, timed);
  if (byTime[0] !== undefined)
    return yield* changeEvent(mapping, { ...place, remoteId: byTime[0], fields, adopting: GONE });
  return failed(GONE);
}

/** Reads, compares and writes what differs: a PATCH leaves everything else as its owner has it, so it needs no guard. */
function* changeEvent(mapping: Mapping, change: Change): Steps {
  const { key, remoteId, fields } = change;
  let zone = fields.timeZone;
  for (let attempt = 1; attempt <= MERGE_ATTEMPTS; attempt += 1) {
    const answer = yield readRequest(change);
    if (isMissing(answer)) return yield* missingEvent(change);
    const event = succeeded(answer) ? readValue(eventSchema, answer.json) : null;
    if (!event) return failed(failureOf(answer, 'read'));
    if (change.adopting && !isOurs(event, key)) return failed({ kind: 'conflict', code: 'id_taken' });
    const body = mapping.changesTo(event, key, { ...fields, timeZone: zone });
    if (!body) return acknowledged('unchanged', event);

    const write = yield { method: 'PATCH', path: eventPath(remoteId), body };
    if (succeeded(write)) return written(write);
    if (isMissing(write)) return yield* missingEvent(change);
    if (isUnknownZone(write) && zone !== UTC) zone = UTC;
    else if (!isStale(write)) return failed(failureOf(write, 'write'));
  }
  return failed({ kind: 'retry_later', code: 'event_changing', afterMs: null, scope: 'link' });
}

/** Reads and compares only. */
function* checkEvent(mapping: Mapping, change: Change): Steps {
  const answer = yield readRequest(change);
  if (isMissing(answer)) return yield* missingEvent(change);
  const event = succeeded(answer) ? readValue(eventSchema, answer.json) : null;
  if (!event) return failed(failureOf(answer, 'read'));
  return acknowledged(mapping.changesTo(event, change.key, change.fields) ? 'differs' : 'unchanged', event);
}

function* deleteEvent(remoteId: string): Steps {
  const answer = yield { method: 'DELETE', path: eventPath(remoteId) };
  if (succeeded(answer) || isMissing(answer)) return { kind: 'deleted' };
  return failed(failureOf(answer, 'write'));
}

/** A creation that was never answered: what there may be of it is found by its mark. */
function* deleteByKey(place: Place): Steps {
  const answer = yield { method: 'GET', path: markPath(place) };
  if (isMissing(answer)) return { kind: 'deleted' };
  const found = foundIn(answer, null);
  if (found === null) return failed(failureOf(answer, 'read'));
  for (const remoteId of found) {
    const outcome = yield* deleteEvent(remoteId);
    if (outcome.kind === 'failed') return outcome;
  }
  return { kind: 'deleted' };
}

function readRequest({ remoteId }: Change): ApiRequest {
  return { method: 'GET', path: `${eventPath(remoteId)}?${READ_QUERY}` };
}

function* missingEvent(change: Change): Steps {
  return yield* ifCalendarExists(change.calendarId, change.adopting ?? GONE);
}

/** Exchange says 404 for a missing event and for one in a missing calendar alike. Asks for nothing but the id. */
function* ifCalendarExists(calendarId: string, failure: Failure): Steps {
  const answer = yield { method: 'GET', path: `${calendarPath(calendarId)}?$select=id` };
  if (succeeded(answer)) return failed(failure);
  return failed(isMissing(answer) ? { kind: 'gone', what: 'calendar' } : failureOf(answer, 'read'));
}

function* unlistable({ calendarId }: Place, answer: ApiAnswer): Steps {
  const failure = failureOf(answer, 'read');
  return isMissing(answer) ? yield* ifCalendarExists(calendarId, failure) : failed(failure);
}

function markPath({ calendarId, key }: Place): string {
  return `${eventsPath(calendarId)}?${findByKey(key)}&$select=id,transactionId`;
}

/** The search for marks may lag behind a creation; what lies at a time is always up to date. */
function timePath({ calendarId }: Place, fields: MicrosoftFields): string {
  const span = `startDateTime=${fields.start}&endDateTime=${fields.end}`;
  return `${viewPath(calendarId)}?${span}&$select=id,transactionId&$top=100`;
}

/**
 * The ids in a list.
 * @param key only those with its transaction id; `null`: all of them
 * @returns `null` when the answer is no list
 */
function foundIn(answer: ApiAnswer, key: EventKey | null): string[] | null {
  const list = succeeded(answer) ? readValue(eventListSchema, answer.json) : null;
  const wanted = key === null ? null : transactionId(key);
  return (
    list &&
    list.value.filter((event) => wanted === null || event.transactionId?.toLowerCase() === wanted).map(({ id }) => id)
  );
}

/** Whether a call was answered with 2xx. */
export function succeeded(answer: ApiAnswer): answer is Extract<ApiAnswer, { kind: 'answered' }> {
  return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
}

function written(answer: Extract<ApiAnswer, { kind: 'answered' }>): Outcome {
  const event = readValue(eventSchema, answer.json);
  return event ? acknowledged('written', event) : failed(failureOf(answer, 'write'));
}

function acknowledged(kind: 'written' | 'unchanged' | 'differs', event: GraphEvent): Outcome {
  const remote = { remoteId: event.id, etag: event['@odata.etag'] ?? null };
  return { kind, event: remote, webLink: webAddress(event.webLink) };
}

function failed(failure: Failure): Outcome {
  return { kind: 'failed', failure };
}
