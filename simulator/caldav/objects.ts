import type { Answer } from '../kit/delivery.ts';
import { etagOf } from './collections.ts';
import { DavError } from './dav-error.ts';
import { checkedObject, withoutOwnProperties } from './event-text.ts';
import { pathsOf, type Place } from './places.ts';
import { putObject, removeObject, type Account, type Calendar, type StoredObject } from './state.ts';
import type { World } from './world.ts';

type At = Extract<Place, { kind: 'object' }>;
type Headers = Record<string, string | undefined>;

/** `GET` */
export function getObject(world: World, { object }: At): Answer {
  if (!object) throw new DavError(404);
  return {
    status: 200,
    headers: { 'content-type': 'text/calendar; charset=utf-8', etag: etagOf(world, object) },
    body: object.data,
  };
}

/** `PUT`; fills `flags` with what deserves a second look. */
export function put(world: World, account: Account, at: At, headers: Headers, body: string, flags: string[]): Answer {
  const { calendar, object, name } = at;
  if (!calendar) throw new DavError(409);
  requireConditions(world, headers, object);
  if (calendar.readOnly) throw new DavError(403, 'need-privileges');
  if (world.settings.full) throw new DavError(507, 'quota-not-exceeded');
  if (!/^text\/calendar\b/.test(headers['content-type'] ?? '')) throw new DavError(403, 'supported-calendar-data');
  const { uid, flags: seen } = checkedObject(body);
  flags.push(...seen);
  requireFreeUid(world, account, calendar, name, uid);
  const data = world.settings.keepsOwnProperties ? body : withoutOwnProperties(body);
  const renamed = !object && world.settings.renames !== 'never';
  const stored = putObject(calendar, { name: renamed ? `kept-${name}` : name, uid, data });
  world.changed();
  const place = pathsOf(account, world.settings.encodesAt).object(calendar, stored.name);
  return {
    status: object ? 204 : 201,
    headers: {
      ...(world.settings.etagAfterPut ? { etag: etagOf(world, stored) } : {}),
      ...(renamed && world.settings.renames === 'told' ? { location: place } : {}),
    },
    body: '',
  };
}

/** `DELETE` */
export function deleteObject(world: World, { calendar, object }: At, headers: Headers): Answer {
  if (!calendar || !object) throw new DavError(404);
  requireConditions(world, headers, object);
  removeObject(calendar, object.name);
  world.changed();
  return { status: 204, headers: {}, body: '' };
}

function requireConditions(world: World, headers: Headers, object: StoredObject | null): void {
  if (headers['if-none-match'] === '*' && object) throw new DavError(412);
  const wanted = headers['if-match'];
  if (wanted === undefined) return;
  if (!object) throw new DavError(412);
  const etag = etagOf(world, object);
  if (wanted !== '*' && (etag.startsWith('W/') || wanted !== etag)) throw new DavError(412);
}

function requireFreeUid(world: World, account: Account, calendar: Calendar, name: string, uid: string): void {
  const other = calendar.objects.find((object) => object.uid === uid && object.name !== name);
  if (!other) return;
  const status = world.settings.uidConflict;
  const href = pathsOf(account, world.settings.encodesAt).object(calendar, other.name);
  throw new DavError(status, status === 400 || status === 409 ? null : 'no-uid-conflict', { href });
}
