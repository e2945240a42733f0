import * as client from 'openid-client';
import { AnswerLost, NotSent } from './http-failure.ts';

/** The call behind an error of openid-client, when it never reached the service or no whole answer came. */
export function transportError(error: unknown): NotSent | AnswerLost | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof NotSent || at instanceof AnswerLost) return at;
  }
  return null;
}

/** The `error` of RFC 6749 §4.1.2.1 (callback) or §5.2 (token endpoint). */
export function errorCode(error: unknown): string | null {
  if (error instanceof client.ResponseBodyError || error instanceof client.AuthorizationResponseError)
    return error.error;
  return null;
}

/** Status and headers of the answer; status 0 when there was none. */
export function errorResponse(error: unknown): { status: number; headers: Headers | null } {
  if (error instanceof client.ResponseBodyError) return error.response;
  const cause = error instanceof client.ClientError ? error.cause : null;
  return cause instanceof Response ? cause : { status: 0, headers: null };
}

/** A cause that may be logged: status and error code only, for vendors put personal data in the rest. */
export function harmlessError(error: unknown): Error {
  const transport = transportError(error);
  if (transport) return transport;
  const code = errorCode(error) ?? (error instanceof client.ClientError ? error.code : null) ?? 'unknown';
  const name = /^[\w-]{1,60}$/.test(code) ? code : 'unprintable';
  return new Error(`OAuth: ${name}, status ${errorResponse(error).status || 'none'}`);
}
