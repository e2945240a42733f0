import * as client from 'openid-client';
import { z } from 'zod';
import { GrantRefused, type GrantRefusal } from '../../sync/oauth.ts';
import { ProviderFailure, type Failure } from '../../sync/provider.ts';
import { errorCode, errorResponse, harmlessError, transportError } from '../kit/oauth-error.ts';
import { readValue } from '../kit/read-body.ts';
import { retryAfterMs } from '../kit/retry-after.ts';

/*
 * What to do is decided by `error` and `suberror`, as Microsoft asks for; the numbers (AADSTS…) choose words, and tell an
 * administrator's decision, which has no error of its own, from a person's
 * (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
 */

/** Our own app is wrong: no person can mend that, and nobody may be disconnected for it. */
const OPERATOR_ERRORS = new Set([
  'invalid_client',
  'unauthorized_client',
  'invalid_resource',
  'invalid_scope',
  'invalid_request',
  'unsupported_response_type',
  'unsupported_grant_type',
]);

const PASSING_ERRORS = new Set(['temporarily_unavailable', 'server_error']);

/** The person has to sign in again; which of these it is differs between tenants. */
const REAUTH_ERRORS = new Set(['invalid_grant', 'interaction_required', 'consent_required', 'login_required']);

const SECRET_EXPIRED = 7_000_222;
/** The same request too often in a short time; goes away when we are quiet. */
const LOOP_DETECTED = 50_196;
const ADMIN_APPROVAL = new Set([90_094, 90_095, 900_941, 900_981]);

/** Codes with words of their own, by number. */
const WORDS_BY_NUMBER: ReadonlyMap<number, string> = new Map([
  ...numbered('consent_withdrawn', [65_001, 65_004]),
  ...numbered('grant_expired', [700_082, 700_084, 70_008]),
  ...numbered(
    'sign_in_rules',
    [50_076, 50_078, 50_079, 50_158, 53_000, 53_001, 53_002, 53_003, 53_004, 70_043, 700_020],
  ),
  ...numbered('account_disabled', [50_057, 50_034, 50_020, 16_000]),
  ...numbered('admin_approval_needed', [...ADMIN_APPROVAL]),
]);

const errorBodySchema = z.looseObject({
  error_codes: z.array(z.number()).optional().catch(undefined),
  suberror: z.string().optional().catch(undefined),
});

/** Why an exchange gave no grant. */
export function grantRefused(error: unknown): GrantRefused {
  if (error instanceof GrantRefused) return error;
  return new GrantRefused(refusal(error), { cause: harmlessError(error) });
}

/** Why a refresh gave no token. */
export function refreshFailure(error: unknown, now: Date): ProviderFailure {
  return new ProviderFailure(failure(error, now), { cause: harmlessError(error) });
}

function refusal(error: unknown): GrantRefusal {
  if (transportError(error)) return 'provider_unavailable';
  const { numbers } = details(error);
  if (numbers.some((number) => ADMIN_APPROVAL.has(number))) return 'admin_consent_required';
  const code = errorCode(error) ?? '';
  if (code === 'access_denied' || code === 'consent_required') return 'access_denied';
  const { status } = errorResponse(error);
  const passing = PASSING_ERRORS.has(code) || status === 429 || status >= 500;
  return passing ? 'provider_unavailable' : 'provider_error';
}

function failure(error: unknown, now: Date): Failure {
  if (error instanceof ProviderFailure) return error.failure;
  const lost = transportError(error);
  if (lost) return { kind: 'retry_later', code: lost.code, afterMs: null, scope: 'connection' };
  const { status, headers } = errorResponse(error);
  const code = errorCode(error) ?? '';
  const { numbers, suberror } = details(error);
  const afterMs = retryAfterMs(headers?.get('retry-after') ?? undefined, now);
  const later = (why: string, scope: 'connection' | 'app'): Failure => ({
    kind: 'retry_later',
    code: why,
    afterMs,
    scope,
  });
  if (status === 429) return later('token_rate_limited', 'app');
  if (status >= 500 || PASSING_ERRORS.has(code)) return later('token_endpoint_unavailable', 'connection');
  if (numbers.includes(LOOP_DETECTED)) return later('token_rate_limited', 'connection');
  if (REAUTH_ERRORS.has(code)) return { kind: 'reauth_required', code: reauthCode(code, suberror, numbers) };
  if (numbers.includes(SECRET_EXPIRED)) return { kind: 'operator_error', code: 'client_secret_expired' };
  if (OPERATOR_ERRORS.has(code)) return { kind: 'operator_error', code };
  // A page instead of JSON, or an ID token that does not hold: nothing that the person could mend.
  if (code === '') return later('token_answer_unreadable', 'connection');
  return { kind: 'operator_error', code: 'token_request_refused' };
}

function reauthCode(code: string, suberror: string | undefined, numbers: readonly number[]): string {
  for (const number of numbers) {
    const words = WORDS_BY_NUMBER.get(number);
    if (words !== undefined) return words;
  }
  if (code === 'consent_required' || suberror === 'consent_required') return 'consent_withdrawn';
  return code === 'interaction_required' ? 'sign_in_rules' : 'grant_revoked';
}

/** The error's numbers and refinement: from the token endpoint's body, or from the text of a callback. */
function details(error: unknown): { numbers: number[]; suberror: string | undefined } {
  if (error instanceof client.AuthorizationResponseError) {
    const number = /^AADSTS(\d{4,8})\b/.exec(error.error_description ?? '')?.[1];
    return { numbers: number === undefined ? [] : [Number(number)], suberror: undefined };
  }
  const body = error instanceof client.ResponseBodyError ? readValue(errorBodySchema, error.cause) : null;
  return { numbers: body?.error_codes ?? [], suberror: body?.suberror };
}

function numbered(code: string, numbers: readonly number[]): [number, string][] {
  return numbers.map((number) => [number, code]);
}
