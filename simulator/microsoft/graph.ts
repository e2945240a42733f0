import { NO_FAULTS, isInstead } from '../kit/faults.ts';
import { isObject } from '../kit/json.ts';
import type { JsonObject } from '../kit/json.ts';
import { TOO_EARLY } from '../kit/pauses.ts';
import { authenticate, requireMailbox, requireScope } from './access.ts';
import { settle } from './event-store.ts';
import type { DrawnFaults, Refusal } from './faults.ts';
import type { AuthorizedCall, GraphCall, GraphReply } from './graph-call.ts';
import { GraphError, badRequest, graphErrorBody, graphFault } from './graph-error.ts';
import { isGuid, randomGuid } from './guid.ts';
import { findOperation, hasPath } from './operations.ts';
import type { Operation } from './operations.ts';
import { readPreferences } from './prefer.ts';
import type { AccessToken, Account } from './state.ts';
import { throttleKey } from './throttle.ts';
import type { Throttled } from './throttle.ts';
import type { World } from './world.ts';

export const GRAPH_PREFIX = '/v1.0/';

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

/** How a call reaches Graph. */
export interface Passage {
  /** Number of the item in its batch, from 1; null for a call of its own. */
  part: number | null;
  /** False when no place was left among the requests under way. */
  hasPlace: boolean;
}

const JSON_TYPE =
  'application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8';
/** The flag of an app that sends too much at once. */
export const TOO_MANY_AT_ONCE = 'MAILBOX CONCURRENCY EXCEEDED';

/** Runs one call of Graph. Never throws. */
export function runCall(world: World, call: GraphCall, passage: Passage): Outcome {
  const path = call.path.startsWith(GRAPH_PREFIX) ? call.path.slice(GRAPH_PREFIX.length) : '';
  const found = findOperation(call.method, path);
  const outcome = emptyOutcome(world, call, found?.operation.name ?? null);
  try {
    const { token, account } = identify(world, call, outcome);
    outcome.drawn = world.faults.draw({
      account: account.email,
      method: call.method,
      path: call.path,
      operation: outcome.operation,
      calendarId: found?.params.calendarId || null,
      eventId: found?.params.eventId || null,
      part: passage.part,
    });
    if (isInstead(outcome.drawn)) return playInstead(world, outcome);
    requirePassage(world, throttleKey(token.clientId, account.email), passage, outcome);
    const reply = perform(world, call, { token, account, found, path }, outcome);
    finish(outcome, reply);
    if (outcome.drawn.action?.kind === 'answer-after-commit') refuseAsAsked(world, outcome, outcome.drawn.action);
  } catch (error) {
    refuse(world, outcome, error);
  }
  return outcome;
}

/** An outcome with the headers that every answer of Graph has. */
export function emptyOutcome(world: World, call: Pick<GraphCall, 'headers'>, operation: string | null): Outcome {
  const asked = call.headers['client-request-id'];
  const requestId = randomGuid(world.random);
  return {
    status: 0,
    headers: {
      'request-id': requestId,
      'client-request-id': asked !== undefined && isGuid(asked) ? asked : requestId,
      'x-ms-ags-diagnostic': JSON.stringify({ ServerInfo: { DataCenter: 'Simulated', Slice: 'E', Ring: '1' } }),
    },
    body: '',
    operation,
    account: null,
    clientId: null,
    reason: null,
    flags: [],
    waits: [],
    drawn: NO_FAULTS,
  };
}

/** Finds out who calls. Throws GraphError 401. */
export function identify(
  world: World,
  call: Pick<GraphCall, 'headers'>,
  outcome: Outcome,
): { token: AccessToken; account: Account } {
  const { token, account } = authenticate(world.state, call.headers['authorization'], world.clock.now().getTime());
  outcome.account = token.email;
  outcome.clientId = token.clientId;
  return { token, account };
}

/** Turns a thrown error into the outcome's answer; what is no GraphError is a mistake of the simulator. */
export function refuse(world: World, outcome: Outcome, error: unknown): Outcome {
  const refusal =
    error instanceof GraphError
      ? error
      : new GraphError(500, 'SimulatorFailed', `The simulator failed: ${error instanceof Error ? error.message : ''}`);
  const inner = {
    date: world.clock.now().toISOString().slice(0, 19),
    'request-id': outcome.headers['request-id'] ?? '',
    'client-request-id': outcome.headers['client-request-id'] ?? '',
  };
  outcome.status = refusal.status;
  outcome.reason = refusal.code;
  outcome.headers = { ...outcome.headers, 'content-type': JSON_TYPE, ...refusal.headers };
  outcome.body = JSON.stringify(graphErrorBody(refusal, inner));
  // Instead of whatever the answer had told before.
  outcome.waits = [refusal.headers['retry-after'] ?? []].flat();
  return outcome;
}

