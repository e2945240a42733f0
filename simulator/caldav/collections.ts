import { DavError } from './dav-error.ts';
import { INBOX, pathsOf, ROOT, type Paths, type Place } from './places.ts';
import { newCalendar, type Account, type Calendar, type StoredObject } from './state.ts';
import type { World } from './world.ts';
import { asked, document, escaped, readXml, responseOf, textIn, type Properties } from './xml.ts';

const COLLECTION = '<d:collection/>';

/** `PROPFIND`: what a place says of itself, and with `Depth: 1` of what lies in it. */
export function propfind(world: World, account: Account, place: Place, depth: string, body: string): string {
  const names = asked(readXml(body));
  const paths = pathsOf(account, world.settings.encodesAt);
  const all = resourcesAt(world, account, place, paths);
  const shown = depth === '0' ? all.slice(0, 1) : all;
  return document('d:multistatus', shown.map(({ href, properties }) => responseOf(href, names, properties)).join(''));
}

interface Resource {
  href: string;
  properties: Properties;
}

/** The place first, then what lies in it. */
function resourcesAt(world: World, account: Account, place: Place, paths: Paths): Resource[] {
  const whoAmI = { 'current-user-principal': href(paths.principal) };
  switch (place.kind) {
    case 'root':
      return [{ href: ROOT, properties: { ...whoAmI, resourcetype: COLLECTION } }];
    case 'principal':
      return [{ href: paths.principal, properties: { ...whoAmI, ...principal(account, paths) } }];
    case 'inbox':
      return [inbox(account, paths)];
    case 'home': {
      const own = { href: paths.home, properties: { ...whoAmI, resourcetype: COLLECTION } };
      return [own, inbox(account, paths), ...account.calendars.map((one) => calendarResource(world, one, paths))];
    }
    case 'calendar': {
      const { calendar } = place;
      if (!calendar) throw new DavError(404);
      const objects = calendar.objects.map((object) => objectResource(world, calendar, object, paths));
      return [calendarResource(world, calendar, paths), ...objects];
    }
    case 'object': {
      const { calendar, object } = place;
      if (!calendar || !object) throw new DavError(404);
      return [objectResource(world, calendar, object, paths)];
    }
    case 'nowhere':
      throw new DavError(404);
  }
}

function principal({ user }: Account, paths: Paths): Properties {
  const mail = user.includes('@') ? href(`mailto:${user}`) : null;
  return {
    resourcetype: `${COLLECTION}<d:principal/>`,
    'calendar-home-set': href(paths.home),
    'schedule-inbox-URL': href(paths.inbox),
    'calendar-user-address-set': mail,
  };
}

function inbox({ calendars: [first] }: Account, paths: Paths): Resource {
  return {
    href: paths.inbox,
    properties: {
      resourcetype: `${COLLECTION}<c:schedule-${INBOX}/>`,
      'schedule-default-calendar-URL': first ? href(paths.calendar(first)) : null,
    },
  };
}

function calendarResource({ settings }: World, calendar: Calendar, paths: Paths): Resource {
  const privileges = ['read', ...(calendar.readOnly ? [] : ['write', 'write-content', 'bind', 'unbind'])];
  return {
    href: paths.calendar(calendar),
    properties: {
      resourcetype: `${COLLECTION}<c:calendar/>`,
      displayname: escaped(calendar.name),
      getctag: settings.ctag ? `ctag-${calendar.generation}-${calendar.revision}` : null,
      'sync-token': settings.syncCollection ? syncToken(calendar) : null,
      'supported-calendar-component-set': '<c:comp name="VEVENT"/><c:comp name="VTODO"/>',
      'current-user-privilege-set': privileges.map((name) => `<d:privilege><d:${name}/></d:privilege>`).join(''),
    },
  };
}

function objectResource(world: World, calendar: Calendar, object: StoredObject, paths: Paths): Resource {
  return {
    href: paths.object(calendar, object.name),
    properties: { resourcetype: '', getetag: escaped(etagOf(world, object)), 'calendar-data': escaped(object.data) },
  };
}

/** An object's etag as it is told. */
export function etagOf({ settings }: World, { etag }: StoredObject): string {
  return `${settings.weakEtags ? 'W/' : ''}"${etag}"`;
}

/** Names the present state of a calendar. */
export function syncToken({ slug, generation, revision }: Calendar): string {
  return `data:,${slug}-${generation}-${revision}`;
}

/** `MKCALENDAR` */
export function makeCalendar(world: World, account: Account, place: Place, body: string): void {
  if (!world.settings.makesCalendars || place.kind !== 'calendar') throw new DavError(403, 'need-privileges');
  if (place.calendar) throw new DavError(405, 'resource-must-be-null');
  const name = body === '' ? null : textIn(readXml(body), 'displayname');
  account.calendars.push(newCalendar(place.slug, name ?? place.slug));
  world.changed();
}

function href(path: string): string {
  return `<d:href>${escaped(path)}</d:href>`;
}
