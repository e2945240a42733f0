import { CALDAV, CALENDARSERVER, DAV } from './namespaces.ts';
import { escapeXml } from './xml.ts';

const HEAD = '<?xml version="1.0" encoding="utf-8"?>\n';
const NAMES = `xmlns:d="${DAV}" xmlns:c="${CALDAV}" xmlns:cs="${CALENDARSERVER}"`;

function propfind(properties: readonly string[]): string {
  return `${HEAD}<d:propfind ${NAMES}><d:prop>${properties.map((name) => `<${name}/>`).join('')}</d:prop></d:propfind>`;
}

/** Asks who we are, of any address of a server; a principal answers where its calendars are at once. */
export const WHO_AM_I = propfind([
  ...['d:current-user-principal', 'd:resourcetype', 'c:calendar-home-set'],
  ...['c:calendar-user-address-set', 'c:schedule-inbox-URL'],
]);

/** The calendars of a home. */
export const CALENDARS = propfind([
  ...['d:resourcetype', 'd:displayname', 'd:current-user-privilege-set', 'c:supported-calendar-component-set'],
]);

export const DEFAULT_CALENDAR = propfind(['c:schedule-default-calendar-URL']);
export const ETAG = propfind(['d:getetag']);
/** `getctag` changes with anything in a calendar; it is older than RFC 6578 and more widely known. */
export const CTAG = propfind(['cs:getctag', 'd:resourcetype']);

/** Makes a calendar for events. */
export function makeCalendar(name: string): string {
  const components = '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>';
  const properties = `<d:displayname>${escapeXml(name)}</d:displayname>${components}`;
  return `${HEAD}<c:mkcalendar ${NAMES}><d:set><d:prop>${properties}</d:prop></d:set></c:mkcalendar>`;
}

/** What changed since a token; everything without one. */
export function syncCollection(token: string | null): string {
  const since = `<d:sync-token>${escapeXml(token ?? '')}</d:sync-token><d:sync-level>1</d:sync-level>`;
  return `${HEAD}<d:sync-collection ${NAMES}>${since}<d:prop><d:getetag/></d:prop></d:sync-collection>`;
}

/**
 * Finds events by UID. The filters are written out to the last: without `VEVENT` several servers fail or find nothing.
 */
export function findByUid(uid: string): string {
  const match = `<c:prop-filter name="UID"><c:text-match collation="i;octet">${escapeXml(uid)}</c:text-match></c:prop-filter>`;
  const filter = `<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">${match}</c:comp-filter></c:comp-filter>`;
  const asked = '<d:prop><d:getetag/><c:calendar-data/></d:prop>';
  return `${HEAD}<c:calendar-query ${NAMES}>${asked}<c:filter>${filter}</c:filter></c:calendar-query>`;
}
