import { ApiError, errorBody } from './api-error.ts';
import type { SimulatorControl, AccountSwitches } from './control.ts';
import type { Answer } from './delivery.ts';
import type { FaultRule } from './faults.ts';
import { isObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import type { SettingsPatch } from './settings.ts';

export const CONTROL_PREFIX = '/__sim/';

type Route = (control: SimulatorControl, input: Input) => unknown;

/** What a control request says: its query, and its JSON body. */
interface Input {
  query: URLSearchParams;
  body: JsonObject;
}

// Method and name below /__sim/; README.md lists them with their bodies.
const ROUTES: Record<string, Route> = {
  'GET health': () => ({ ok: true }),
  'GET accounts': (control) => control.accounts(),
  'POST accounts': (control, { body }) =>
    control.addAccount({
      email: text(body, 'email'),
      name: text(body, 'name'),
      timeZone: optional(body, 'timeZone') ?? 'Etc/UTC',
    }),
  'POST account': (control, { body }) => {
    const { email: _email, ...switches } = body;
    control.setAccount(text(body, 'email'), switches as AccountSwitches);
  },
  'GET calendars': (control, { query }) => control.calendars(parameter(query, 'account')),
  'GET events': (control, { query }) => control.events(parameter(query, 'account'), query.get('calendar') ?? undefined),
  'POST events': (control, { body }) => control.create(text(body, 'account'), calendarOf(body), object(body, 'event')),
  'POST edit': (control, { body }) =>
    control.edit(text(body, 'account'), calendarOf(body), text(body, 'event'), object(body, 'patch')),
  'POST remove': (control, { body }) => control.remove(text(body, 'account'), calendarOf(body), text(body, 'event')),
  'POST remove-calendar': (control, { body }) => control.removeCalendar(text(body, 'account'), calendarOf(body)),
  'GET requests': (control) => control.requests(),
  'DELETE requests': (control) => control.clearRequests(),
  'GET faults': (control) => control.faults.list(),
  'POST faults': (control, { body }) => ({ id: control.faults.add(body as unknown as FaultRule) }),
  'DELETE faults': (control, { query }) => control.faults.clear(query.get('id') ?? undefined),
  'GET settings': (control) => control.settings(),
  'POST settings': (control, { body }) => {
    control.changeSettings(body as SettingsPatch);
    return control.settings();
  },
  'POST authorize': async (control, { body }) => ({
    callbackUrl: await control.authorize(text(body, 'url'), {
      email: text(body, 'email'),
      ...(Array.isArray(body['untick']) ? { untick: body['untick'].map(String) } : {}),
      deny: body['deny'] === true,
      ...(typeof body['prompt'] === 'string' ? { prompt: body['prompt'] } : {}),
    }),
  }),
  'POST revoke': (control, { body }) => ({ revoked: control.revokeGrant(text(body, 'account')) }),
  'POST expire-access-tokens': (control, { body }) => ({
    expired: control.expireAccessTokens(optional(body, 'account')),
  }),
  'POST expire-sync-tokens': (control, { body }) =>
    control.expireSyncTokens(optional(body, 'account'), optional(body, 'calendar')),
  'POST purge-tombstones': (control, { body }) => ({
    purged: control.purgeTombstones(text(body, 'account'), optional(body, 'calendar')),
  }),
  'POST hanging': (control, { body }) => control.setHanging(body['hanging'] === true),
  'POST reset': (control) => control.reset(),
};

/** Answers a request below `/__sim/`. Never throws. */
export async function answerControl(
  control: SimulatorControl,
  request: { method: string; path: string; query: URLSearchParams; contentType: string | undefined; body: string },
): Promise<Answer> {
  const route = ROUTES[`${request.method} ${request.path.slice(CONTROL_PREFIX.length)}`];
  if (!route) return json({ error: `there is no ${request.method} ${request.path}` }, 404);
  try {
    const result = await route(control, { query: request.query, body: parse(request) });
    return json(result ?? { ok: true });
  } catch (error) {
    if (error instanceof ApiError) return json(errorBody(error), error.status);
    return json({ error: error instanceof Error ? error.message : 'unknown' }, 400);
  }
}

function parse(request: { method: string; contentType: string | undefined; body: string }): JsonObject {
  if (request.method !== 'POST' || request.body === '') return {};
  // A page of another origin cannot send this type without asking first.
  if (!/^application\/json\b/i.test(request.contentType ?? '')) throw new TypeError('send application/json');
  const body: unknown = JSON.parse(request.body);
  if (!isObject(body)) throw new TypeError('the body must be a JSON object');
  return body;
}

function text(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== 'string') throw new TypeError(`"${name}" must be a text`);
  return value;
}

function optional(body: JsonObject, name: string): string | undefined {
  return body[name] === undefined ? undefined : text(body, name);
}

function object(body: JsonObject, name: string): JsonObject {
  const value: Json | undefined = body[name];
  if (!isObject(value)) throw new TypeError(`"${name}" must be an object`);
  return value;
}

function calendarOf(body: JsonObject): string {
  return optional(body, 'calendar') ?? 'primary';
}

function parameter(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null) throw new TypeError(`the parameter "${name}" is missing`);
  return value;
}

function json(body: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}
