import { expect, test } from 'vitest';
import type { ApiAnswer } from './api.ts';
import {
  existingEventId,
  failureOf,
  isDuplicateTransaction,
  isForgottenState,
  isMissing,
  isUnknownZone,
  isWithoutMailbox,
} from './errors.ts';

function answered(status: number, code: string | null = null, retryAfterMs: number | null = null): ApiAnswer {
  const json = code === null ? undefined : { error: { code, message: 'text', innerError: { date: '2026-11-20' } } };
  return { kind: 'answered', status, retryAfterMs, json, empty: json === undefined };
}

const later = (code: string, scope: string, afterMs: number | null = null): object => ({
  kind: 'retry_later',
  code,
  afterMs,
  scope,
});

test.each([
  ['bad property', answered(400, 'ErrorPropertyValidationFailure'), { kind: 'refused', code: 'field_invalid' }],
  ['bad id', answered(400, 'ErrorInvalidIdMalformed'), { kind: 'refused', code: 'id_malformed' }],
  ['no envelope', answered(400), { kind: 'refused', code: 'request_invalid' }],
  ['token', answered(401, 'InvalidAuthenticationToken'), { kind: 'reauth_required', code: 'access_token_rejected' }],
  ['token of a guest', answered(401), { kind: 'reauth_required', code: 'access_token_rejected' }],
  ['scope', answered(403, 'ErrorAccessDenied'), { kind: 'reauth_required', code: 'access_forbidden' }],
  ['a proxy’s 403', answered(403), later('forbidden_without_reason', 'connection')],
  ['a proxy’s 404', answered(404), { kind: 'operator_error', code: 'unexpected_answer' }],
  ['another 404', answered(404, 'ResourceNotFound'), { kind: 'operator_error', code: 'not_found' }],
  ['no mailbox', answered(404, 'MailboxNotEnabledForRESTAPI'), later('no_mailbox', 'connection', 3_600_000)],
  ['full', answered(507, 'ErrorQuotaExceeded'), later('mailbox_full', 'connection', 3_600_000)],
  ['clash', answered(409, 'ErrorIrresolvableConflict'), later('concurrent_change', 'link')],
  ['too large', answered(413), { kind: 'refused', code: 'too_large' }],
  ['moving', answered(423, 'ErrorMailboxMoveInProgress'), later('mailbox_moving', 'connection')],
  ['held up', answered(424), later('batch_held_up', 'connection')],
  ['throttle', answered(429, 'ApplicationThrottled', 2_128), later('rate_limited', 'connection', 2_128)],
  [
    'closed for a time',
    answered(503, 'ErrorMailboxStoreUnavailable', 9_000),
    later('unavailable', 'connection', 9_000),
  ],
])('%s', (_, answer, failure) => {
  expect(failureOf(answer, 'write')).toEqual(failure);
  expect(failureOf(answer, 'read')).toEqual(failure);
});

test.each([
  ['a store that stumbles', answered(503, 'ErrorMailboxStoreUnavailable'), 'unavailable', null],
  ['a store that kept it all the same', answered(503, 'ConcurrentItemSave', 1_000), 'unavailable', 1_000],
  ['an error inside', answered(500, 'ErrorInternalServerTransientError'), 'server_error', null],
  ['a gateway', answered(504, 'UnknownError'), 'server_error', null],
  ['a page', answered(200), 'answer_unreadable', null],
])('%s leaves a write open', (_, answer, code, afterMs) => {
  expect(failureOf(answer, 'write')).toEqual({ kind: 'unknown_outcome', code });
  expect(failureOf(answer, 'read')).toEqual(later(code, 'connection', afterMs));
});

test('no answer leaves a write open if it was sent', () => {
  const lost: ApiAnswer = { kind: 'unanswered', sent: true, code: 'connection_lost' };
  expect(failureOf(lost, 'write')).toEqual({ kind: 'unknown_outcome', code: 'connection_lost' });
  expect(failureOf({ ...lost, sent: false }, 'write')).toEqual(later('connection_lost', 'connection'));
});

test('only Exchange can say that something is missing', () => {
  expect(isMissing(answered(404, 'errorItemNotFound'))).toBe(true);
  expect(isMissing(answered(404))).toBe(false);
  expect(isMissing(answered(404, 'MailboxNotEnabledForRESTAPI'))).toBe(false);
  expect(isMissing(answered(410, 'ErrorItemNotFound'))).toBe(false);
});

test('a refusal without a word is a guest’s', () => {
  expect(isWithoutMailbox(answered(401))).toBe(true);
  expect(isWithoutMailbox(answered(401, 'InvalidAuthenticationToken'))).toBe(false);
  expect(isWithoutMailbox(answered(404, 'ErrorNonExistentMailbox'))).toBe(true);
});

test.each([400, 409])('a transaction that was used already, by %i', (status) => {
  expect(isDuplicateTransaction(answered(status, 'ErrorDuplicateTransactionId'))).toBe(true);
  expect(isDuplicateTransaction(answered(status, 'ErrorFolderExists'))).toBe(false);
});

test('the event behind a transaction stands beside the code', () => {
  const json = { error: { code: 'ErrorDuplicateTransactionId', '@event.existingEventId': 'AAk=' } };
  expect(existingEventId({ kind: 'answered', status: 409, retryAfterMs: null, json, empty: false })).toBe('AAk=');
  expect(existingEventId(answered(409, 'ErrorDuplicateTransactionId'))).toBeNull();
});

test('codes are found inside, whatever their capitals', () => {
  const json = {
    error: { code: 'UnknownError', innererror: { code: 'x', innerError: { code: 'syncStateNotFound' } } },
  };
  expect(isForgottenState({ kind: 'answered', status: 404, retryAfterMs: null, json, empty: false })).toBe(true);
  expect(isForgottenState(answered(410))).toBe(true);
  expect(isForgottenState(answered(404, 'ErrorItemNotFound'))).toBe(false);
  expect(isUnknownZone(answered(400, 'TimeZoneNotSupportedException'))).toBe(true);
});
