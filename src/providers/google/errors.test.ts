import { expect, test } from 'vitest';
import type { ApiAnswer } from './api.ts';
import { failureOf, isDuplicate, isMissing } from './errors.ts';

/** As the Calendar backend writes it: no `status`. */
function backend(code: number, reason: string, domain = 'global'): string {
  return JSON.stringify({ error: { errors: [{ domain, reason, message: 'text' }], code, message: 'text' } });
}

/** As the API front end writes it. */
function frontEnd(code: number, reason: string, detail: string, metadata: Record<string, string> = {}): string {
  const details = [
    { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: detail, domain: 'googleapis.com', metadata },
  ];
  return JSON.stringify({
    error: {
      code,
      message: 'text',
      errors: [{ reason, domain: 'global', message: 'text' }],
      status: 'PERMISSION_DENIED',
      details,
    },
  });
}

function answered(status: number, body: string, retryAfterMs: number | null = null): ApiAnswer {
  return { kind: 'answered', status, retryAfterMs, body };
}

const later = (code: string, scope: string, afterMs: number | null = null): object => ({
  kind: 'retry_later',
  code,
  afterMs,
  scope,
});

test.each([
  [
    'time range',
    answered(400, backend(400, 'timeRangeEmpty', 'calendar')),
    { kind: 'refused', code: 'time_range_empty' },
  ],
  ['bad id', answered(400, backend(400, 'invalid')), { kind: 'refused', code: 'field_invalid' }],
  ['no envelope', answered(400, 'oops'), { kind: 'refused', code: 'request_invalid' }],
  ['token', answered(401, backend(401, 'authError')), { kind: 'reauth_required', code: 'access_token_rejected' }],
  [
    'rate, backend',
    answered(403, backend(403, 'rateLimitExceeded', 'usageLimits')),
    later('rate_limited', 'connection'),
  ],
  [
    'rate of the user',
    answered(403, backend(403, 'userRateLimitExceeded'), 5_000),
    later('rate_limited', 'connection', 5_000),
  ],
  [
    'rate, front end, user',
    answered(
      403,
      frontEnd(403, 'rateLimitExceeded', 'RATE_LIMIT_EXCEEDED', { quota_limit: 'defaultPerMinutePerUser' }),
    ),
    later('rate_limited', 'connection'),
  ],
  [
    'rate, front end, project',
    answered(
      429,
      frontEnd(429, 'rateLimitExceeded', 'RATE_LIMIT_EXCEEDED', { quota_limit: 'defaultPerMinutePerProject' }),
    ),
    later('project_rate_limited', 'app'),
  ],
  ['429 without a body', answered(429, '', 1_000), later('rate_limited', 'connection', 1_000)],
  [
    'quota',
    answered(403, backend(403, 'quotaExceeded', 'usageLimits')),
    later('quota_exceeded', 'connection', 3_600_000),
  ],
  ['daily', answered(403, backend(403, 'dailyLimitExceeded', 'usageLimits')), later('daily_limit', 'app', 3_600_000)],
  [
    'API off',
    answered(403, frontEnd(403, 'accessNotConfigured', 'SERVICE_DISABLED')),
    { kind: 'operator_error', code: 'api_disabled' },
  ],
  [
    'API off, front end',
    answered(403, frontEnd(403, 'forbidden', 'SERVICE_DISABLED')),
    { kind: 'operator_error', code: 'api_disabled' },
  ],
  [
    'billing',
    answered(403, frontEnd(403, 'forbidden', 'BILLING_DISABLED')),
    { kind: 'operator_error', code: 'billing_disabled' },
  ],
  [
    'scope',
    answered(403, frontEnd(403, 'insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT')),
    { kind: 'reauth_required', code: 'scope_missing' },
  ],
  [
    'organizer',
    answered(403, backend(403, 'forbiddenForNonOrganizer', 'calendar')),
    { kind: 'refused', code: 'not_organizer' },
  ],
  ['access', answered(403, backend(403, 'requiredAccessLevel')), { kind: 'reauth_required', code: 'access_forbidden' }],
  ['unknown reason', answered(403, backend(403, 'newReason')), { kind: 'refused', code: 'forbidden' }],
  ['a page for 403', answered(403, '<html>'), later('forbidden_without_reason', 'connection')],
  ['a page for 404', answered(404, '<html>'), { kind: 'operator_error', code: 'unexpected_answer' }],
  ['clash', answered(409, backend(409, 'conflict')), later('concurrent_change', 'link')],
  ['busy', answered(503, '<html>', 2_000), later('unavailable', 'connection', 2_000)],
  ['a redirect', answered(302, ''), { kind: 'operator_error', code: 'unexpected_answer' }],
  ['never sent', { kind: 'unanswered', sent: false, code: 'unreachable' }, later('unreachable', 'connection')],
  ['aborted', { kind: 'unanswered', sent: false, code: 'aborted' }, { kind: 'unknown_outcome', code: 'aborted' }],
] satisfies [string, ApiAnswer, object][])('%s', (_, answer, expected) => {
  expect(failureOf(answer, 'write')).toEqual(expected);
});

test.each([
  ['500', answered(500, backend(500, 'backendError')), 'server_error'],
  ['502 as a page', answered(502, '<html>'), 'server_error'],
  ['504', answered(504, ''), 'server_error'],
  ['a cut answer', answered(200, '{"id":'), 'answer_unreadable'],
  ['a lost answer', { kind: 'unanswered', sent: true, code: 'connection_lost' }, 'connection_lost'],
] satisfies [string, ApiAnswer, string][])('%s leaves a write open, and a read to be repeated', (_, answer, code) => {
  expect(failureOf(answer, 'write')).toEqual({ kind: 'unknown_outcome', code });
  expect(failureOf(answer, 'read')).toEqual(later(code, 'connection'));
});

test('only Google itself can say that something is gone', () => {
  expect(isMissing(answered(404, backend(404, 'notFound')))).toBe(true);
  expect(isMissing(answered(410, backend(410, 'deleted')))).toBe(true);
  expect(isMissing(answered(404, '<html>Not found'))).toBe(false);
  expect(isMissing(answered(403, backend(403, 'notFound')))).toBe(false);
});

test('409 has two meanings', () => {
  expect(isDuplicate(answered(409, backend(409, 'duplicate')))).toBe(true);
  expect(isDuplicate(answered(409, backend(409, 'conflict')))).toBe(false);
});

test('strange envelopes are read as far as they go', () => {
  const body = JSON.stringify({
    error: { code: 403, errors: 'none', details: [{ reason: 7 }], status: 'RESOURCE_EXHAUSTED' },
  });
  expect(failureOf(answered(403, body), 'write')).toEqual(later('rate_limited', 'connection'));
  expect(failureOf(answered(403, '{"error":"text"}'), 'write')).toEqual(
    later('forbidden_without_reason', 'connection'),
  );
});
