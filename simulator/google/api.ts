import { authenticate, requireScope } from './access.ts';
import type { ApiCall, ApiReply, AuthorizedCall } from './api-call.ts';
import { ApiError, errorBody, invalidParameter } from './api-error.ts';
import { NO_FAULTS, isInstead } from '../kit/faults.ts';
import type { DrawnFaults, Refusal } from './faults.ts';
import { isObject } from '../kit/json.ts';
import type { JsonObject } from '../kit/json.ts';
import { TOO_EARLY } from '../kit/pauses.ts';
import { findOperation, noSuchMethod } from './operations.ts';
import type { Operation } from './operations.ts';
import { selectFields } from './partial-response.ts';
import type { AccessToken } from './state.ts';
import type { World } from './world.ts';

export const API_PREFIX = '/calendar/v3/';

/** What a call came to, before it is written to a socket or into a batch. */
export interface Outcome {
  status: number;
  headers: Record<string, string>;
  body: string;
  operation: string | null;
  account: string | null;
  clientId: string | null;
  reason: string | null;
  flags: string[];
  /** Every `Retry-After` in it, as written. */
  waits: string[];
  drawn: DrawnFaults;
}

// https://developers.google.com/workspace/calendar/api/v3/reference, "standard query parameters"
const COMMON_QUERY = ['fields', 'prettyPrint', 'quotaUser', 'alt', 'key'];
const JSON_TYPE = 'application/json; charset=UTF-8';

/** Runs one call of the Calendar API; `part` counts from 1 inside a batch. Never throws. */
export function runCall(world: World, call: ApiCall, part: number | null = null): Outcome {
  const found = call.path.startsWith(API_PREFIX)
    ? findOperation(call.method, call.path.slice(API_PREFIX.length))
    : null;
  const outcome: Outcome = {
    status: 0,
    headers: {},
    body: '',
    operation: found?.operation.name ?? null,
    account: null,
    clientId: null,
    reason: null,
    flags: [],
    waits: [],
    drawn: NO_FAULTS,
  };
  try {
    const token = authenticate(world.state, call.headers['authorization'], world.clock.now().getTime());
    outcome.account = token.email;
    outcome.clientId = token.clientId;
    // The batch itself tells of an early batch, not each of its parts.
    if (part === null && world.pauses.isEarly(token.email)) outcome.flags.push(TOO_EARLY);
    outcome.drawn = world.faults.draw({
      account: token.email,
      method: call.method,
      path: call.path,
      operation: outcome.operation,
      calendarId: found?.params.calendarId || null,
      eventId: found?.params.eventId || null,
      part,
    });
    if (isInstead(outcome.drawn)) return playInstead(outcome);
    const reply = perform(world, call, token, found, outcome.flags);
    return afterCommit(finish(outcome, reply, call.query));
  } catch (error) {
    return refuse(outcome, error);
  }
}

/** Turns a thrown error into the outcome's answer; what is no ApiError is a mistake of the simulator. */
export function refuse(outcome: Outcome, error: unknown): Outcome {
  const refusal =
    error instanceof ApiError
      ? error
      : new ApiError(500, 'simulatorFailed', `The simulator failed: ${error instanceof Error ? error.message : ''}`);
  outcome.status = refusal.status;
  outcome.reason = refusal.reason;
  outcome.headers = { 'content-type': JSON_TYPE, ...refusal.headers };
  outcome.body = JSON.stringify(errorBody(refusal));
  // Instead of whatever the answer had told before.
  outcome.waits = [refusal.headers['retry-after'] ?? []].flat();
  return outcome;
}

function perform(
  world: World,
  call: ApiCall,
  token: AccessToken,
  found: ReturnType<typeof findOperation>,
  flags: string[],
): ApiReply {
  if (!world.settings.apiEnabled) throw apiDisabled();
  world.quota.takeRequest(token.email, call.method === 'PATCH' ? world.settings.quota.patchUnits : 1);
  if (!found) throw noSuchMethod();
  const { operation, params } = found;
  requireScope(token, operation.scopes, capitalised(operation.name));
  checkQuery(operation, call.query);
  const authorized: AuthorizedCall = {
    ...call,
    token,
    params,
    scopes: operation.scopes,
    flags,
    json: () => parseBody(call),
  };
  return operation.run(world, authorized);
}

