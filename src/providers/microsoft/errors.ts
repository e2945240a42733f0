import type { Failure } from '../../sync/provider.ts';
import { readValue } from '../kit/read-body.ts';
import { unansweredFailure, type Effect } from '../kit/unanswered.ts';
import type { ApiAnswer } from './api.ts';
import { MAILBOX_PAUSE_MS } from './limits.ts';
import { errorSchema, type InnerError } from './schema.ts';

type Answered = Extract<ApiAnswer, { kind: 'answered' }>;

/** Codes in lower case: Graph and Exchange do not agree on capitals (https://learn.microsoft.com/graph/errors). */
const MISSING = new Set(['erroritemnotfound', 'errorfoldernotfound', 'itemnotfound', 'notfound']);
/** No licence, a guest, or a mailbox on a server of the company's own. */
const NO_MAILBOX = new Set(['mailboxnotenabledforrestapi', 'errornonexistentmailbox', 'mailboxnotsupportedforrestapi']);
const FULL = new Set(['errorquotaexceeded', 'errormailboxstorefull', 'quotaexceeded']);
const FORGOTTEN = new Set(['syncstatenotfound', 'syncstateinvalid', 'resyncrequired']);
const BAD_ZONE = 'timezonenotsupportedexception';
const DUPLICATE_TRANSACTION = 'errorduplicatetransactionid';
const FOLDER_EXISTS = 'errorfolderexists';

const BAD_REQUEST: ReadonlyMap<string, string> = new Map([
  ['errorpropertyvalidationfailure', 'field_invalid'],
  ['errorinvalidproperty', 'field_invalid'],
  ['errorinvalididmalformed', 'id_malformed'],
  ['requestbodyread', 'body_unparsable'],
  [BAD_ZONE, 'time_zone_unknown'],
]);

/** The failure behind an answer that is not a success. Never looks at texts, only at status and code. */
export function failureOf(answer: ApiAnswer, effect: Effect): Failure {
  if (answer.kind === 'turned_away') return answer.failure;
  if (answer.kind === 'unanswered') return unansweredFailure(answer, effect);
  const { status } = answer;
  const codes = codesOf(answer);
  if (codes.some((code) => NO_MAILBOX.has(code))) return pause('no_mailbox');
  if (status === 507 || codes.some((code) => FULL.has(code))) return pause('mailbox_full');
  if (status === 400) return { kind: 'refused', code: badRequestCode(codes) };
  if (status === 401) return { kind: 'reauth_required', code: 'access_token_rejected' };
  if (status === 403) return forbidden(answer, codes);
  if (status === 409 || status === 412) return retryLater('concurrent_change', answer, 'link');
  if (status === 413) return { kind: 'refused', code: 'too_large' };
  if (status === 423) return retryLater('mailbox_moving', answer, 'connection');
  if (status === 424) return retryLater('batch_held_up', answer, 'connection');
  if (status === 429) return retryLater('rate_limited', answer, 'connection');
  if (status === 503) return unavailable(answer, codes, effect);
  if (status === 408 || status >= 500) return open('server_error', answer, effect);
  if (status < 300) return open('answer_unreadable', answer, effect);
  return { kind: 'operator_error', code: codes.length > 0 && status === 404 ? 'not_found' : 'unexpected_answer' };
}

/** Whether Exchange itself, not some proxy in between, says that the thing is not there (any more). */
export function isMissing(answer: ApiAnswer): boolean {
  return answer.kind === 'answered' && answer.status === 404 && codesOf(answer).some((code) => MISSING.has(code));
}

/** Whether the account has no mailbox that Graph reaches. A guest's token is refused without a word (401, empty body). */
export function isWithoutMailbox(answer: ApiAnswer): boolean {
  if (answer.kind !== 'answered') return false;
  if (answer.status === 401 && answer.empty) return true;
  return codesOf(answer).some((code) => NO_MAILBOX.has(code));
}

/** Whether the event changed in the middle of the call; Exchange says so at times without anybody having touched it. */
export function isStale(answer: ApiAnswer): boolean {
  return answer.kind === 'answered' && answer.status === 412;
}

/** Whether the mailbox does not know the name of the time zone. */
export function isUnknownZone(answer: ApiAnswer): boolean {
  return answer.kind === 'answered' && answer.status === 400 && codesOf(answer).includes(BAD_ZONE);
}

/** Whether the transaction id has made another event already: 400 from some servers, 409 from others. */
export function isDuplicateTransaction(answer: ApiAnswer): boolean {
  return answer.kind === 'answered' && answer.status >= 400 && codesOf(answer).includes(DUPLICATE_TRANSACTION);
}

/** The event that has the transaction id, when the refusal names it. */
export function existingEventId(answer: ApiAnswer): string | null {
  for (const error of errorsOf(answer)) {
    const id = error['@event.existingEventId'];
    if (typeof id === 'string' && id !== '') return id;
  }
  return null;
}

/** Whether there is a calendar of that name already. */
export function isFolderTaken(answer: ApiAnswer): boolean {
  return answer.kind === 'answered' && codesOf(answer).includes(FOLDER_EXISTS);
}

/** Whether the service has forgotten the state that a delta link stands for. */
export function isForgottenState(answer: ApiAnswer): boolean {
  return answer.kind === 'answered' && (answer.status === 410 || codesOf(answer).some((code) => FORGOTTEN.has(code)));
}

function pause(code: string): Failure {
  return { kind: 'retry_later', code, afterMs: MAILBOX_PAUSE_MS, scope: 'connection' };
}

/** 500, 502, 504 and unreadable answers come after the request went in: a write may have been carried out. */
function open(code: string, answer: Answered, effect: Effect): Failure {
  return effect === 'write' ? { kind: 'unknown_outcome', code } : retryLater(code, answer, 'connection');
}

/**
 * A 503 that names a time was turned away at the door. Without one it may come from the store itself, which has been seen
 * to keep the event all the same (`ConcurrentItemSave`).
 */
function unavailable(answer: Answered, codes: readonly string[], effect: Effect): Failure {
  const atTheDoor = answer.retryAfterMs !== null && !codes.includes('concurrentitemsave');
  return atTheDoor ? retryLater('unavailable', answer, 'connection') : open('unavailable', answer, effect);
}

function forbidden(answer: Answered, codes: readonly string[]): Failure {
  if (codes.length === 0) return retryLater('forbidden_without_reason', answer, 'connection');
  return { kind: 'reauth_required', code: 'access_forbidden' };
}

function retryLater(code: string, answer: Answered, scope: 'link' | 'connection' | 'app'): Failure {
  return { kind: 'retry_later', code, afterMs: answer.retryAfterMs, scope };
}

function badRequestCode(codes: readonly string[]): string {
  const known = codes.find((code) => BAD_REQUEST.has(code));
  return (known && BAD_REQUEST.get(known)) ?? 'request_invalid';
}

/** In lower case, from the outermost to the innermost; empty when the answer is none of Graph's. */
function codesOf(answer: Answered): string[] {
  return errorsOf(answer).flatMap(({ code }) => (code === undefined ? [] : [code.toLowerCase()]));
}

function errorsOf(answer: ApiAnswer): InnerError[] {
  const errors: InnerError[] = [];
  let error = answer.kind === 'answered' ? readValue(errorSchema, answer.json)?.error : undefined;
  while (error) {
    errors.push(error);
    error = error.innerError ?? error.innererror;
  }
  return errors;
}