/** The answer of a fault that keeps the call from being carried out. */
export function playInstead(world: World, outcome: Outcome): Outcome {
  const { action } = outcome.drawn;
  if (action?.kind === 'answer') return refuseAsAsked(world, outcome, action);
  if (action?.kind === 'html') {
    outcome.status = action.status ?? 502;
    outcome.headers = { 'content-type': 'text/html; charset=us-ascii' };
    outcome.body = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN"><HTML><HEAD><TITLE>Service Unavailable</TITLE></HEAD><BODY><h2>HTTP Error ${outcome.status}.</h2></BODY></HTML>`;
  }
  return outcome;
}

/** The error that a fault asks for. */
export function refuseAsAsked(world: World, outcome: Outcome, refusal: Refusal): Outcome {
  refuse(world, outcome, graphFault(refusal));
  if (refusal.emptyBody) {
    delete outcome.headers['content-type'];
    outcome.body = '';
  }
  return outcome;
}

/** A refusal for too much use. */
export function throttled({ message, retryAfter }: Throttled): GraphError {
  return new GraphError(429, 'ApplicationThrottled', message, {
    headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
  });
}

/** Writes a resource, or nothing for 204. */
export function finish(outcome: Outcome, reply: GraphReply): void {
  outcome.status = reply.status;
  Object.assign(outcome.headers, reply.headers);
  if (reply.resource === null) return;
  outcome.headers['content-type'] = JSON_TYPE;
  outcome.body = JSON.stringify(reply.resource);
}

function requirePassage(world: World, key: string, passage: Passage, outcome: Outcome): void {
  // The batch itself tells of an early batch, not each of its items.
  if (passage.part === null && world.throttle.isEarly(key)) outcome.flags.push(TOO_EARLY);
  const refused = world.throttle.count(key);
  if (refused) throw throttled(refused);
  if (passage.hasPlace) return;
  outcome.flags.push(TOO_MANY_AT_ONCE);
  throw throttled(world.throttle.overConcurrency());
}

function perform(
  world: World,
  call: GraphCall,
  given: { token: AccessToken; account: Account; found: ReturnType<typeof findOperation>; path: string },
  outcome: Outcome,
): GraphReply {
  const { token, account, found, path } = given;
  if (!found) {
    if (hasPath(path)) throw new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.');
    throw badRequest(`Resource not found for the segment '${path.slice(0, 60)}'.`);
  }
  const { operation, params } = found;
  requireScope(token, operation.scopes);
  checkQuery(operation, call.query);
  const mailbox = operation.needsMailbox ? requireMailbox(world.state, account) : mailboxOf(world, account);
  settle(world, mailbox);
  const prefer = readPreferences(call.headers['prefer']);
  if (prefer.applied.length > 0) outcome.headers['preference-applied'] = prefer.applied.join(', ');
  if (prefer.ids === 'default' && /^(events|calendarView)\./.test(operation.name)) {
    outcome.flags.push('ids that change with every move');
  }
  const authorized: AuthorizedCall = {
    ...call,
    token,
    account,
    mailbox,
    params,
    prefer,
    flags: outcome.flags,
    json: () => parseBody(call),
  };
  return operation.run(world, authorized);
}

function mailboxOf(world: World, account: Account): AuthorizedCall['mailbox'] {
  const mailbox = world.state.mailboxes.get(account.email);
  if (!mailbox) throw new Error(`${account.email} has lost its mailbox`);
  return mailbox;
}

function checkQuery(operation: Operation, query: URLSearchParams): void {
  for (const name of query.keys()) {
    if (operation.query.includes(name)) continue;
    throw badRequest(`The query parameter '${name.slice(0, 40)}' is not supported here.`);
  }
}

function parseBody(call: GraphCall): JsonObject {
  const type = call.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type)) {
    throw new GraphError(415, 'RequestBodyRead', `A missing or unsupported Content-Type: '${type.slice(0, 60)}'.`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(call.body);
  } catch {
    throw badRequest('Unable to read JSON request payload.');
  }
  if (!isObject(parsed)) throw badRequest('Unable to read JSON request payload.');
  return parsed;
}
