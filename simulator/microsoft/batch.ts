import { isInstead } from '../kit/faults.ts';
import { isObject } from '../kit/json.ts';
import type { Json, JsonObject } from '../kit/json.ts';
import { TOO_EARLY } from '../kit/pauses.ts';
import { withoutSecrets } from '../kit/request-log.ts';
import type { LoggedPart } from '../kit/request-log.ts';
import { GRAPH_PREFIX, emptyOutcome, finish, identify, playInstead, refuse, refuseAsAsked, runCall } from './graph.ts';
import type { Outcome } from './graph.ts';
import { GraphError, badRequest } from './graph-error.ts';
import { throttleKey } from './throttle.ts';
import type { World } from './world.ts';

export const BATCH_PATH = '/v1.0/$batch';

/** What a batch came to. */
export interface BatchOutcome extends Outcome {
  parts: LoggedPart[];
}

/** One request of a batch, checked. */
interface Item {
  id: string;
  method: string;
  /** Relative to the version. */
  url: string;
  headers: Record<string, string | undefined>;
  body: string;
  dependsOn: string[];
}

/** An item with what became of it. */
interface Done {
  item: Item;
  outcome: Outcome;
}

// https://learn.microsoft.com/graph/json-batching
const MAX_ITEMS = 20;
/** Graph works on so many items of an Outlook batch at a time. */
export const AT_ONCE = 4;

/** Runs a batch in `places` of the mailbox's places; items for which none is left are refused. Never throws. */
export function runBatch(
  world: World,
  request: { method: string; headers: Record<string, string | undefined>; body: Buffer },
  places: number,
): BatchOutcome {
  const outcome: BatchOutcome = { ...emptyOutcome(world, request, 'batch'), parts: [] };
  try {
    const { account, token } = identify(world, request, outcome);
    if (world.throttle.isEarly(throttleKey(token.clientId, account.email))) outcome.flags.push(TOO_EARLY);
    outcome.drawn = world.faults.draw({
      account: account.email,
      method: request.method,
      path: BATCH_PATH,
      operation: 'batch',
      calendarId: null,
      eventId: null,
      part: null,
    });
    if (isInstead(outcome.drawn)) {
      playInstead(world, outcome);
      return outcome;
    }
    if (request.method !== 'POST') throw new GraphError(405, 'Request_BadRequest', 'A batch is posted.');
    const items = readItems(request);
    const done = runItems(world, items, { authorization: request.headers['authorization'], places }, outcome);
    finish(outcome, {
      status: statusOf(world, done),
      resource: { responses: world.random.shuffle(done.map(response)) },
    });
    if (outcome.drawn.action?.kind === 'answer-after-commit') {
      refuseAsAsked(world, outcome, outcome.drawn.action);
    }
  } catch (error) {
    refuse(world, outcome, error);
  }
  return outcome;
}

