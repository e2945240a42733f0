import { ApiError, invalidParameter } from './api-error.ts';
import { instantOfTime } from './event-times.ts';
import { eventResource, tombstoneResource } from './event-view.ts';
import { hasProperty } from './extended-properties.ts';
import type { JsonObject } from '../kit/json.ts';
import { etagOf } from './state.ts';
import type { Calendar, StoredEvent } from './state.ts';
import { makePageToken, makeSyncToken, readPageToken, readSyncToken } from './sync-token.ts';
import { isTimeZone, parseDateTime } from '../kit/time-zone.ts';
import type { World } from './world.ts';

/** The query parameters of events.list. */
export const LIST_PARAMETERS = [
  'timeMin',
  'timeMax',
  'q',
  'iCalUID',
  'privateExtendedProperty',
  'sharedExtendedProperty',
  'eventTypes',
  'showDeleted',
  'showHiddenInvitations',
  'singleEvents',
  'orderBy',
  'updatedMin',
  'maxResults',
  'maxAttendees',
  'alwaysIncludeEmail',
  'timeZone',
  'syncToken',
  'pageToken',
];

// https://developers.google.com/workspace/calendar/api/v3/reference/events/list, parameter syncToken
const NOT_WITH_SYNC_TOKEN = [
  'iCalUID',
  'orderBy',
  'privateExtendedProperty',
  'q',
  'sharedExtendedProperty',
  'timeMin',
  'timeMax',
  'updatedMin',
];
const MAX_RESULTS = 2500;
const STANDARD_RESULTS = 250;
// Google answers 410 updatedMinTooLongAgo for a bound roughly 30 days back.
const UPDATED_MIN_REACH_MS = 30 * 24 * 60 * 60 * 1000;

type Test = (event: StoredEvent) => boolean;

/** A page of the calendar. Throws ApiError 400 for parameters that do not go together and 410 for dead tokens. */
export function listEvents(world: World, calendar: Calendar, query: URLSearchParams): JsonObject {
  refuseCombinations(query);
  const since = query.get('syncToken');
  const from = since === null ? null : readSyncToken(calendar, query, since).revision;
  const pageToken = query.get('pageToken');
  const page = pageToken === null ? null : readPageToken(calendar, query, pageToken);
  const begunAt = page?.revision ?? world.state.revision;

  const { events, cursorOf } = candidates(calendar, query, from, page?.cursor ?? null);
  const tests = filters(world, calendar, query, from !== null);
  const size = pageSize(world, query);
  const items: StoredEvent[] = [];
  let next: number | null = null;
  for (const [index, event] of events.entries()) {
    if (!tests.every((test) => test(event))) continue;
    if (items.length === size) {
      next = cursorOf(event, index);
      break;
    }
    items.push(event);
  }
  return answer(world, calendar, query, items, { next, begunAt });
}

/** Events in the order of the listing, from the cursor on; the cursor is that of the first event of the next page. */
function candidates(
  calendar: Calendar,
  query: URLSearchParams,
  since: number | null,
  cursor: number | null,
): { events: StoredEvent[]; cursorOf: (event: StoredEvent, index: number) => number } {
  if (since !== null) {
    return { events: changedSince(calendar, since, cursor), cursorOf: (event) => event.revision };
  }
  const orderBy = query.get('orderBy');
  if (orderBy === null) {
    const all = [...calendar.events.values()];
    return {
      events: cursor === null ? all : all.filter((event) => event.ordinal >= cursor),
      cursorOf: (event) => event.ordinal,
    };
  }
  const from = cursor ?? 0;
  const key = orderBy === 'updated' ? (event: StoredEvent) => event.updated : startOf(calendar);
  const sorted = [...calendar.events.values()].toSorted((one, other) => key(one) - key(other)).slice(from);
  return { events: sorted, cursorOf: (_event, index) => from + index };
}

function changedSince(calendar: Calendar, since: number, cursor: number | null): StoredEvent[] {
  const first = cursor ?? since + 1;
  let low = 0;
  let high = calendar.changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((calendar.changes[middle]?.revision ?? 0) < first) low = middle + 1;
    else high = middle;
  }
  const changed: StoredEvent[] = [];
  for (const change of calendar.changes.slice(low)) {
    const event = calendar.events.get(change.eventId);
    if (event?.revision === change.revision) changed.push(event);
  }
  return changed;
}

function filters(world: World, calendar: Calendar, query: URLSearchParams, withToken: boolean): Test[] {
  const tests: Test[] = [];
  const updatedMin = instantParameter(query, 'updatedMin');
  // Deletions always come when the caller asks what has changed.
  if (query.get('showDeleted') !== 'true' && !withToken && updatedMin === null) {
    tests.push((event) => event.status !== 'cancelled');
  }
  tests.push(...windowTests(calendar, query));
  if (updatedMin !== null) {
    if (updatedMin < world.clock.now().getTime() - UPDATED_MIN_REACH_MS) throw updatedMinTooLongAgo();
    tests.push((event) => event.updated >= updatedMin);
  }
  const uid = query.get('iCalUID');
  if (uid !== null) tests.push((event) => event.iCalUID === uid);
  const words = query.get('q')?.toLowerCase();
  if (words !== undefined) tests.push((event) => holdsText(event, words));
  const types = query.getAll('eventTypes');
  if (types.length > 0 && !types.includes('default')) tests.push(() => false);
  tests.push(...propertyTests(world, query));
  return tests;
}

