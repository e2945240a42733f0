import type { JsonObject } from '../kit/json.ts';
import { digestOf, makeToken, readToken } from '../kit/signed-token.ts';
import { calendarOf } from './calendar-operations.ts';
import { VIEW_PARAMETERS, liesIn, readTimeWindow } from './calendar-view.ts';
import type { TimeWindow } from './calendar-view.ts';
import { eventResource, idIn } from './event-view.ts';
import { ok } from './graph-call.ts';
import type { AuthorizedCall, GraphReply } from './graph-call.ts';
import { GraphError, badRequest } from './graph-error.ts';
import { pageSize } from './paging.ts';
import type { Calendar, Mailbox, StoredEvent } from './state.ts';
import { nowOf } from './world.ts';
import type { World } from './world.ts';

/** Query parameters of a delta round, those among them that are refused with a text of their own. */
export const DELTA_PARAMETERS = [...VIEW_PARAMETERS, '$search', '$skiptoken', '$deltatoken'];

/** Where a round stands. */
interface Round extends TimeWindow {
  /** Revision up to which the caller knows the calendar; 0 for the first round, which tells of no deletions. */
  from: number;
  /** Revision at which the round began: later changes belong to the next one. */
  to: number;
  /** Revision of the last change that was told in this round. */
  cursor: number;
}

const REFUSED = ['$orderby', '$filter', '$select', '$expand', '$search', '$top', '$skip', '$count'];
const PAGE_SIZE = 10;
const DUPLICATES = 0.4;

/** `GET …/calendarView/delta`: a first round with a window, or what a next or delta link of it leads to. */
export function listChanges(world: World, call: AuthorizedCall): GraphReply {
  const refused = REFUSED.find((name) => call.query.has(name));
  if (refused !== undefined) {
    throw badRequest(
      `The following parameters are not supported with change tracking over the 'CalendarView' resource: '${REFUSED.join(', ')}'.`,
      'ErrorInvalidUrlQuery',
    );
  }
  const calendar = calendarOf(call);
  const round = readRound(world, call, calendar);
  const changed = changesOf(call.mailbox, calendar, round);
  const size = pageSize(world, call.prefer.maxPageSize ?? PAGE_SIZE);
  const told = changed.slice(0, size);
  const value = withDuplicates(
    world,
    told.map((event) => entry(world, call, event, round, calendar)),
  );
  const context = `${world.url}/v1.0/$metadata#Collection(event)`;
  if (told.length < changed.length) {
    const next = { ...round, cursor: told.at(-1)?.revision ?? round.cursor };
    return ok({ '@odata.context': context, '@odata.nextLink': link(world, call, '$skiptoken', next, calendar), value });
  }
  const done = { ...round, from: round.to, cursor: round.to };
  return ok({ '@odata.context': context, '@odata.deltaLink': link(world, call, '$deltatoken', done, calendar), value });
}

function readRound(world: World, call: AuthorizedCall, calendar: Calendar): Round {
  const { query } = call;
  const [skip, delta] = [query.get('$skiptoken'), query.get('$deltatoken')];
  if (skip === null && delta === null) {
    return { ...readTimeWindow(query), from: 0, to: latestRevision(world, call.mailbox), cursor: 0 };
  }
  if (query.size > 1) throw badRequest('A link of a delta round is to be followed as it stands.');
  const round =
    skip === null
      ? readLink(world, call, '$deltatoken', delta ?? '', calendar)
      : readLink(world, call, '$skiptoken', skip, calendar);
  return skip === null ? { ...round, to: Math.max(round.from, latestRevision(world, call.mailbox)) } : round;
}

// With a lag, what was changed a moment ago is not known yet where the round is made.
function latestRevision(world: World, mailbox: Mailbox): number {
  const { deltaLagMs } = world.settings;
  if (deltaLagMs === 0) return world.state.revision;
  const known = mailbox.changes.filter(({ at }) => at <= nowOf(world) - deltaLagMs);
  return known.at(-1)?.revision ?? 0;
}

function changesOf(mailbox: Mailbox, calendar: Calendar, round: Round): StoredEvent[] {
  const changed: StoredEvent[] = [];
  for (const { eventId, revision } of mailbox.changes) {
    if (revision <= Math.max(round.from, round.cursor) || revision > round.to) continue;
    const event = mailbox.events.get(eventId);
    if (!event || event.revision !== revision) continue;
    if (round.from === 0 ? isShown(event, round, calendar) : concerns(event, calendar)) changed.push(event);
  }
  return changed;
}

function isShown(event: StoredEvent, round: Round, calendar: Calendar): boolean {
  return !event.deleted && event.calendarId === calendar.id && liesIn(event, round);
}

function concerns(event: StoredEvent, calendar: Calendar): boolean {
  return event.calendarId === calendar.id || event.formerCalendarIds.includes(calendar.id);
}

// What lies outside of the window is called removed, too, even if nobody has deleted it.
function entry(world: World, call: AuthorizedCall, event: StoredEvent, round: Round, calendar: Calendar): JsonObject {
  if (isShown(event, round, calendar)) return eventResource(world, call.account, event, call.prefer);
  return {
    '@odata.type': '#microsoft.graph.event',
    id: idIn(call.prefer.ids, event),
    '@removed': { reason: 'deleted' },
  };
}

function withDuplicates(world: World, value: JsonObject[]): JsonObject[] {
  if (!world.settings.deltaDuplicates) return value;
  return [...value, ...value.filter(() => world.random.next() < DUPLICATES)];
}

function link(world: World, call: AuthorizedCall, name: string, round: Round, calendar: Calendar): string {
  const { from, to, cursor, startMs, endMs } = round;
  const bound = [name, digestOf(call.account.email), digestOf(calendar.id), call.mailbox.syncGeneration, nowOf(world)];
  return `${world.url}${call.path}?${name}=${makeToken([...bound, from, to, cursor, startMs, endMs])}`;
}

function readLink(world: World, call: AuthorizedCall, name: string, token: string, calendar: Calendar): Round {
  const [kind, mailbox, owner, generation, madeAt, ...rest] = readToken(token) ?? [];
  const [from, to, cursor, startMs, endMs] = rest.map(Number);
  const lifetimeMs = name === '$deltatoken' ? world.settings.deltaLinkLifetimeMs : world.settings.nextLinkLifetimeMs;
  const isGood =
    kind === name &&
    mailbox === digestOf(call.account.email) &&
    owner === digestOf(calendar.id) &&
    Number(generation) === call.mailbox.syncGeneration &&
    nowOf(world) - Number(madeAt) < lifetimeMs;
  if (!isGood || from === undefined || to === undefined || cursor === undefined) {
    throw syncStateNotFound(world, call, startMs, endMs);
  }
  return { from, to, cursor, startMs: startMs ?? 0, endMs: endMs ?? 0 };
}

/** 410: the caller has to drop its link and begin anew, at the address in `Location` if it likes. */
function syncStateNotFound(
  world: World,
  call: AuthorizedCall,
  startMs: number | undefined,
  endMs: number | undefined,
): GraphError {
  const text = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
  const window =
    startMs === undefined || endMs === undefined ? '' : `?startDateTime=${text(startMs)}Z&endDateTime=${text(endMs)}Z`;
  return new GraphError(
    410,
    'SyncStateNotFound',
    `The sync state generation is not found; generation=${call.mailbox.syncGeneration};`,
    { headers: { location: `${world.url}${call.path}${window}` } },
  );
}
