import type { JsonObject } from '../kit/json.ts';
import { ok } from './graph-call.ts';
import type { AuthorizedCall, GraphReply } from './graph-call.ts';
import { readSelect } from './odata-query.ts';
import type { World } from './world.ts';
import { windowsName, windowsNames } from './zone-names.ts';

/** `GET /me/mailboxSettings` */
export function getMailboxSettings(world: World, call: AuthorizedCall): GraphReply {
  const settings: JsonObject = {
    timeZone: windowsName(call.account.timeZone),
    dateFormat: 'dd/MM/yyyy',
    timeFormat: 'HH:mm',
    language: { locale: 'en-GB', displayName: 'English (United Kingdom)' },
  };
  const names = readSelect(call.query, Object.keys(settings)) ?? Object.keys(settings);
  const shown = Object.fromEntries(names.map((name) => [name, settings[name]]));
  return ok({ '@odata.context': `${world.url}/v1.0/$metadata#me/mailboxSettings`, ...shown });
}

/** `GET /me/mailboxSettings/timeZone` */
export function getMailboxTimeZone(world: World, call: AuthorizedCall): GraphReply {
  const context = `${world.url}/v1.0/$metadata#me/mailboxSettings/timeZone`;
  return ok({ '@odata.context': context, value: windowsName(call.account.timeZone) });
}

/** `GET /me/outlook/supportedTimeZones`: Windows names. */
export function listSupportedTimeZones(world: World): GraphReply {
  const value = windowsNames().map((alias) => ({ alias, displayName: alias }));
  return ok({ '@odata.context': `${world.url}/v1.0/$metadata#Collection(timeZoneInformation)`, value });
}
