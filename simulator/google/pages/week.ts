import { EVENT_COLOURS } from '../colours.ts';
import type { Answer } from '../../kit/delivery.ts';
import type { Calendar, StoredEvent } from '../state.ts';
import { parseDate } from '../../kit/time-zone.ts';
import type { World } from '../world.ts';
import { editPanel, newPanel } from './event-panel.ts';
import { html } from '../../kit/pages/html.ts';
import type { Html } from '../../kit/pages/html.ts';
import { avatar, page } from '../../kit/pages/layout.ts';
import { addDays, layOutWeek, mondayOf } from './week-layout.ts';
import type { Block, WeekDay } from './week-layout.ts';
import { isPrivate, readView, weekUrl } from './week-view.ts';
import type { WeekView } from './week-view.ts';

const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
// Hours shown even when nothing happens in them.
const FIRST_HOUR = 7;
const LAST_HOUR = 19;
const LOCK = html`<svg class="lock" viewBox="0 0 12 14" role="img" aria-label="Private: ">
  <path d="M3 6V4a3 3 0 0 1 6 0v2h1.5v7.5h-9V6zm1.5 0h3V4a1.5 1.5 0 0 0-3 0z" />
</svg>`;
// Events beside each other overlap a little, so that more of their titles can be read.
const LANE_STRETCH = 1.7;
const STANDARD_COLOUR = { background: '#a8c7fa', foreground: '#1d1d1d' };

/** `GET /calendar/{email}?week=&calendar=&event=&new=`: the week of a calendar. Null for an unknown account. */
export function answerWeek(world: World, email: string, query: URLSearchParams, problem?: string): Answer | null {
  const view = readView(world, email, query);
  if (!view) return null;
  const event = view.calendar.events.get(query.get('event') ?? '');
  const panel =
    event && event.status !== 'cancelled'
      ? editPanel(view, event, problem)
      : query.has('new')
        ? newPanel(view, query.get('new') ?? '', problem)
        : problem
          ? html`<p class="problem" role="alert">${problem}</p>`
          : null;
  return page(
    `${view.account.name} – Simulated Google calendar`,
    html`${header(world, view)}
      <main class="${panel ? 'week-page with-panel' : 'week-page'}">
        <section id="week" aria-label="Week of ${longDate(view.monday)}">${grid(view)}</section>
        ${panel}
      </main>`,
    { wide: true, script: '/assets/live.js', ...(problem ? { status: 400 } : {}) },
  );
}

function header(world: World, view: WeekView): Html {
  const { account, calendar, monday, today } = view;
  const own = [...world.state.calendars.values()].filter((other) => other.owner === account.email);
  const jump = (days: number): string => weekUrl({ ...view, monday: addDays(monday, days) });
  return html`<header class="bar">
    <div class="bar-who">
      <a class="home" href="/" aria-label="All simulated accounts">${avatar(account.name, account.email)}</a>
      <div>
        <p class="bar-name">${account.name}</p>
        <p class="bar-note">Simulated Google calendar · ${account.email}</p>
      </div>
    </div>
    <h1>${weekTitle(monday)}</h1>
    <nav aria-label="Weeks">
      <a class="button" href="${jump(-7)}" aria-label="Previous week">‹</a>
      <a class="button" href="${weekUrl({ ...view, monday: mondayOf(today) })}">Today</a>
      <a class="button" href="${jump(7)}" aria-label="Next week">›</a>
      <a class="button main" href="${weekUrl(view, { new: 'event' })}">New event</a>
    </nav>
    ${own.length > 1 ? calendarTabs(view, own) : null}
    <p class="bar-note bar-zone">Times in ${calendar.timeZone}</p>
  </header>`;
}

function calendarTabs(view: WeekView, calendars: Calendar[]): Html {
  return html`<ul class="tabs" aria-label="Calendars">
    ${calendars.map(
      (calendar) =>
        html`<li>
          <a
            href="${weekUrl({ ...view, calendar })}"
            ${calendar.id === view.calendar.id ? html`aria-current="page"` : null}
            >${calendar.primary ? 'Own calendar' : calendar.summary}</a
          >
        </li>`,
    )}
  </ul>`;
}

