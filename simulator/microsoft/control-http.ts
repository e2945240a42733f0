import * as kit from '../kit/control-http.ts';
import { object, optional, parameter, text } from '../kit/control-http.ts';
import type { ControlRequest, ControlRoutes } from '../kit/control-http.ts';
import type { Answer } from '../kit/delivery.ts';
import type { JsonObject } from '../kit/json.ts';
import type { AccountSwitches, SimulatorControl } from './control.ts';
import type { FaultRule } from './faults.ts';
import { GraphError } from './graph-error.ts';
import type { SettingsPatch } from './settings.ts';
import type { AccountConfig } from './state.ts';

// Method and name below /__sim/; README.md lists them with their bodies.
const ROUTES: ControlRoutes<SimulatorControl> = {
  ...kit.commonRoutes<FaultRule, SettingsPatch>(),
  'GET health': () => ({ ok: true }),
  'GET accounts': (control) => control.accounts(),
  'POST accounts': (control, { body }) => control.addAccount(accountOf(body)),
  'POST account': (control, { body }) => {
    const { email: _email, ...switches } = body;
    control.setAccount(text(body, 'email'), switches as AccountSwitches);
  },
  'GET calendars': (control, { query }) => control.calendars(parameter(query, 'account')),
  'POST calendars': (control, { body }) => ({ id: control.addCalendar(text(body, 'account'), text(body, 'name')) }),
  'GET events': (control, { query }) => control.events(parameter(query, 'account'), query.get('calendar') ?? undefined),
  'GET deleted': (control, { query }) => control.deletedEvents(parameter(query, 'account')),
  'GET mails': (control, { query }) => control.mails(query.get('account') ?? undefined),
  'POST events': (control, { body }) => control.create(text(body, 'account'), calendarOf(body), object(body, 'event')),
  'POST edit': (control, { body }) => control.edit(text(body, 'account'), text(body, 'event'), object(body, 'patch')),
  'POST move': (control, { body }) => control.move(text(body, 'account'), text(body, 'event'), text(body, 'calendar')),
  'POST remove': (control, { body }) => control.remove(text(body, 'account'), text(body, 'event')),
  'POST restore': (control, { body }) => control.restore(text(body, 'account'), text(body, 'event')),
  'POST remove-calendar': (control, { body }) => control.removeCalendar(text(body, 'account'), calendarOf(body)),
  'POST authorize': async (control, { body }) => ({
    callbackUrl: await control.authorize(text(body, 'url'), {
      email: text(body, 'email'),
      deny: body['deny'] === true,
      ...(typeof body['prompt'] === 'string' ? { prompt: body['prompt'] } : {}),
    }),
  }),
  'POST admin-consent': async (control, { body }) => ({
    callbackUrl: await control.adminConsent(text(body, 'url'), body['deny'] === true ? 'cancel' : 'accept'),
  }),
  'POST grant-admin-consent': (control, { body }) =>
    control.grantAdminConsent(text(body, 'account'), optional(body, 'client')),
  'POST revoke': (control, { body }) => ({ revoked: control.revokeGrant(text(body, 'account')) }),
  'POST revoke-sessions': (control, { body }) => ({ revoked: control.revokeSessions(text(body, 'account')) }),
  'POST expire-access-tokens': (control, { body }) => ({
    expired: control.expireAccessTokens(optional(body, 'account')),
  }),
  'POST expire-delta-tokens': (control, { body }) => control.expireDeltaTokens(optional(body, 'account')),
  'POST hanging': (control, { body }) => control.setHanging(body['hanging'] === true),
};

/** Answers a request below `/__sim/`. Never throws. */
export function answerControl(control: SimulatorControl, request: ControlRequest): Promise<Answer> {
  return kit.answerControl(ROUTES, control, request, (error) =>
    error instanceof GraphError
      ? { status: error.status, body: { error: { code: error.code, message: error.message } } }
      : null,
  );
}

function accountOf(body: JsonObject): AccountConfig {
  const [tenantId, timeZone] = [optional(body, 'tenantId'), optional(body, 'timeZone')];
  return {
    email: text(body, 'email'),
    name: text(body, 'name'),
    kind: body['kind'] === 'personal' ? 'personal' : 'work',
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}

function calendarOf(body: JsonObject): string {
  return optional(body, 'calendar') ?? 'primary';
}
