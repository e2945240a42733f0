import type { Failure } from '../../sync/provider.ts';
import { unansweredFailure, type Effect } from '../kit/unanswered.ts';
import type { DavAnswer } from './api.ts';
import { FULL_PAUSE_MS } from './limits.ts';
import { unmetConditions } from './multistatus.ts';

type Answered = Extract<DavAnswer, { kind: 'answered' }>;

/** Conditions of RFC 4791 §5.3.2.1 that say: not this event, however often it is sent. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['valid-calendar-data', 'event_invalid'],
  ['supported-calendar-data', 'event_invalid'],
  ['valid-calendar-object-resource', 'event_invalid'],
  ['supported-calendar-component', 'event_invalid'],
  ['max-resource-size', 'too_large'],
  ['min-date-time', 'date_out_of_range'],
  ['max-date-time', 'date_out_of_range'],
]);
const NO_PRIVILEGE = 'need-privileges';
const FULL = new Set(['quota-not-exceeded', 'sufficient-disk-space']);

/** What makes the engine look for the account anew, with its password, and decide by that. */
const ASK_AGAIN: Failure = { kind: 'reauth_required', code: 'access_token_rejected' };

/** The failure behind an answer that is not a success. Never looks at texts, only at status and conditions. */
export function failureOf(answer: DavAnswer, effect: Effect): Failure {
  if (answer.kind === 'turned_away') return answer.failure;
  if (answer.kind === 'unanswered') return unansweredFailure(answer, effect);
  const { status } = answer;
  const { conditions } = unmetConditions(answer.body);
  const refused = conditions.map((name) => REFUSALS.get(name)).find((code) => code !== undefined);
  if (status === 507 || conditions.some((name) => FULL.has(name))) return pause('calendar_full');
  if (refused !== undefined) return { kind: 'refused', code: refused };
  if (status === 401 || status === 421 || (status >= 300 && status < 400)) return ASK_AGAIN;
  if (status === 403) return forbidden(answer, conditions);
  if (status === 413) return { kind: 'refused', code: 'too_large' };
  if (status === 400 || status === 415 || status === 422) return { kind: 'refused', code: 'request_invalid' };
  if (status === 409 || status === 412) return retryLater('concurrent_change', answer, 'link');
  if (status === 423) return retryLater('locked', answer, 'link');
  if (status === 429) return retryLater('rate_limited', answer, 'connection');
  if (status === 503 && answer.retryAfterMs !== null) return retryLater('unavailable', answer, 'connection');
  if (status === 408 || status >= 500) return open('server_error', answer, effect);
  if (status < 300) return open('answer_unreadable', answer, effect);
  return { kind: 'operator_error', code: 'unexpected_answer' };
}

/** Whether the thing is not there (any more). */
export function isMissing(answer: DavAnswer): boolean {
  return answer.kind === 'answered' && (answer.status === 404 || answer.status === 410);
}

/** Whether something was refused without a reason that the standards name. */
export function isForbidden(answer: DavAnswer): boolean {
  return answer.kind === 'answered' && answer.status === 403 && unmetConditions(answer.body).conditions.length === 0;
}

/** Whether a condition on what is there was not met. */
export function isStale(answer: DavAnswer): boolean {
  return answer.kind === 'answered' && answer.status === 412;
}

/**
 * Whether the UID may be taken under another name already: 409 (Radicale, Nextcloud), 403 with `no-uid-conflict` (Cyrus),
 * 400 (older Nextcloud), and 207 from Xandikos, which reads as a success. 409 also means that the calendar is gone.
 */
export function isUidConflict(answer: DavAnswer): boolean {
  if (answer.kind !== 'answered') return false;
  const { status, body } = answer;
  if (status === 207 || status === 409) return true;
  if (status === 400) return !isRefusal(body);
  return status === 403 && unmetConditions(body).conditions.includes('no-uid-conflict');
}

/** Whether a server said by name that it takes no such event. */
function isRefusal(body: string): boolean {
  return unmetConditions(body).conditions.some((name) => REFUSALS.has(name));
}

/** Without a reason the password may have been withdrawn; a page of some firewall says nothing of the account. */
function forbidden(answer: Answered, conditions: readonly string[]): Failure {
  if (conditions.includes(NO_PRIVILEGE)) return { kind: 'reauth_required', code: 'access_forbidden' };
  if (answer.body.trim() === '') return ASK_AGAIN;
  return retryLater('forbidden', answer, conditions.length > 0 ? 'link' : 'connection');
}

function pause(code: string): Failure {
  return { kind: 'retry_later', code, afterMs: FULL_PAUSE_MS, scope: 'connection' };
}

/** Faults of the server come after the request went in: a write may have been carried out. */
function open(code: string, answer: Answered, effect: Effect): Failure {
  return effect === 'write' ? { kind: 'unknown_outcome', code } : retryLater(code, answer, 'connection');
}

function retryLater(code: string, answer: Answered, scope: 'link' | 'connection'): Failure {
  return { kind: 'retry_later', code, afterMs: answer.retryAfterMs, scope };
}
