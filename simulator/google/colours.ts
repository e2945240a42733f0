import { ok } from './api-call.ts';
import type { ApiReply, AuthorizedCall } from './api-call.ts';
import { notFound } from './api-error.ts';
import type { World } from './world.ts';

/** The eleven event colours with readable text on each, and their names in Google's picker. */
export const EVENT_COLOURS: Record<string, { name: string; background: string; foreground: string }> = {
  '1': { name: 'Lavender', background: '#a4bdfc', foreground: '#1d1d1d' },
  '2': { name: 'Sage', background: '#7ae7bf', foreground: '#1d1d1d' },
  '3': { name: 'Grape', background: '#dbadff', foreground: '#1d1d1d' },
  '4': { name: 'Flamingo', background: '#ff887c', foreground: '#1d1d1d' },
  '5': { name: 'Banana', background: '#fbd75b', foreground: '#1d1d1d' },
  '6': { name: 'Tangerine', background: '#ffb878', foreground: '#1d1d1d' },
  '7': { name: 'Peacock', background: '#46d6db', foreground: '#1d1d1d' },
  '8': { name: 'Graphite', background: '#e1e1e1', foreground: '#1d1d1d' },
  '9': { name: 'Blueberry', background: '#5484ed', foreground: '#1d1d1d' },
  '10': { name: 'Basil', background: '#51b749', foreground: '#1d1d1d' },
  '11': { name: 'Tomato', background: '#dc2127', foreground: '#ffffff' },
};

/** `GET colors` */
export function getColours(): ApiReply {
  const event = Object.fromEntries(
    Object.entries(EVENT_COLOURS).map(([id, { background, foreground }]) => [id, { background, foreground }]),
  );
  return ok({ kind: 'calendar#colors', updated: '2012-02-14T00:00:00.000Z', calendar: event, event });
}

/** `GET users/me/settings/{setting}`; values are strings. */
export function getSetting(world: World, call: AuthorizedCall): ApiReply {
  const timeZone = world.state.accounts.get(call.token.email)?.timeZone ?? 'Etc/UTC';
  const values: Record<string, string> = { timezone: timeZone, locale: 'en', weekStart: '1', format24HourTime: 'true' };
  const value = Object.hasOwn(values, call.params.settingId) ? values[call.params.settingId] : undefined;
  if (value === undefined) throw notFound();
  return ok({ kind: 'calendar#setting', etag: '"0"', id: call.params.settingId, value });
}