function readItems(request: { headers: Record<string, string | undefined>; body: Buffer }): Item[] {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw badRequest('The batch must be application/json.');
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body.toString());
  } catch {
    throw badRequest('Unable to read JSON request payload.');
  }
  const requests = isObject(parsed) ? parsed['requests'] : undefined;
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest("The 'requests' of a batch are missing.");
  if (requests.length > MAX_ITEMS) {
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${MAX_ITEMS}.`);
  }
  const items = requests.map(readItem);
  const ids = items.map((item) => item.id.toLowerCase());
  if (new Set(ids).size !== ids.length) throw badRequest('The ids of a batch must differ, and case does not count.');
  requireOrder(items);
  return items;
}

function readItem(value: Json): Item {
  if (!isObject(value)) throw badRequest('A request of a batch must be an object.');
  const { id, method, url, headers = {}, body, dependsOn = [] } = value;
  if (typeof id !== 'string' || id === '') throw badRequest('A request of a batch needs an id.');
  if (typeof method !== 'string' || !/^(GET|POST|PUT|PATCH|DELETE)$/.test(method)) {
    throw badRequest('A request of a batch needs a method.');
  }
  if (typeof url !== 'string' || !url.startsWith('/') || url.startsWith('//')) {
    throw badRequest('The url of a request in a batch must be relative to the version.');
  }
  if (url.startsWith('/$batch')) throw badRequest('A batch cannot hold a batch.');
  if (!isObject(headers) || !Array.isArray(dependsOn)) throw badRequest('A request of a batch is malformed.');
  const lower = lowerCased(headers);
  if (body !== undefined && lower['content-type'] === undefined) {
    throw badRequest('A request of a batch with a body needs a Content-Type header.');
  }
  if (method === 'POST' && body === undefined) throw badRequest('A POST in a batch needs a body, if only {}.');
  return {
    id,
    method,
    url,
    headers: lower,
    body: body === undefined ? '' : JSON.stringify(body),
    dependsOn: dependsOn.map(String),
  };
}

function lowerCased(headers: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

// All beside each other, all one after the other, or all after one: Graph takes no other order.
function requireOrder(items: readonly Item[]): void {
  const dependent = items.filter((item) => item.dependsOn.length > 0);
  if (dependent.length === 0) return;
  for (const { id, dependsOn } of dependent) {
    const known = items
      .slice(
        0,
        items.findIndex((item) => item.id === id),
      )
      .map((item) => item.id);
    if (!dependsOn.every((wanted) => known.includes(wanted))) {
      throw badRequest('A request of a batch depends on one that does not come before it.');
    }
  }
  const serial = items.every(
    (item, index) => index === 0 || (item.dependsOn.length === 1 && item.dependsOn[0] === items[index - 1]?.id),
  );
  const [first] = items;
  const star = items.every(
    (item, index) => index === 0 || (item.dependsOn.length === 1 && item.dependsOn[0] === first?.id),
  );
  if (!serial && !star) {
    throw badRequest('The requests of a batch run beside each other, one after the other, or all after the first.');
  }
}

function runItems(
  world: World,
  items: readonly Item[],
  around: { authorization: string | undefined; places: number },
  outcome: BatchOutcome,
): Done[] {
  const done = new Map<string, Done>();
  for (const [index, item] of inOrder(world, items).entries()) {
    const number = items.indexOf(item) + 1;
    // In each round of four the last ones find no place when others are under way.
    const hasPlace = index % AT_ONCE < around.places;
    const inner = item.dependsOn.every((id) => isDone(done.get(id)))
      ? runCall(world, callOf(item, around.authorization), { part: number, hasPlace })
      : failedDependency(world, item);
    outcome.flags.push(...inner.flags);
    outcome.waits.push(...inner.waits);
    done.set(item.id, { item, outcome: inner });
    if (adopt(outcome, inner)) break;
  }
  const inItsOrder = items.flatMap((item) => done.get(item.id) ?? []);
  outcome.parts = inItsOrder.map(logEntry);
  return inItsOrder;
}

// Nobody promises an order, so there is none; what depends on something comes after it.
function inOrder(world: World, items: readonly Item[]): Item[] {
  const free = world.random.shuffle(items.filter((item) => item.dependsOn.length === 0));
  return [...free, ...items.filter((item) => item.dependsOn.length > 0)];
}

function isDone(done: Done | undefined): boolean {
  return done !== undefined && done.outcome.status < 400;
}

function callOf(item: Item, authorization: string | undefined): Parameters<typeof runCall>[1] {
  const url = new URL(`${GRAPH_PREFIX.slice(0, -1)}${item.url}`, 'http://inner');
  // Headers of the batch are not handed down, but for who sends it.
  const headers = { ...item.headers, authorization };
  return { method: item.method, path: url.pathname, query: url.searchParams, headers, body: item.body };
}

function failedDependency(world: World, item: Item): Outcome {
  const outcome = emptyOutcome(world, item, null);
  const error = new GraphError(424, 'FailedDependency', 'A request that this one depends on has failed.');
  return refuse(world, outcome, error);
}

/** Lets a fault of an item befall the whole answer; true when the rest of the batch is to be left undone. */
function adopt(outcome: Outcome, inner: Outcome): boolean {
  const latencyMs = Math.max(outcome.drawn.latencyMs, inner.drawn.latencyMs);
  const { action } = inner.drawn;
  const reachesOuter = action !== null && !['answer', 'answer-after-commit', 'html'].includes(action.kind);
  outcome.drawn = { latencyMs, action: outcome.drawn.action ?? (reachesOuter ? action : null) };
  if (action?.kind === 'drop-after-commit' || action?.kind === 'hang-after-commit') return action.abortBatch === true;
  return action?.kind === 'drop' || action?.kind === 'hang';
}

function statusOf(world: World, done: readonly Done[]): number {
  return done.some(({ outcome }) => outcome.status === 429) ? world.settings.throttledBatchStatus : 200;
}

const HIDDEN_HEADERS = ['request-id', 'client-request-id', 'x-ms-ags-diagnostic'];

function response({ item, outcome }: Done): JsonObject {
  const headers = Object.fromEntries(
    Object.entries(outcome.headers)
      .filter(([name]) => !HIDDEN_HEADERS.includes(name))
      .map(([name, value]) => [titled(name), value]),
  );
  const json = outcome.headers['content-type']?.startsWith('application/json') ?? false;
  const body = outcome.body === '' ? {} : { body: json ? (JSON.parse(outcome.body) as Json) : outcome.body };
  return { id: item.id, status: outcome.status, headers, ...body };
}

function titled(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function logEntry({ item, outcome }: Done): LoggedPart {
  return {
    method: item.method,
    path: withoutSecrets(item.url),
    operation: outcome.operation,
    status: outcome.status,
    reason: outcome.reason,
    contentId: item.id,
    fault: outcome.drawn.action?.kind ?? null,
  };
}
