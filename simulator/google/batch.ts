import { authenticate } from './access.ts';
import { playInstead, refuse, runCall } from './api.ts';
import type { Outcome } from './api.ts';
import { ApiError } from './api-error.ts';
import { isInstead } from '../kit/faults.ts';
import { MultipartError, boundaryOf, emitBatch, parseBatch } from './multipart.ts';
import type { InnerRequest, InnerResponse } from './multipart.ts';
import { findOperation } from './operations.ts';
import { TOO_EARLY } from '../kit/pauses.ts';
import { BASE64URL } from '../kit/random.ts';
import { withoutSecrets } from '../kit/request-log.ts';
import type { LoggedPart } from '../kit/request-log.ts';
import type { World } from './world.ts';

export const BATCH_PATH = '/batch/calendar/v3';

/** What a batch came to. */
export interface BatchOutcome extends Outcome {
  parts: LoggedPart[];
}

// https://developers.google.com/workspace/calendar/api/guides/batch
const MAX_PARTS = 1000;
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Runs a batch: its parts in any order, each with its own outcome. Never throws. */
export function runBatch(
  world: World,
  request: { method: string; headers: Record<string, string | undefined>; body: Buffer },
): BatchOutcome {
  const outcome: BatchOutcome = {
    status: 200,
    headers: {},
    body: '',
    operation: 'batch',
    account: null,
    clientId: null,
    reason: null,
    flags: [],
    waits: [],
    drawn: { latencyMs: 0, action: null },
    parts: [],
  };
  try {
    identify(world, request.headers['authorization'], outcome);
    if (outcome.account !== null && world.pauses.isEarly(outcome.account)) outcome.flags.push(TOO_EARLY);
    outcome.drawn = world.faults.draw(subject(request.method, outcome.account));
    if (isInstead(outcome.drawn)) {
      playInstead(outcome);
      return outcome;
    }
    const parts = readParts(request);
    const responses = runParts(world, parts, request.headers['authorization'], outcome);
    const boundary = `batch_${world.random.text(32, BASE64URL)}`;
    outcome.headers['content-type'] = `multipart/mixed; boundary=${boundary}`;
    outcome.body = emitBatch(world.random.shuffle(responses), boundary);
    if (outcome.drawn.action?.kind === 'answer-after-commit') {
      const { status, reason, message } = outcome.drawn.action;
      throw new ApiError(status, reason ?? 'backendError', message ?? 'Backend Error');
    }
  } catch (error) {
    refuse(outcome, error);
  }
  return outcome;
}

// A batch may leave authorization to its parts; a token on the outside has to be good.
function identify(world: World, authorization: string | undefined, outcome: Outcome): void {
  if (authorization === undefined) return;
  const token = authenticate(world.state, authorization, world.clock.now().getTime());
  outcome.account = token.email;
  outcome.clientId = token.clientId;
}

function subject(method: string, account: string | null): Parameters<World['faults']['draw']>[0] {
  return { account, method, path: BATCH_PATH, operation: 'batch', calendarId: null, eventId: null, part: null };
}

function readParts(request: { headers: Record<string, string | undefined>; body: Buffer }): InnerRequest[] {
  const boundary = boundaryOf(request.headers['content-type']);
  if (boundary === null) throw badBatch('Failed to parse batch request: no boundary.');
  let parts: InnerRequest[];
  try {
    parts = parseBatch(request.body, boundary);
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error;
    throw badBatch(`Failed to parse batch request: ${error.message}.`);
  }
  if (parts.length === 0) throw badBatch('The batch request contains no calls.');
  if (parts.length > MAX_PARTS) throw badBatch(`The batch request must not contain more than ${MAX_PARTS} calls.`);
  const ids = parts.flatMap((part) => part.contentId ?? []);
  if (new Set(ids).size !== ids.length) throw badBatch('Content-IDs of a batch request must differ.');
  return parts;
}

