import * as kit from '../kit/control-http.ts';
import { object, optional, parameter, text } from '../kit/control-http.ts';
import type { ControlRequest, ControlRoutes } from '../kit/control-http.ts';
import type { Answer } from '../kit/delivery.ts';
import type { JsonObject } from '../kit/json.ts';
import { ApiError, errorBody } from './api-error.ts';
import type { SimulatorControl, AccountSwitches } from './control.ts';
import type { FaultRule } from './faults.ts';
import type { SettingsPatch } from './settings.ts';

// Method and name below /__sim/; README.md lists them with their bodies.
const ROUTES: ControlRoutes<SimulatorControl> = {
  ...kit.commonRoutes<FaultRule, SettingsPatch>(),
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
};

/** Answers a request below `/__sim/`. Never throws. */
export function answerControl(control: SimulatorControl, request: ControlRequest): Promise<Answer> {
  return kit.answerControl(ROUTES, control, request, (error) =>
    error instanceof ApiError ? { status: error.status, body: errorBody(error) } : null,
  );
}

function calendarOf(body: JsonObject): string {
  return optional(body, 'calendar') ?? 'primary';
}