function windowTests(calendar: Calendar, query: URLSearchParams): Test[] {
  const tests: Test[] = [];
  const timeMin = instantParameter(query, 'timeMin');
  const timeMax = instantParameter(query, 'timeMax');
  if (timeMin !== null && timeMax !== null && timeMin >= timeMax) {
    throw new ApiError(400, 'timeRangeEmpty', 'The specified time range is empty.', { domain: 'calendar' });
  }
  // timeMin bounds the end of an event and timeMax its start, both exclusive.
  if (timeMin !== null) tests.push((event) => instantOfTime(event.end, calendar.timeZone) > timeMin);
  if (timeMax !== null) tests.push((event) => instantOfTime(event.start, calendar.timeZone) < timeMax);
  return tests;
}

function propertyTests(world: World, query: URLSearchParams): Test[] {
  const tests: Test[] = [];
  for (const kind of ['private', 'shared']) {
    const wanted = query.getAll(`${kind}ExtendedProperty`).map((filter) => propertyFilter(filter, kind));
    if (wanted.length === 0) continue;
    const holds = (event: StoredEvent, [key, value]: [string, string]): boolean =>
      hasProperty(event.fields, kind, key, value);
    tests.push(
      world.settings.repeatedPropertyFilter === 'and'
        ? (event) => wanted.every((property) => holds(event, property))
        : (event) => wanted.some((property) => holds(event, property)),
    );
  }
  return tests;
}

function propertyFilter(filter: string, kind: string): [string, string] {
  const at = filter.indexOf('=');
  if (at < 1) throw invalidParameter(`${kind}ExtendedProperty`, 'Invalid extended property filter.');
  return [filter.slice(0, at), filter.slice(at + 1)];
}

function holdsText(event: StoredEvent, words: string): boolean {
  return ['summary', 'description', 'location'].some((name) =>
    String(event.fields[name] ?? '')
      .toLowerCase()
      .includes(words),
  );
}

function refuseCombinations(query: URLSearchParams): void {
  const orderBy = query.get('orderBy');
  if (orderBy !== null && orderBy !== 'startTime' && orderBy !== 'updated') {
    throw invalidParameter('orderBy', `Invalid value '${orderBy.slice(0, 40)}'.`);
  }
  if (orderBy === 'startTime' && query.get('singleEvents') !== 'true') {
    throw invalidParameter('orderBy', 'The requested ordering is not available for the particular query.');
  }
  const timeZone = query.get('timeZone');
  if (timeZone !== null && !isTimeZone(timeZone)) throw invalidParameter('timeZone', 'Invalid time zone.');
  if (!query.has('syncToken')) return;
  const clash = NOT_WITH_SYNC_TOKEN.find((name) => query.has(name));
  if (clash !== undefined || query.get('showDeleted') === 'false') {
    throw invalidParameter(
      clash ?? 'showDeleted',
      'Sync token cannot be used with other query restrictions: a full synchronization is needed.',
    );
  }
}

function instantParameter(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const parsed = parseDateTime(text);
  if (!parsed || parsed.offsetMinutes === null) throw new ApiError(400, 'badRequest', 'Bad Request');
  return parsed.wallMs - parsed.offsetMinutes * 60_000;
}

function pageSize(world: World, query: URLSearchParams): number {
  const given = query.get('maxResults');
  const asked = given === null ? STANDARD_RESULTS : Number(given);
  if (!Number.isInteger(asked) || asked < 1 || (given !== null && asked > MAX_RESULTS)) {
    throw invalidParameter(
      'maxResults',
      `Invalid value '${String(given).slice(0, 20)}'. Values must be within the range: [1, 2500]`,
    );
  }
  return world.settings.shortPages ? Math.floor(world.random.next() * (asked + 1)) : asked;
}

function answer(
  world: World,
  calendar: Calendar,
  query: URLSearchParams,
  events: StoredEvent[],
  page: { next: number | null; begunAt: number },
): JsonObject {
  const zone = query.get('timeZone') ?? calendar.timeZone;
  const body: JsonObject = {
    kind: 'calendar#events',
    etag: etagOf(world.state.revision),
    summary: calendar.summary,
    ...(calendar.description === '' ? {} : { description: calendar.description }),
    updated: new Date(Math.max(0, ...lastUpdate(calendar))).toISOString(),
    timeZone: zone,
    accessRole: 'owner',
    defaultReminders: calendar.listEntry['defaultReminders'] ?? [],
    items: events.map((event) =>
      event.status === 'cancelled' ? tombstoneResource(event) : eventResource(world, event, calendar, zone),
    ),
  };
  if (page.next !== null) {
    body['nextPageToken'] = makePageToken(calendar, query, { cursor: page.next, revision: page.begunAt });
  } else if (allowsSyncToken(query)) {
    body['nextSyncToken'] = makeSyncToken(calendar, query, { revision: page.begunAt });
  }
  return body;
}

// A listing that was narrowed by one of the parameters forbidden later cannot be continued; the window can.
function allowsSyncToken(query: URLSearchParams): boolean {
  return !NOT_WITH_SYNC_TOKEN.some((name) => name !== 'timeMin' && name !== 'timeMax' && query.has(name));
}

function lastUpdate(calendar: Calendar): number[] {
  const last = calendar.changes.at(-1);
  const event = last && calendar.events.get(last.eventId);
  return event ? [event.updated] : [];
}

function startOf(calendar: Calendar): (event: StoredEvent) => number {
  return (event) => instantOfTime(event.start, calendar.timeZone);
}

function updatedMinTooLongAgo(): ApiError {
  return new ApiError(
    410,
    'updatedMinTooLongAgo',
    'The requested minimum modification time lies too far in the past.',
    {
      domain: 'calendar',
      location: { type: 'parameter', name: 'updatedMin' },
    },
  );
}
