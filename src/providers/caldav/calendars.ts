import { randomBytes } from 'node:crypto';
import type { AccountCalendar } from '../../sync/login.ts';
import { ProviderFailure, type CalendarKind, type Failure, type TargetCalendar } from '../../sync/provider.ts';
import { readAccess, type Access } from './account.ts';
import { oneByOne, type DavAnswer, type DavApi } from './api.ts';
import { CALENDARS, DEFAULT_CALENDAR, makeCalendar } from './bodies.ts';
import { failureOf, isMissing } from './errors.ts';
import { asCollection, idOf } from './href.ts';
import { hrefIn, readMultistatus, type DavResource } from './multistatus.ts';
import { CALDAV, CALENDARSERVER, DAV } from './namespaces.ts';
import { childOf, childrenOf } from './xml.ts';

/** What servers call the calendar that everybody has from the beginning. */
const USUAL_NAMES = new Set(['calendar', 'default', 'personal', 'home', 'events']);

/** The account behind a token that the engine keeps. @throws {ProviderFailure} */
export function requireAccess(accessToken: string): Access {
  const access = readAccess(accessToken);
  if (access) return access;
  throw new ProviderFailure({ kind: 'reauth_required', code: 'access_token_rejected' });
}

/** The calendars that events may be written to. @throws {ProviderFailure} */
export async function listCalendars(api: DavApi, access: Access, signal: AbortSignal): Promise<AccountCalendar[]> {
  const home = new URL(access.home);
  const send = oneByOne(api, access, home, signal);
  const answer = await send({ method: 'PROPFIND', path: home.pathname, depth: '1', body: CALENDARS });
  const list = answer.kind === 'answered' && answer.status === 207 ? readMultistatus(answer.body, answer.url) : null;
  if (!list) throw new ProviderFailure(openingFailure(answer));
  const writable = list.resources.filter((resource) => takesEvents(resource) && isWritable(resource));
  if (writable.length === 0) return [];
  const preferred = await defaultCalendar(api, access, signal);
  const first = writable.find((one) => one.url.href === preferred) ?? writable.find(isUsual) ?? writable[0];
  return writable.map((resource) => ({
    id: idOf(asCollection(resource.url), home),
    name: nameOf(resource),
    isDefault: resource === first,
  }));
}

/** Finds or makes the calendar that events go to; an account without any gets one. @throws {ProviderFailure} */
export async function openCalendar(
  api: DavApi,
  accessToken: string,
  kind: CalendarKind,
  calendarName: string,
  signal: AbortSignal,
): Promise<TargetCalendar> {
  const access = requireAccess(accessToken);
  const calendars = await listCalendars(api, access, signal);
  const preferred = calendars.find(({ isDefault }) => isDefault);
  if (kind === 'primary' && preferred) return { id: preferred.id, name: preferred.name, kind };
  // One that we made before, or whose making was never answered.
  const own = calendars.find(({ name }) => name === calendarName);
  if (own) return { id: own.id, name: own.name, kind: 'dedicated' };
  const made = await create(api, access, calendarName, signal);
  return { id: made, name: calendarName, kind: 'dedicated' };
}

/** @returns its id */
async function create(api: DavApi, access: Access, name: string, signal: AbortSignal): Promise<string> {
  const home = new URL(access.home);
  const send = oneByOne(api, access, home, signal);
  // Another name each time: the old one may lie in a bin.
  const path = `${home.pathname}valclean-${randomBytes(4).toString('hex')}/`;
  const answer = await send({ method: 'MKCALENDAR', path, body: makeCalendar(name) });
  if (answer.kind === 'answered' && answer.status === 201) return path;
  const refused = answer.kind === 'answered' && [403, 404, 405, 409, 501].includes(answer.status);
  throw new ProviderFailure(refused ? { kind: 'refused', code: 'calendar_not_made' } : failureOf(answer, 'write'));
}

/** Which one the server itself takes (RFC 6638 §9.2); not every server has an opinion. */
async function defaultCalendar(api: DavApi, access: Access, signal: AbortSignal): Promise<string | null> {
  if (access.inbox === null) return null;
  const inbox = new URL(access.inbox);
  const send = oneByOne(api, access, inbox, signal);
  const answer = await send({ method: 'PROPFIND', path: inbox.pathname, depth: '0', body: DEFAULT_CALENDAR });
  if (answer.kind !== 'answered' || answer.status !== 207) return null;
  const [resource] = readMultistatus(answer.body, answer.url)?.resources ?? [];
  const url = resource && hrefIn(resource.prop(CALDAV, 'schedule-default-calendar-URL'), answer.url);
  return url ? asCollection(url).href : null;
}

function takesEvents(resource: DavResource): boolean {
  const type = resource.prop(DAV, 'resourcetype');
  if (!childOf(type, CALDAV, 'calendar') || childOf(type, CALENDARSERVER, 'subscribed')) return false;
  const components = resource.prop(CALDAV, 'supported-calendar-component-set');
  // A server that does not say takes everything (RFC 4791 §5.2.3).
  return components === null || childrenOf(components, CALDAV, 'comp').some(({ attributes }) => isEvents(attributes));
}

function isEvents(attributes: Readonly<Record<string, string>>): boolean {
  return attributes['name']?.toUpperCase() === 'VEVENT';
}

/** Privileges of RFC 3744 §3 of which each lets us put something into a calendar. */
const WRITING = new Set(['all', 'write', 'write-content', 'bind']);

function isWritable(resource: DavResource): boolean {
  const privileges = resource.prop(DAV, 'current-user-privilege-set');
  if (privileges === null) return true;
  return childrenOf(privileges, DAV, 'privilege').some((one) => one.children.some(({ name }) => WRITING.has(name)));
}

function isUsual({ url }: DavResource): boolean {
  return USUAL_NAMES.has(lastSegment(url).toLowerCase());
}

function nameOf(resource: DavResource): string {
  const name = resource.prop(DAV, 'displayname')?.text.trim() ?? '';
  return name === '' ? decodeURIComponent(lastSegment(resource.url)) : name;
}

function lastSegment(url: URL): string {
  return url.pathname.split('/').findLast((segment) => segment !== '') ?? 'calendar';
}

/** The home itself is not there: what discovery found is no account of a calendar service. */
function openingFailure(answer: DavAnswer): Failure {
  return isMissing(answer) ? { kind: 'refused', code: 'no_calendar' } : failureOf(answer, 'read');
}
