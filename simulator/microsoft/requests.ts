import type { IncomingMessage, ServerResponse } from 'node:http';
import { arrive, isForeignPage } from '../kit/arrived.ts';
import type { Arrived } from '../kit/arrived.ts';
import { CONTROL_PREFIX } from '../kit/control-http.ts';
import { isHeard } from '../kit/faults.ts';
import { acceptsGzip, deliver, send } from '../kit/delivery.ts';
import type { Answer } from '../kit/delivery.ts';
import { withoutSecrets } from '../kit/request-log.ts';
import type { LoggedPart, LoggedRequest } from '../kit/request-log.ts';
import { AT_ONCE, BATCH_PATH, runBatch } from './batch.ts';
import { answerControl } from './control-http.ts';
import type { SimulatorControl } from './control.ts';
import { discoveryAnswer, keysAnswer } from './discovery.ts';
import type { DrawnFaults } from './faults.ts';
import { GRAPH_PREFIX, runCall } from './graph.ts';
import type { Outcome } from './graph.ts';
import { answerPage } from './pages/routes.ts';
import { throttleKey } from './throttle.ts';
import { answerToken } from './token-endpoint.ts';
import { answerUserInfo } from './user-info.ts';
import type { World } from './world.ts';

/** What the handler of a request needs besides the world. */
export interface Surroundings {
  control: SimulatorControl;
  signal: AbortSignal;
}

const TOKEN_PATH = /^\/([^/]+)\/oauth2\/v2\.0\/token$/;
const DISCOVERY_PATH = /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/;
const KEYS_PATH = /^\/([^/]+)\/discovery\/v2\.0\/keys$/;

/** Answers one HTTP request. */
export async function answerRequest(
  world: World,
  around: Surroundings,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const arrived = arrive(world.url, request, body);
  const { pathname } = arrived.url;
  const gzip = acceptsGzip(request);
  if (pathname.startsWith(GRAPH_PREFIX)) {
    return deliverGraph(world, arrived, response, { gzip, signal: around.signal });
  }
  const tenant = TOKEN_PATH.exec(pathname)?.[1];
  if (tenant !== undefined) {
    const form = new URLSearchParams(arrived.body.toString());
    const { method, headers } = arrived;
    const outcome = await answerToken(world, { method, path: pathname, tenant, headers, form });
    log(world, arrived, outcome);
    return deliver(response, outcome, outcome.drawn, { gzip: false, signal: around.signal });
  }
  send(response, (await answerOwn(world, around.control, arrived)) ?? notHere());
}

/** Holds the mailbox's places as long as the answer is under way. */
async function deliverGraph(
  world: World,
  arrived: Arrived,
  response: ServerResponse,
  options: { gzip: boolean; signal: AbortSignal },
): Promise<void> {
  const isBatch = arrived.url.pathname === BATCH_PATH;
  const key = callerOf(world, arrived);
  const places = key === null ? AT_ONCE : world.throttle.enter(key, isBatch ? AT_ONCE : 1);
  let held = key === null ? 0 : places;
  const leave = (): void => {
    if (key !== null && held > 0) world.throttle.leave(key, held);
    held = 0;
  };
  // A caller that hangs up frees its places as well.
  response.once('close', leave);
  const outcome: Outcome & { parts?: LoggedPart[] } = isBatch
    ? runBatch(world, arrived, places)
    : runCall(world, callOf(arrived), { part: null, hasPlace: places > 0 });
  log(world, arrived, outcome, outcome.parts ? { parts: outcome.parts } : {});
  // Whoever hears that they have to wait is expected to.
  if (key !== null && isHeard(outcome.drawn)) for (const wait of outcome.waits) world.throttle.pause(key, wait);
  // Before the first byte leaves: whoever has the answer may send the next request.
  await deliver(response, outcome, outcome.drawn, { ...options, beforeSending: leave });
}

function callerOf(world: World, arrived: Arrived): string | null {
  const bearer = /^Bearer (\S+)$/i.exec(arrived.headers['authorization'] ?? '')?.[1];
  const token = bearer === undefined ? undefined : world.state.accessTokens.get(bearer);
  return token ? throttleKey(token.clientId, token.email) : null;
}

function callOf(arrived: Arrived): Parameters<typeof runCall>[1] {
  return {
    method: arrived.method,
    path: arrived.url.pathname,
    query: arrived.url.searchParams,
    headers: arrived.headers,
    body: arrived.body.toString(),
  };
}

function log(
  world: World,
  arrived: Arrived,
  outcome: Pick<LoggedRequest, 'operation' | 'account' | 'clientId' | 'status' | 'reason' | 'flags'> & {
    drawn: DrawnFaults;
  },
  more: Pick<LoggedRequest, 'parts'> = {},
): void {
  const { operation, account, clientId, status, reason, flags, drawn } = outcome;
  world.log.add({
    at: world.clock.now().toISOString(),
    method: arrived.method,
    path: withoutSecrets(arrived.target),
    operation,
    account,
    clientId,
    status,
    reason,
    fault: drawn.action?.kind ?? null,
    flags: [...new Set(flags)],
    ...more,
  });
}

async function answerOwn(world: World, control: SimulatorControl, arrived: Arrived): Promise<Answer | null> {
  const { pathname, searchParams } = arrived.url;
  const discovered = DISCOVERY_PATH.exec(pathname)?.[1];
  if (discovered !== undefined) return discoveryAnswer(world, discovered);
  const keysOf = KEYS_PATH.exec(pathname)?.[1];
  if (keysOf !== undefined) return keysAnswer(world, keysOf);
  if (pathname === '/oidc/userinfo') return answerUserInfo(world, arrived.headers);
  if (arrived.method !== 'GET' && isForeignPage(arrived.headers)) return notHere();
  if (pathname.startsWith(CONTROL_PREFIX)) {
    if (!arrived.local) return notHere();
    return answerControl(control, {
      method: arrived.method,
      path: pathname,
      query: searchParams,
      contentType: arrived.headers['content-type'],
      body: arrived.body.toString(),
    });
  }
  return answerPage(world, arrived);
}

function notHere(): Answer {
  return {
    status: 404,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<!DOCTYPE html><html lang=en><title>404 - File or directory not found.</title><h2>404 - File or directory not found.</h2></html>',
  };
}