function finish(outcome: Outcome, reply: ApiReply, query: URLSearchParams): Outcome {
  outcome.status = reply.status;
  if (reply.etag !== undefined) outcome.headers['etag'] = reply.etag;
  if (reply.resource === null) return outcome;
  const fields = query.get('fields');
  const resource = fields === null ? reply.resource : selectFields(reply.resource, fields);
  outcome.headers['content-type'] = JSON_TYPE;
  outcome.body = query.get('prettyPrint') === 'false' ? JSON.stringify(resource) : JSON.stringify(resource, null, 1);
  return outcome;
}

function checkQuery(operation: Operation, query: URLSearchParams): void {
  for (const name of query.keys()) {
    if (operation.query.includes(name) || COMMON_QUERY.includes(name)) continue;
    throw invalidParameter(
      name,
      `Invalid JSON payload received. Unknown name "${name.slice(0, 40)}": Cannot bind query parameter.`,
    );
  }
  const alt = query.get('alt');
  if (alt !== null && alt !== 'json') throw invalidParameter('alt', `Invalid value '${alt.slice(0, 20)}'.`);
  if ((query.get('quotaUser')?.length ?? 0) > 40) throw invalidParameter('quotaUser', 'quotaUser is too long.');
  const fields = query.get('fields');
  // A selection that cannot be read is refused before anything is written.
  if (fields !== null) selectFields({}, fields);
}

function parseBody(call: ApiCall): JsonObject {
  const type = call.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type)) {
    throw new ApiError(400, 'badContent', `Unsupported content with type: ${type.slice(0, 60)}`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(call.body);
  } catch {
    throw new ApiError(400, 'parseError', 'Parse Error');
  }
  if (!isObject(parsed)) throw new ApiError(400, 'parseError', 'Parse Error');
  return parsed;
}

/** The answer of a fault that keeps the call from being carried out. */
export function playInstead(outcome: Outcome): Outcome {
  const action = outcome.drawn.action;
  if (action?.kind === 'answer') return refuse(outcome, faultError(action));
  if (action?.kind === 'html') {
    outcome.status = action.status ?? 502;
    outcome.headers = { 'content-type': 'text/html; charset=UTF-8' };
    outcome.body = `<!DOCTYPE html><html lang=en><title>Error ${outcome.status} (Server Error)</title><p>The server encountered a temporary error.</html>`;
  }
  return outcome;
}

function afterCommit(outcome: Outcome): Outcome {
  const action = outcome.drawn.action;
  return action?.kind === 'answer-after-commit' ? refuse(outcome, faultError(action)) : outcome;
}

function faultError(action: Refusal): ApiError {
  const reason = action.reason ?? STANDARD_REASONS[action.status] ?? 'backendError';
  const frontEnd = action.status === 401 || FRONT_END_REASONS.has(reason);
  return new ApiError(action.status, reason, action.message ?? reason, {
    envelope: frontEnd ? 'front-end' : 'calendar',
    domain: action.domain ?? (USAGE_REASONS.has(reason) ? 'usageLimits' : 'global'),
    headers: action.retryAfterSeconds === undefined ? {} : { 'retry-after': String(action.retryAfterSeconds) },
  });
}

const STANDARD_REASONS: Record<number, string> = {
  400: 'badRequest',
  401: 'authError',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  410: 'deleted',
  412: 'conditionNotMet',
  429: 'rateLimitExceeded',
};
const FRONT_END_REASONS = new Set(['insufficientPermissions', 'accessNotConfigured']);
const USAGE_REASONS = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'dailyLimitExceeded',
  'accessNotConfigured',
]);

function apiDisabled(): ApiError {
  return new ApiError(
    403,
    'accessNotConfigured',
    'Google Calendar API has not been used in project 100000000001 before or it is disabled.',
    {
      envelope: 'front-end',
      domain: 'usageLimits',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'SERVICE_DISABLED',
          domain: 'googleapis.com',
          metadata: { service: 'calendar-json.googleapis.com', consumer: 'projects/100000000001' },
        },
      ],
    },
  );
}

function capitalised(operation: string): string {
  return operation
    .split('.')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('.');
}
