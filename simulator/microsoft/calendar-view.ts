import { parseDateTime } from '../kit/time-zone.ts';
import { calendarOf } from './calendar-operations.ts';
import { LIST_PARAMETERS, page } from './event-operations.ts';
import type { AuthorizedCall, GraphReply } from './graph-call.ts';
import { invalidRequest } from './graph-error.ts';
import type { StoredEvent } from './state.ts';
import type { World } from './world.ts';

/** Query parameters of `calendarView`. */
export const VIEW_PARAMETERS = [...LIST_PARAMETERS, 'startDateTime', 'endDateTime'];

/** A span of time in milliseconds since the epoch; the end is exclusive. */
export interface TimeWindow {
  startMs: number;
  endMs: number;
}

/** `GET /me/calendarView` and `GET /me/calendars/{id}/calendarView` */
export function listView(world: World, call: AuthorizedCall): GraphReply {
  const window = readTimeWindow(call.query);
  const calendar = calendarOf(call);
  const found = [...call.mailbox.events.values()].filter(
    (event) => !event.deleted && event.calendarId === calendar.id && liesIn(event, window),
  );
  return page(world, call, found);
}

/** `startDateTime` and `endDateTime`: offsets are honoured, without one the time is UTC. Throws GraphError 400. */
export function readTimeWindow(query: URLSearchParams): TimeWindow {
  const [startMs, endMs] = [readInstant(query, 'startDateTime'), readInstant(query, 'endDateTime')];
  if (endMs <= startMs) throw invalidRequest('The end of the time window must lie after its start.');
  return { startMs, endMs };
}

/** True when the event touches the window. */
export function liesIn(event: StoredEvent, { startMs, endMs }: TimeWindow): boolean {
  const { start, end } = event.draft;
  return start.ms < endMs && (end.ms > startMs || (end.ms === start.ms && start.ms >= startMs));
}

function readInstant(query: URLSearchParams, name: string): number {
  const text = query.get(name);
  const parsed = text === null ? null : parseDateTime(text.includes('T') ? text : `${text}T00:00:00`);
  if (!parsed) {
    throw invalidRequest(
      "This request requires a time window specified by the query string parameters 'startDateTime' and 'endDateTime'.",
    );
  }
  return parsed.wallMs - (parsed.offsetMinutes ?? 0) * 60_000;
}
