import type { IncomingMessage, ServerResponse } from 'node:http';
import { API_PREFIX, runCall } from './api.ts';
import type { Outcome } from './api.ts';
import { BATCH_PATH, runBatch } from './batch.ts';
import { arrive, isForeignPage } from '../kit/arrived.ts';
import type { Arrived } from '../kit/arrived.ts';
import { CONTROL_PREFIX } from '../kit/control-http.ts';
import { answerControl } from './control-http.ts';
import type { SimulatorControl } from './control.ts';
import { acceptsGzip, deliver, send } from '../kit/delivery.ts';
import type { Answer } from '../kit/delivery.ts';
import { isHeard } from '../kit/faults.ts';
import type { DrawnFaults } from './faults.ts';
import { certsAnswer, discoveryAnswer, tokenInfoAnswer, userInfoAnswer } from './identity.ts';
import { answerPage } from './pages/routes.ts';
import { withoutSecrets } from '../kit/request-log.ts';
import type { LoggedRequest } from '../kit/request-log.ts';
import { answerRevoke, answerToken } from './token-endpoint.ts';
import type { World } from './world.ts';

/** What the handler of a request needs besides the world. */
export interface Surroundings {
  control: SimulatorControl;
  signal: AbortSignal;
}

/** Answers one HTTP request. */
export async function answerRequest(
  world: World,
  around: Surroundings,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const arrived = arrive(world.url, request, body);
  const played = await playGoogle(world, arrived);
  if (played) {
    const gzip = world.settings.gzip && acceptsGzip(request);
    return deliver(response, played.answer, played.drawn, { gzip, signal: around.signal });
  }
  send(response, (await answerOwn(world, around.control, arrived)) ?? notHere());
}

interface Played {
  answer: Answer;
  drawn: DrawnFaults;
}

// The endpoints of Google that an app calls: logged, and open to faults.
async function playGoogle(world: World, arrived: Arrived): Promise<Played | null> {
  const { pathname } = arrived.url;
  if (pathname.startsWith(API_PREFIX)) return playCall(world, arrived);
  if (pathname === BATCH_PATH) return playBatch(world, arrived);
  if (pathname !== '/token' && pathname !== '/revoke') return null;
  const request = {
    method: arrived.method,
    path: pathname,
    query: arrived.url.searchParams,
    authorization: arrived.headers['authorization'],
    contentType: arrived.headers['content-type'],
    form: new URLSearchParams(arrived.body.toString()),
  };
  const outcome = pathname === '/token' ? await answerToken(world, request) : await answerRevoke(world, request);
  log(world, arrived, { ...outcome, flags: [] });
  return { answer: outcome, drawn: outcome.drawn };
}

function playCall(world: World, arrived: Arrived): Played {
  const outcome = runCall(world, {
    method: arrived.method,
    path: arrived.url.pathname,
    query: arrived.url.searchParams,
    headers: arrived.headers,
    body: arrived.body.toString(),
  });
  log(world, arrived, outcome);
  beginPauses(world, outcome);
  return { answer: outcome, drawn: outcome.drawn };
}

function playBatch(world: World, arrived: Arrived): Played {
  const outcome = runBatch(world, arrived);
  log(world, arrived, outcome, { parts: outcome.parts });
  beginPauses(world, outcome);
  return { answer: outcome, drawn: outcome.drawn };
}

/** Whoever hears that they have to wait is expected to. */
function beginPauses(world: World, { account, waits, drawn }: Outcome): void {
  if (account === null || !isHeard(drawn)) return;
  for (const wait of waits) world.pauses.begin(account, wait);
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
    flags,
    ...more,
  });
}

async function answerOwn(world: World, control: SimulatorControl, arrived: Arrived): Promise<Answer | null> {
  const { pathname, searchParams } = arrived.url;
  const authorization = arrived.headers['authorization'];
  if (pathname === '/.well-known/openid-configuration') return discoveryAnswer(world);
  if (pathname === '/oauth2/v3/certs') return certsAnswer(world);
  if (pathname === '/v1/userinfo') return userInfoAnswer(world, authorization, false);
  if (pathname === '/oauth2/v2/userinfo') return userInfoAnswer(world, authorization, true);
  if (pathname === '/tokeninfo') return tokenInfoAnswer(world, searchParams.get('access_token'));
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
    headers: { 'content-type': 'text/html; charset=UTF-8' },
    body: '<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)</title><p>Not found on this server.</html>',
  };
}
