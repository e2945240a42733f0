import type { Arrived } from '../kit/arrived.ts';
import type { Answer } from '../kit/delivery.ts';
import { isInstead, NO_FAULTS } from '../kit/faults.ts';
import { TOO_EARLY } from '../kit/pauses.ts';
import { makeCalendar, propfind } from './collections.ts';
import { DavError, faultError } from './dav-error.ts';
import { errorAnswer } from './error-answer.ts';
import type { DrawnFaults } from './faults.ts';
import { deleteObject, getObject, put } from './objects.ts';
import { placeAt, ROOT, signedIn, type Place } from './places.ts';
import { report, reportOf } from './reports.ts';
import type { Account } from './state.ts';
import type { World } from './world.ts';

/** What came of a request, and what the log keeps of it. */
export interface Outcome extends Answer {
  operation: string | null;
  account: string | null;
  flags: string[];
  drawn: DrawnFaults;
}

const WELL_KNOWN = '/.well-known/caldav';

/** Whether an address belongs to the server rather than to the simulator's own pages. */
export function isDav({ method, url }: Arrived): boolean {
  return url.pathname.startsWith(ROOT) || url.pathname === WELL_KNOWN || method === 'PROPFIND';
}

/** Carries out one request, or does what a fault says instead. Never throws. */
export function runDav(world: World, arrived: Arrived): Outcome {
  const outcome: Outcome = {
    ...{ status: 0, headers: {}, body: '' },
    ...{ operation: null, account: null, flags: [], drawn: NO_FAULTS },
  };
  try {
    return Object.assign(outcome, runWith(world, arrived, outcome));
  } catch (error) {
    if (error instanceof DavError) return Object.assign(outcome, errorAnswer(error));
    return { ...outcome, status: 500, body: `The simulator failed: ${error instanceof Error ? error.message : ''}` };
  }
}

function runWith(world: World, arrived: Arrived, outcome: Outcome): Answer {
  const { method, url, headers } = arrived;
  if (url.pathname === WELL_KNOWN) return { status: 301, headers: { location: ROOT }, body: '' };
  if (method === 'OPTIONS') {
    return { status: 200, headers: { dav: '1, 3, calendar-access, calendar-auto-schedule' }, body: '' };
  }
  const account = signedIn(world.state, headers['authorization']);
  const place = account ? placeAt(account, url.pathname) : ({ kind: 'nowhere' } as const);
  outcome.account = account?.user ?? null;
  outcome.operation = operationOf(arrived, place);
  if (account && world.pauses.isEarly(account.user)) outcome.flags.push(TOO_EARLY);
  outcome.drawn = world.faults.draw({
    ...{ account: account?.user ?? null, method, path: url.pathname, operation: outcome.operation, part: null },
    calendarId: place.kind === 'calendar' ? place.slug : null,
    eventId: place.kind === 'object' ? place.name : null,
  });
  const action = outcome.drawn.action;
  if (action?.kind === 'answer') {
    if (account && action.retryAfter !== undefined) world.pauses.begin(account.user, String(action.retryAfter));
    throw faultError(action);
  }
  if (action?.kind === 'html') return htmlAnswer(action.status ?? 502);
  if (isInstead(outcome.drawn)) return { status: 0, headers: {}, body: '' };
  if (!account) throw new DavError(401, null, { headers: { 'www-authenticate': 'Basic realm="Simulated CalDAV"' } });
  const answer = perform(world, account, place, arrived, outcome.flags);
  if (action?.kind === 'answer-after-commit') throw faultError(action);
  return answer;
}

function perform(world: World, account: Account, place: Place, arrived: Arrived, flags: string[]): Answer {
  const body = arrived.body.toString('utf8');
  if (arrived.method === 'PROPFIND') {
    return xml(207, propfind(world, account, place, arrived.headers['depth'] ?? '1', body));
  }
  if (arrived.method === 'MKCALENDAR') {
    makeCalendar(world, account, place, body);
    return { status: 201, headers: {}, body: '' };
  }
  if (arrived.method === 'REPORT') {
    if (place.kind !== 'calendar' || !place.calendar) throw new DavError(404);
    return xml(207, report(world, account, place.calendar, body));
  }
  if (place.kind !== 'object') throw new DavError(place.kind === 'nowhere' ? 404 : 405);
  if (arrived.method === 'GET') return getObject(world, place);
  if (arrived.method === 'PUT') return put(world, account, place, arrived.headers, body, flags);
  if (arrived.method === 'DELETE') return deleteObject(world, place, arrived.headers);
  throw new DavError(405);
}

/** `object.create`, `object.update`, `object.get`, `object.delete`, `sync-collection`, `calendar-query`, `propfind` … */
function operationOf({ method, headers, body }: Arrived, place: Place): string {
  if (method === 'PUT') return headers['if-none-match'] === '*' ? 'object.create' : 'object.update';
  if (method === 'REPORT') return reportOf(body.toString('utf8'));
  if (place.kind === 'object' && (method === 'GET' || method === 'DELETE')) return `object.${method.toLowerCase()}`;
  return method.toLowerCase();
}

function xml(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'application/xml; charset=utf-8' }, body };
}

function htmlAnswer(status: number): Answer {
  const body = '<!DOCTYPE html><html lang=en><title>Error</title><p>The server is not available<br>right now.</html>';
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
