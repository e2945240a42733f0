import { instantOf, offsetAt, parseDate } from '../time-zone.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** An event as the week needs it. */
export interface WeekItem<Event> {
  event: Event;
  /** A whole-day event: its first day and the day after its last (`YYYY-MM-DD`); null for one with times. */
  days: { from: string; to: string } | null;
  /** Milliseconds since the epoch. */
  startMs: number;
  endMs: number;
}

/** A day of the week with what happens on it. */
export interface WeekDay<Event> {
  /** `YYYY-MM-DD` */
  date: string;
  allDay: Event[];
  blocks: Block<Event>[];
}

/** The part of an event that lies on one day. */
export interface Block<Event> {
  event: Event;
  /** Minutes of wall time since midnight. */
  fromMinute: number;
  toMinute: number;
  /** Place among the events at the same time, from 0. */
  lane: number;
  lanes: number;
}

/** The Monday of the week of a date, both `YYYY-MM-DD`. */
export function mondayOf(date: string): string {
  const ms = parseDate(date) ?? 0;
  const weekday = (new Date(ms).getUTCDay() + 6) % 7;
  return dateText(ms - weekday * DAY);
}

/** A date some days later. */
export function addDays(date: string, days: number): string {
  return dateText((parseDate(date) ?? 0) + days * DAY);
}

/** The date and minute of wall time in a zone. */
export function wallOf(instantMs: number, zone: string): { date: string; minute: number } {
  const wall = instantMs + offsetAt(zone, instantMs) * MINUTE;
  const day = Math.floor(wall / DAY) * DAY;
  return { date: dateText(day), minute: Math.floor((wall - day) / MINUTE) };
}

/** Where a calendar opens: today, or the day of its next event when there is none in the rest of the week. */
export function openingDay<Event>(items: readonly WeekItem<Event>[], nowMs: number, zone: string): string {
  const today = wallOf(nowMs, zone).date;
  const coming = items.filter(({ endMs }) => endMs > nowMs).map(({ startMs }) => Math.max(startMs, nowMs));
  if (coming.length === 0) return today;
  return wallOf(
    coming.reduce((first, startMs) => Math.min(first, startMs)),
    zone,
  ).date;
}

/** The seven days from `monday` on in a zone, events side by side where they overlap. */
export function layOutWeek<Event>(items: readonly WeekItem<Event>[], monday: string, zone: string): WeekDay<Event>[] {
  return Array.from({ length: 7 }, (_, index) => {
    const date = addDays(monday, index);
    return {
      date,
      allDay: items
        .filter(({ days }) => days !== null && days.from <= date && date < days.to)
        .map(({ event }) => event),
      blocks: besideEachOther(items.flatMap((item) => blockOn(item, date, zone) ?? [])),
    };
  });
}

function blockOn<Event>(item: WeekItem<Event>, date: string, zone: string): Block<Event> | null {
  if (item.days !== null) return null;
  const endMs = Math.max(item.endMs, item.startMs + MINUTE);
  const dayStart = instantOf(parseDate(date) ?? 0, zone);
  const dayEnd = instantOf((parseDate(date) ?? 0) + DAY, zone);
  if (endMs <= dayStart || item.startMs >= dayEnd) return null;
  const fromMinute = item.startMs <= dayStart ? 0 : wallOf(item.startMs, zone).minute;
  const toMinute = endMs >= dayEnd ? 24 * 60 : wallOf(endMs, zone).minute;
  return { event: item.event, fromMinute, toMinute: Math.max(toMinute, fromMinute + 1), lane: 0, lanes: 1 };
}

// Events that touch each other in time form a group; within it each takes the first lane that is free.
function besideEachOther<Event>(blocks: Block<Event>[]): Block<Event>[] {
  const sorted = blocks.toSorted((one, other) => one.fromMinute - other.fromMinute || other.toMinute - one.toMinute);
  let group: Block<Event>[] = [];
  let groupEnd = -1;
  for (const block of sorted) {
    if (block.fromMinute >= groupEnd) group = [];
    groupEnd = group.length === 0 ? block.toMinute : Math.max(groupEnd, block.toMinute);
    const taken = new Set(group.filter((other) => other.toMinute > block.fromMinute).map((other) => other.lane));
    while (taken.has(block.lane)) block.lane += 1;
    group.push(block);
    const lanes = Math.max(...group.map((other) => other.lane)) + 1;
    for (const other of group) other.lanes = lanes;
  }
  return sorted;
}

function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
