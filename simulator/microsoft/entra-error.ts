import type { JsonObject } from '../kit/json.ts';
import type { Refusal } from './faults.ts';
import { randomGuid } from './guid.ts';
import { nowOf } from './world.ts';
import type { World } from './world.ts';

interface Problem {
  error: string;
  text: string;
  status?: number;
  suberror?: string;
}

// What the numbers mean is documented; which `error` goes with each is partly what others have seen.
const PROBLEMS: Record<number, Problem> = {
  16000: { error: 'invalid_grant', text: 'The account does not exist in this tenant.' },
  28003: { error: 'invalid_scope', text: 'The scope cannot be empty when a code is redeemed.' },
  50011: { error: 'invalid_request', text: 'The redirect URI in the request does not match those of the application.' },
  50020: { error: 'invalid_grant', text: 'The user account does not exist in this tenant.' },
  50034: { error: 'invalid_grant', text: 'The user account does not exist in this directory.' },
  50057: { error: 'invalid_grant', text: 'The user account is disabled.' },
  50058: { error: 'login_required', text: 'A silent sign-in was asked for but nobody is signed in.' },
  50076: {
    error: 'interaction_required',
    text: 'The user must use multi-factor authentication to access this resource.',
    suberror: 'basic_action',
  },
  50079: { error: 'interaction_required', text: 'The user must enrol in multi-factor authentication.' },
  50132: { error: 'invalid_grant', text: 'The credentials have been revoked.' },
  50133: { error: 'invalid_grant', text: 'The session is not valid: the password has expired or was changed.' },
  50148: { error: 'invalid_grant', text: 'The code_verifier is missing.' },
  50173: { error: 'invalid_grant', text: 'The provided grant has expired due to it being revoked.' },
  50194: { error: 'invalid_request', text: 'The application is not configured as a multi-tenant application.' },
  50196: { error: 'invalid_grant', text: 'The server ended the request because it met a client request loop.' },
  53000: { error: 'interaction_required', text: 'The device is not in the required state.' },
  53003: { error: 'interaction_required', text: 'Access has been blocked by Conditional Access policies.' },
  54005: { error: 'invalid_grant', text: 'The authorization code was already redeemed.' },
  65001: {
    error: 'invalid_grant',
    text: 'The user or administrator has not consented to use the application.',
    suberror: 'consent_required',
  },
  65004: { error: 'access_denied', text: 'The user declined to consent to access the app.' },
  70000: { error: 'invalid_grant', text: 'The provided grant is invalid or has expired.' },
  70003: { error: 'unsupported_grant_type', text: 'The application returned an unsupported grant type.' },
  70008: { error: 'invalid_grant', text: 'The provided authorization code or refresh token has expired.' },
  70011: { error: 'invalid_scope', text: "The provided value for the input parameter 'scope' is not valid." },
  70043: {
    error: 'invalid_grant',
    text: 'The refresh token has expired or is invalid due to sign-in frequency checks.',
    suberror: 'token_expired',
  },
  90002: { error: 'invalid_request', text: 'The tenant was not found.' },
  90014: { error: 'invalid_request', text: 'A required field is missing from the request.' },
  90023: { error: 'invalid_request', text: 'The request is not valid.' },
  90024: { error: 'temporarily_unavailable', text: 'The request budget was exceeded for a moment.', status: 503 },
  90033: { error: 'temporarily_unavailable', text: 'A transient error has occurred. Try again.', status: 503 },
  90055: { error: 'temporarily_unavailable', text: 'Too many requests from this tenant.', status: 429 },
  90094: { error: 'access_denied', text: 'The grant requires an administrator: only an admin can grant it.' },
  500011: { error: 'invalid_resource', text: 'The resource principal was not found in the tenant.' },
  500112: {
    error: 'invalid_client',
    text: 'The reply address does not match the one given when the code was requested.',
    status: 401,
  },
  501481: { error: 'invalid_grant', text: 'The code_verifier does not match the code_challenge.' },
  700005: { error: 'invalid_grant', text: 'The authorization code is meant for another tenant.' },
  700016: { error: 'unauthorized_client', text: 'The application was not found in the directory.' },
  700020: { error: 'interaction_required', text: 'The request needs interaction.' },
  700027: { error: 'invalid_client', text: 'The client assertion failed signature validation.', status: 401 },
  700082: { error: 'invalid_grant', text: 'The refresh token has expired due to inactivity.' },
  900144: { error: 'invalid_request', text: 'The request must contain a parameter that it does not.' },
  7000215: { error: 'invalid_client', text: 'Invalid client secret provided.', status: 401 },
  7000218: {
    error: 'invalid_client',
    text: "The request body must contain 'client_assertion' or 'client_secret'.",
    status: 401,
  },
  7000222: { error: 'invalid_client', text: 'The provided client secret keys are expired.', status: 401 },
  9002313: { error: 'invalid_request', text: 'The request is malformed or invalid.' },
  9002326: {
    error: 'invalid_request',
    text: "Cross-origin token redemption is permitted only for the 'Single-Page Application' client type.",
  },
};

/** A refusal of Entra. */
export class EntraError extends Error {
  readonly number: number;
  readonly error: string;
  readonly status: number;
  readonly suberror: string | undefined;
  readonly claims: string | undefined;

  constructor(
    number: number,
    more: { text?: string; error?: string; status?: number; suberror?: string; claims?: string } = {},
  ) {
    const problem = PROBLEMS[number];
    super(more.text ?? problem?.text ?? 'An error has occurred.');
    this.number = number;
    this.error = more.error ?? problem?.error ?? 'server_error';
    this.status = more.status ?? problem?.status ?? 400;
    this.suberror = more.suberror ?? problem?.suberror;
    this.claims = more.claims;
  }
}

/** The JSON of a refusal at the token endpoint. */
export function entraErrorBody(world: World, refusal: EntraError): JsonObject {
  const { timestamp, traceId, correlationId, text } = trace(world, refusal);
  return {
    error: refusal.error,
    error_description: text,
    error_codes: [refusal.number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${world.url}/error?code=${refusal.number}`,
    ...(refusal.suberror === undefined ? {} : { suberror: refusal.suberror }),
    ...(refusal.claims === undefined ? {} : { claims: refusal.claims }),
  };
}

/** What the browser carries back to the app. */
export function entraErrorQuery(world: World, refusal: EntraError): Record<string, string> {
  return { error: refusal.error, error_description: trace(world, refusal).text };
}

/** The refusal that a fault asks for. */
export function entraFault(refusal: Refusal): EntraError {
  const { status, code, message, suberror, claims } = refusal;
  return new EntraError(refusal.aadsts ?? standardNumber(status ?? 500), {
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { error: code }),
    ...(message === undefined ? {} : { text: message }),
    ...(suberror === undefined ? {} : { suberror }),
    ...(claims === undefined ? {} : { claims }),
  });
}

function standardNumber(status: number): number {
  if (status === 401) return 7_000_215;
  if (status === 429) return 90_055;
  return status >= 500 ? 90_033 : 70_000;
}

function trace(
  world: World,
  refusal: EntraError,
): { timestamp: string; traceId: string; correlationId: string; text: string } {
  const timestamp = `${new Date(nowOf(world)).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const [traceId, correlationId] = [randomGuid(world.random), randomGuid(world.random)];
  const text =
    `AADSTS${refusal.number}: ${refusal.message}\r\nTrace ID: ${traceId}\r\n` +
    `Correlation ID: ${correlationId}\r\nTimestamp: ${timestamp}`;
  return { timestamp, traceId, correlationId, text };
}
