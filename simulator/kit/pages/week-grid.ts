import { parseDate } from '../time-zone.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { addDays } from './week-layout.ts';
import type { Block, WeekDay } from './week-layout.ts';

/** The week to be drawn. */
export interface WeekGrid<Event> {
  days: WeekDay<Event>[];
  /** `YYYY-MM-DD` */
  today: string;
  nowMinute: number;
  /** The link of an event; `position` goes into its style. */
  link(event: Event, time: string, position: string): Html;
}

const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
// Hours shown even when nothing happens in them.
const FIRST_HOUR = 7;
const LAST_HOUR = 19;
// Events beside each other overlap a little, so that more of their titles can be read.
const LANE_STRETCH = 1.7;

/** Seven days beside each other with their hours; on narrow screens a list by day. */
export function weekGrid<Event>(grid: WeekGrid<Event>): Html {
  const blocks = grid.days.flatMap((day) => day.blocks);
  const first = Math.min(FIRST_HOUR, ...blocks.map((block) => Math.floor(block.fromMinute / 60)));
  const last = Math.max(LAST_HOUR, ...blocks.map((block) => Math.ceil(block.toMinute / 60)));
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  const withAllDay = grid.days.some((day) => day.allDay.length > 0);
  return html`<div class="${withAllDay ? 'grid with-all-day' : 'grid'}" style="--hours:${hours.length}">
    <div class="axis" aria-hidden="true">
      <div class="day-head"></div>
      ${withAllDay ? html`<div class="all-day">all day</div>` : null}
      <div>${hours.map((hour) => html`<div class="hour"><span>${twoDigits(hour)}:00</span></div>`)}</div>
    </div>
    ${grid.days.map((day, index) => dayColumn(grid, day, DAY_NAMES[index] ?? '', first, withAllDay))}
  </div>`;
}

/** A small lock for events that others do not see. */
export const LOCK = html`<svg class="lock" viewBox="0 0 12 14" role="img" aria-label="Private: ">
  <path d="M3 6V4a3 3 0 0 1 6 0v2h1.5v7.5h-9V6zm1.5 0h3V4a1.5 1.5 0 0 0-3 0z" />
</svg>`;

/** `2 – 8 March 2026` */
export function weekTitle(monday: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.formatRange(parseDate(monday) ?? 0, parseDate(addDays(monday, 6)) ?? 0);
}

/** `Monday 2 March 2026` */
export function longDate(date: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(parseDate(date) ?? 0);
}

function dayColumn<Event>(
  grid: WeekGrid<Event>,
  day: WeekDay<Event>,
  name: string,
  firstHour: number,
  withAllDay: boolean,
): Html {
  const isToday = day.date === grid.today;
  const empty = day.allDay.length + day.blocks.length === 0;
  const nowAt = (grid.nowMinute - firstHour * 60) / 60;
  return html`<section class="${isToday ? 'day today' : 'day'}" aria-label="${longDate(day.date)}">
    <h2 class="day-head"><span>${name}</span> <b>${Number(day.date.slice(8))}</b></h2>
    ${
      withAllDay ? html`<div class="all-day">${day.allDay.map((event) => grid.link(event, 'All day', ''))}</div>` : null
    }
    <div class="hours">
      ${day.blocks.map((block) => grid.link(block.event, spanOf(block), positionOf(block, firstHour)))}
      ${isToday && nowAt > 0 ? html`<div class="now" style="--at:${nowAt.toFixed(3)}"></div>` : null}
      ${empty ? html`<p class="empty">Nothing</p>` : null}
    </div>
  </section>`;
}

function positionOf(block: Block<unknown>, firstHour: number): string {
  const top = (block.fromMinute - firstHour * 60) / 60;
  const height = (block.toMinute - block.fromMinute) / 60;
  const left = block.lane / block.lanes;
  const width = Math.min(1 - left, LANE_STRETCH / block.lanes);
  return `--top:${top.toFixed(3)};--height:${height.toFixed(3)};--left:${(left * 100).toFixed(2)}%;--width:${(width * 100).toFixed(2)}%;`;
}

function spanOf(block: Block<unknown>): string {
  return `${clock(block.fromMinute)} – ${clock(block.toMinute)}`;
}

function clock(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