function grid(view: WeekView): Html {
  const days = layOutWeek(view.calendar, view.monday);
  const blocks = days.flatMap((day) => day.blocks);
  const first = Math.min(FIRST_HOUR, ...blocks.map((block) => Math.floor(block.fromMinute / 60)));
  const last = Math.max(LAST_HOUR, ...blocks.map((block) => Math.ceil(block.toMinute / 60)));
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  const withAllDay = days.some((day) => day.allDay.length > 0);
  return html`<div class="${withAllDay ? 'grid with-all-day' : 'grid'}" style="--hours:${hours.length}">
    <div class="axis" aria-hidden="true">
      <div class="day-head"></div>
      ${withAllDay ? html`<div class="all-day">all day</div>` : null}
      <div>${hours.map((hour) => html`<div class="hour"><span>${twoDigits(hour)}:00</span></div>`)}</div>
    </div>
    ${days.map((day, index) => dayColumn(view, day, DAY_NAMES[index] ?? '', first, withAllDay))}
  </div>`;
}

function dayColumn(view: WeekView, day: WeekDay, name: string, firstHour: number, withAllDay: boolean): Html {
  const isToday = day.date === view.today;
  const empty = day.allDay.length + day.blocks.length === 0;
  const nowAt = (view.nowMinute - firstHour * 60) / 60;
  return html`<section class="${isToday ? 'day today' : 'day'}" aria-label="${longDate(day.date)}">
    <h2 class="day-head"><span>${name}</span> <b>${Number(day.date.slice(8))}</b></h2>
    ${
      withAllDay
        ? html`<div class="all-day">${day.allDay.map((event) => eventLink(view, event, 'All day', ''))}</div>`
        : null
    }
    <div class="hours">
      ${day.blocks.map((block) => eventLink(view, block.event, spanOf(block), positionOf(block, firstHour)))}
      ${isToday && nowAt > 0 ? html`<div class="now" style="--at:${nowAt.toFixed(3)}"></div>` : null}
      ${empty ? html`<p class="empty">Nothing</p>` : null}
    </div>
  </section>`;
}

function eventLink(view: WeekView, event: StoredEvent, time: string, position: string): Html {
  const { background, foreground } = colourOf(event);
  const free = event.fields['transparency'] === 'transparent';
  const hidden = isPrivate(event);
  const title = String(event.fields['summary'] ?? '(No title)');
  return html`<a
    class="${free ? 'event free' : 'event'}"
    href="${weekUrl(view, { event: event.id })}"
    style="${position}--fill:${background};--text:${foreground}"
    title="${time} ${title}"
  >
    <span class="event-title">${hidden ? LOCK : null}${title}</span>
    <span class="event-time">${time}${free ? ' · free' : ''}</span>
    ${event.fields['location'] ? html`<span class="event-place">${String(event.fields['location'])}</span>` : null}
  </a>`;
}

function colourOf(event: StoredEvent): { background: string; foreground: string } {
  return EVENT_COLOURS[String(event.fields['colorId'] ?? '')] ?? STANDARD_COLOUR;
}

function positionOf(block: Block, firstHour: number): string {
  const top = (block.fromMinute - firstHour * 60) / 60;
  const height = (block.toMinute - block.fromMinute) / 60;
  const left = block.lane / block.lanes;
  const width = Math.min(1 - left, LANE_STRETCH / block.lanes);
  return `--top:${top.toFixed(3)};--height:${height.toFixed(3)};--left:${(left * 100).toFixed(2)}%;--width:${(width * 100).toFixed(2)}%;`;
}

function spanOf(block: Block): string {
  return `${clock(block.fromMinute)} – ${clock(block.toMinute)}`;
}

function clock(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

function weekTitle(monday: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.formatRange(parseDate(monday) ?? 0, parseDate(addDays(monday, 6)) ?? 0);
}

function longDate(date: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(parseDate(date) ?? 0);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
