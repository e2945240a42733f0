import type { IncomingMessage, ServerResponse } from 'node:http';
import { arrive, isForeignPage, type Arrived } from '../kit/arrived.ts';
import { CONTROL_PREFIX } from '../kit/control-http.ts';
import { acceptsGzip, deliver, send, type Answer } from '../kit/delivery.ts';
import { answerControl } from './control-http.ts';
import type { SimulatorControl } from './control.ts';
import { isDav, runDav } from './dav.ts';
import { answerPage } from './pages/routes.ts';
import type { World } from './world.ts';

/** Answers one HTTP request. */
export async function answerRequest(
  world: World,
  around: { control: SimulatorControl; signal: AbortSignal },
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const arrived = arrive(world.url, request, body);
  if (!isDav(arrived)) return send(response, (await answerOwn(world, around.control, arrived)) ?? notHere());
  const outcome = runDav(world, arrived);
  world.log.add({
    at: world.clock.now().toISOString(),
    ...{ method: arrived.method, path: arrived.target, clientId: null, reason: null, status: outcome.status },
    ...{ operation: outcome.operation, account: outcome.account, flags: outcome.flags },
    fault: outcome.drawn.action?.kind ?? null,
  });
  await deliver(response, outcome, outcome.drawn, { gzip: acceptsGzip(request), signal: around.signal });
}

async function answerOwn(world: World, control: SimulatorControl, arrived: Arrived): Promise<Answer | null> {
  const { method, url, headers, body, local } = arrived;
  if (method !== 'GET' && isForeignPage(headers)) return null;
  if (!url.pathname.startsWith(CONTROL_PREFIX)) return answerPage(world, arrived);
  if (!local) return null;
  return answerControl(control, {
    ...{ method, path: url.pathname, query: url.searchParams },
    contentType: headers['content-type'],
    body: body.toString(),
  });
}

function notHere(): Answer {
  return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'There is nothing at this address.' };
}