function runParts(
  world: World,
  parts: InnerRequest[],
  authorization: string | undefined,
  outcome: BatchOutcome,
): InnerResponse[] {
  const logged = new Map<InnerRequest, LoggedPart>();
  const responses: InnerResponse[] = [];
  const written = new Set<string>();
  // Google promises no order of execution, so there is none here.
  for (const [number, part] of world.random.shuffle([...parts.entries()])) {
    const inner = runPart(world, part, number + 1, authorization, written);
    outcome.flags.push(...inner.flags);
    outcome.waits.push(...inner.waits);
    outcome.account ??= inner.account;
    logged.set(part, logEntry(part, inner));
    responses.push({ contentId: part.contentId, status: inner.status, headers: inner.headers, body: inner.body });
    if (adopt(outcome, inner)) break;
  }
  outcome.parts = parts.flatMap((part) => logged.get(part) ?? []);
  return responses;
}

function runPart(
  world: World,
  part: InnerRequest,
  number: number,
  authorization: string | undefined,
  written: Set<string>,
): Outcome {
  const url = URL.canParse(part.target, 'http://inner') ? new URL(part.target, 'http://inner') : null;
  const relative = part.target.startsWith('/') && !part.target.startsWith('//') && url !== null;
  const path = relative ? url.pathname : '/not-relative';
  const call = {
    method: part.method,
    path,
    query: url?.searchParams ?? new URLSearchParams(),
    headers: { ...part.headers, authorization: part.headers['authorization'] ?? authorization },
    body: part.body,
  };
  const target = writtenTarget(call.method, path, call.headers.authorization);
  const clash = target !== null && written.has(target);
  if (target !== null) written.add(target);
  return clash ? conflict(part) : runCall(world, call, number);
}

// Two writes of one event in one batch have no order; Google may answer 409 conflict, so here it always does.
function writtenTarget(method: string, path: string, authorization: string | undefined): string | null {
  if (!WRITES.has(method)) return null;
  const found = findOperation(method, path.replace('/calendar/v3/', ''));
  if (!found?.params.eventId) return null;
  return JSON.stringify([authorization, found.params.calendarId, found.params.eventId]);
}

function conflict(part: InnerRequest): Outcome {
  const outcome: Outcome = {
    status: 0,
    headers: {},
    body: '',
    operation:
      findOperation(part.method, part.target.replace('/calendar/v3/', '').split('?')[0] ?? '')?.operation.name ?? null,
    account: null,
    clientId: null,
    reason: null,
    flags: ['two writes of one event in one batch'],
    waits: [],
    drawn: { latencyMs: 0, action: null },
  };
  return refuse(outcome, new ApiError(409, 'conflict', 'Conflict'));
}

/** Lets a fault of a part befall the whole answer; true when the rest of the batch is to be left undone. */
function adopt(outcome: Outcome, inner: Outcome): boolean {
  const latencyMs = Math.max(outcome.drawn.latencyMs, inner.drawn.latencyMs);
  const action = inner.drawn.action;
  const reachesOuter = action !== null && !['answer', 'answer-after-commit', 'html'].includes(action.kind);
  outcome.drawn = { latencyMs, action: outcome.drawn.action ?? (reachesOuter ? action : null) };
  if (action?.kind === 'drop-after-commit' || action?.kind === 'hang-after-commit') return action.abortBatch === true;
  return action?.kind === 'drop' || action?.kind === 'hang';
}

function logEntry(part: InnerRequest, inner: Outcome): LoggedPart {
  return {
    method: part.method,
    path: withoutSecrets(part.target),
    operation: inner.operation,
    status: inner.status,
    reason: inner.reason,
    contentId: part.contentId,
    fault: inner.drawn.action?.kind ?? null,
  };
}

function badBatch(message: string): ApiError {
  return new ApiError(400, 'badRequest', message, { envelope: 'front-end' });
}
