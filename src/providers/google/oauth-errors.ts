import { GrantRefused, type GrantRefusal } from '../../sync/oauth.ts';
import { ProviderFailure, type Failure } from '../../sync/provider.ts';
import { errorCode, errorResponse, harmlessError, transportError } from '../kit/oauth-error.ts';
import { retryAfterMs } from '../kit/retry-after.ts';

/** Our own app at Google is wrong: no person can mend that, and nobody may be disconnected for it. */
const OPERATOR_ERRORS = new Set([
  'invalid_client',
  'unauthorized_client',
  'deleted_client',
  'disabled_client',
  'redirect_uri_mismatch',
  'org_internal',
]);

/** Error codes of RFC 6749 that name a passing fault. */
const PASSING_ERRORS = new Set(['temporarily_unavailable', 'server_error', 'internal_failure']);

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
  const code = errorCode(error);
  if (code === 'access_denied') return 'access_denied';
  if (code === 'admin_policy_enforced') return 'admin_consent_required';
  const { status } = errorResponse(error);
  const passing = PASSING_ERRORS.has(code ?? '') || status === 429 || status >= 500;
  return passing ? 'provider_unavailable' : 'provider_error';
}

function failure(error: unknown, now: Date): Failure {
  const lost = transportError(error);
  if (lost) return { kind: 'retry_later', code: lost.code, afterMs: null, scope: 'connection' };
  const { status, headers } = errorResponse(error);
  const code = errorCode(error) ?? '';
  const afterMs = retryAfterMs(headers?.get('retry-after') ?? undefined, now);
  if (status === 429) return { kind: 'retry_later', code: 'token_rate_limited', afterMs, scope: 'app' };
  if (status >= 500 || PASSING_ERRORS.has(code)) {
    return { kind: 'retry_later', code: 'token_endpoint_unavailable', afterMs, scope: 'connection' };
  }
  if (code === 'invalid_grant') return { kind: 'reauth_required', code: 'grant_revoked' };
  if (code === 'admin_policy_enforced') return { kind: 'reauth_required', code: 'admin_policy_enforced' };
  if (OPERATOR_ERRORS.has(code)) return { kind: 'operator_error', code };
  // A page instead of JSON, or an ID token that does not hold: nothing that the person could mend.
  if (code === '') return { kind: 'retry_later', code: 'token_answer_unreadable', afterMs, scope: 'connection' };
  return { kind: 'operator_error', code: 'token_request_refused' };
}
