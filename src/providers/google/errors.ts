import type { Failure } from '../../sync/provider.ts';
import { readBody } from '../kit/read-body.ts';
import { unansweredFailure, type Effect } from '../kit/unanswered.ts';
import type { ApiAnswer } from './api.ts';
import { DAILY_LIMIT_PAUSE_MS, QUOTA_PAUSE_MS } from './limits.ts';
import { errorSchema } from './schema.ts';

type Answered = Extract<ApiAnswer, { kind: 'answered' }>;

/** What Google's error body says; `null` when it is none of Google's (a proxy's page, an empty body). */
interface Envelope {
  /** From the most to the least precise. */
  reasons: string[];
  /** The limit of the whole project was met, not that of one account. */
  projectLimit: boolean;
}

const RATE_REASONS = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_EXHAUSTED',
]);

/** 403 by reason: https://developers.google.com/workspace/calendar/api/guides/errors and google.rpc.ErrorInfo's reasons. */
const FORBIDDEN: ReadonlyMap<string, Failure> = new Map<string, Failure>([
  ['quotaExceeded', { kind: 'retry_later', code: 'quota_exceeded', afterMs: QUOTA_PAUSE_MS, scope: 'connection' }],
  ['dailyLimitExceeded', { kind: 'retry_later', code: 'daily_limit', afterMs: DAILY_LIMIT_PAUSE_MS, scope: 'app' }],
  ['dailyLimitExceededUnreg', { kind: 'operator_error', code: 'api_disabled' }],
  ['accessNotConfigured', { kind: 'operator_error', code: 'api_disabled' }],
  ['SERVICE_DISABLED', { kind: 'operator_error', code: 'api_disabled' }],
  ['BILLING_DISABLED', { kind: 'operator_error', code: 'billing_disabled' }],
  ['CONSUMER_SUSPENDED', { kind: 'operator_error', code: 'project_suspended' }],
  ['CONSUMER_INVALID', { kind: 'operator_error', code: 'project_suspended' }],
  ['insufficientPermissions', { kind: 'reauth_required', code: 'scope_missing' }],
  ['ACCESS_TOKEN_SCOPE_INSUFFICIENT', { kind: 'reauth_required', code: 'scope_missing' }],
  ['forbiddenForNonOrganizer', { kind: 'refused', code: 'not_organizer' }],
  ['forbidden', { kind: 'reauth_required', code: 'access_forbidden' }],
  ['requiredAccessLevel', { kind: 'reauth_required', code: 'access_forbidden' }],
]);

const BAD_REQUEST: ReadonlyMap<string, string> = new Map([
  ['timeRangeEmpty', 'time_range_empty'],
  ['required', 'field_missing'],
  ['invalid', 'field_invalid'],
  ['invalidParameter', 'field_invalid'],
  ['parseError', 'body_unparsable'],
]);

/** The failure behind an answer that is not a success. Never looks at texts, only at status and reason. */
export function failureOf(answer: ApiAnswer, effect: Effect): Failure {
  if (answer.kind === 'turned_away') return answer.failure;
  if (answer.kind === 'unanswered') return unansweredFailure(answer, effect);
  const { status } = answer;
  const envelope = readEnvelope(answer.body);
  if (status === 400) return { kind: 'refused', code: badRequestCode(envelope) };
  if (status === 401) return { kind: 'reauth_required', code: 'access_token_rejected' };
  if (status === 403) return forbidden(answer, envelope);
  if (status === 409) return retryLater('concurrent_change', answer, 'link');
  if (status === 413) return { kind: 'refused', code: 'too_large' };
  if (status === 429) return rateLimited(answer, envelope);
  // With a time to wait it is a refusal; without one it may be a front end that lost sight of a write.
  if (status === 503 && answer.retryAfterMs !== null) return retryLater('unavailable', answer, 'connection');
  if (status === 503) return open('unavailable', answer, effect);
  if (status === 408 || status >= 500) return open('server_error', answer, effect);
  if (status < 300) return open('answer_unreadable', answer, effect);
  return { kind: 'operator_error', code: envelope && status === 404 ? 'not_found' : 'unexpected_answer' };
}

/** Whether Google itself, not some proxy in between, says that the thing is not there (any more). */
export function isMissing(answer: ApiAnswer): boolean {
  if (answer.kind !== 'answered' || (answer.status !== 404 && answer.status !== 410)) return false;
  return readEnvelope(answer.body) !== null;
}

/** Whether an insert met its own id: an event or the tombstone of one. 409 has a second meaning, a clash of two calls. */
export function isDuplicate(answer: ApiAnswer): boolean {
  if (answer.kind !== 'answered' || answer.status !== 409) return false;
  return !readEnvelope(answer.body)?.reasons.includes('conflict');
}

/** 500, 502, 504 and unreadable answers come after the request went in: a write may have been carried out. */
function open(code: string, answer: Answered, effect: Effect): Failure {
  return effect === 'write' ? { kind: 'unknown_outcome', code } : retryLater(code, answer, 'connection');
}

function forbidden(answer: Answered, envelope: Envelope | null): Failure {
  if (!envelope) return retryLater('forbidden_without_reason', answer, 'connection');
  for (const reason of envelope.reasons) {
    if (RATE_REASONS.has(reason)) return rateLimited(answer, envelope);
    const failure = FORBIDDEN.get(reason);
    if (failure) return failure;
  }
  return { kind: 'refused', code: 'forbidden' };
}

function rateLimited(answer: Answered, envelope: Envelope | null): Failure {
  if (envelope?.projectLimit) return retryLater('project_rate_limited', answer, 'app');
  return retryLater('rate_limited', answer, 'connection');
}

function retryLater(code: string, answer: Answered, scope: 'link' | 'connection' | 'app'): Failure {
  return { kind: 'retry_later', code, afterMs: answer.retryAfterMs, scope };
}

function badRequestCode(envelope: Envelope | null): string {
  const known = envelope?.reasons.find((reason) => BAD_REQUEST.has(reason));
  return (known && BAD_REQUEST.get(known)) ?? 'request_invalid';
}

function readEnvelope(body: string): Envelope | null {
  const error = readBody(errorSchema, body)?.error;
  if (!error) return null;
  const { errors = [], details = [], status } = error;
  const reasons = [...details.map((detail) => detail.reason), ...errors.map((item) => item.reason), status];
  return {
    reasons: reasons.filter((reason) => reason !== undefined),
    // `defaultPerMinutePerProject` beside `defaultPerMinutePerUser`
    projectLimit: details.some((detail) => detail.metadata?.['quota_limit']?.endsWith('PerProject') ?? false),
  };
}
