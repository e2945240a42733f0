import type { Answer } from './delivery.ts';
import { isObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';

export const CONTROL_PREFIX = '/__sim/';

/** What a control request says: its query, and its JSON body. */
export interface ControlInput {
  query: URLSearchParams;
  body: JsonObject;
}

/** By method and name below `/__sim/`: `POST faults`. */
export type ControlRoutes<Control> = Record<string, (control: Control, input: ControlInput) => unknown>;

/** What the controls of all services have. */
interface CommonControl<Rule, Settings> {
  requests(): unknown;
  clearRequests(): void;
  faults: { list(): unknown; add(rule: Rule): unknown; clear(id?: string): void };
  settings(): unknown;
  changeSettings(patch: Settings): void;
  reset(): void;
}

/** The routes that all services have: what was asked, faults, settings, and the way back to the beginning. */
export function commonRoutes<Rule, Settings>(): ControlRoutes<CommonControl<Rule, Settings>> {
  return {
    'GET requests': (control) => control.requests(),
    'DELETE requests': (control) => control.clearRequests(),
    'GET faults': (control) => control.faults.list(),
    'POST faults': (control, { body }) => ({ id: control.faults.add(body as Rule) }),
    'DELETE faults': (control, { query }) => control.faults.clear(query.get('id') ?? undefined),
    'GET settings': (control) => control.settings(),
    'POST settings': (control, { body }) => {
      control.changeSettings(body as Settings);
      return control.settings();
    },
    'POST reset': (control) => control.reset(),
  };
}

/** A control request as it arrived. */
export interface ControlRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  contentType: string | undefined;
  body: string;
}

/** Answers a request below `/__sim/`; `refusalOf` words the service's own errors, or gives null. Never throws. */
export async function answerControl<Control>(
  routes: ControlRoutes<Control>,
  control: Control,
  request: ControlRequest,
  refusalOf: (error: unknown) => { status: number; body: JsonObject } | null,
): Promise<Answer> {
  const route = routes[`${request.method} ${request.path.slice(CONTROL_PREFIX.length)}`];
  if (!route) return json({ error: `there is no ${request.method} ${request.path}` }, 404);
  try {
    const result = await route(control, { query: request.query, body: parse(request) });
    return json(result ?? { ok: true });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return json(refusal.body, refusal.status);
    return json({ error: error instanceof Error ? error.message : 'unknown' }, 400);
  }
}

/** A text that has to be there. Throws TypeError. */
export function text(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== 'string') throw new TypeError(`"${name}" must be a text`);
  return value;
}

/** A text that may be left out. Throws TypeError. */
export function optional(body: JsonObject, name: string): string | undefined {
  return body[name] === undefined ? undefined : text(body, name);
}

/** An object that has to be there. Throws TypeError. */
export function object(body: JsonObject, name: string): JsonObject {
  const value: Json | undefined = body[name];
  if (!isObject(value)) throw new TypeError(`"${name}" must be an object`);
  return value;
}

/** A query parameter that has to be there. Throws TypeError. */
export function parameter(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null) throw new TypeError(`the parameter "${name}" is missing`);
  return value;
}

function parse(request: ControlRequest): JsonObject {
  if (request.method !== 'POST' || request.body === '') return {};
  // A page of another origin cannot send this type without asking first.
  if (!/^application\/json\b/i.test(request.contentType ?? '')) throw new TypeError('send application/json');
  const body: unknown = JSON.parse(request.body);
  if (!isObject(body)) throw new TypeError('the body must be a JSON object');
  return body;
}

function json(body: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}
