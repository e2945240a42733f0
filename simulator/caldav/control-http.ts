import * as kit from '../kit/control-http.ts';
import { optional, parameter, text } from '../kit/control-http.ts';
import type { ControlRequest, ControlRoutes } from '../kit/control-http.ts';
import type { Answer } from '../kit/delivery.ts';
import type { SimulatorControl } from './control.ts';
import type { FaultRule } from './faults.ts';
import type { SettingsPatch } from './settings.ts';

// Method and name below /__sim/; README.md lists them with their bodies.
const ROUTES: ControlRoutes<SimulatorControl> = {
  ...kit.commonRoutes<FaultRule, SettingsPatch>(),
  'GET health': () => ({ ok: true }),
  'GET accounts': (control) => control.accounts(),
  'POST accounts': (control, { body }) =>
    control.addAccount({ user: text(body, 'user'), password: text(body, 'password'), name: text(body, 'name') }),
  'POST password': (control, { body }) => control.changePassword(text(body, 'user'), text(body, 'password')),
  'GET calendars': (control, { query }) => control.calendars(parameter(query, 'account')),
  'GET events': (control, { query }) => control.events(parameter(query, 'account'), query.get('calendar') ?? undefined),
  'POST edit': (control, { body }) => {
    const data = text(body, 'data');
    control.edit(text(body, 'account'), text(body, 'event'), () => data, optional(body, 'calendar'));
  },
  'POST remove': (control, { body }) =>
    control.remove(text(body, 'account'), text(body, 'event'), optional(body, 'calendar')),
  'POST remove-calendar': (control, { body }) => control.removeCalendar(text(body, 'account'), text(body, 'calendar')),
  'POST forget-tokens': (control, { body }) => control.forgetTokens(text(body, 'account')),
};

/** Answers a request below `/__sim/`. Never throws. */
export function answerControl(control: SimulatorControl, request: ControlRequest): Promise<Answer> {
  return kit.answerControl(ROUTES, control, request, () => null);
}
