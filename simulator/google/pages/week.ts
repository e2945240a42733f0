import type { Answer } from '../../kit/delivery.ts';
import { html } from '../../kit/pages/html.ts';
import type { Html } from '../../kit/pages/html.ts';
import { page } from '../../kit/pages/layout.ts';
import { LOCK, longDate, weekGrid } from '../../kit/pages/week-grid.ts';
import { weekHeader } from '../../kit/pages/week-header.ts';
import { addDays, layOutWeek, mondayOf } from '../../kit/pages/week-layout.ts';
import { EVENT_COLOURS } from '../colours.ts';
import type { StoredEvent } from '../state.ts';
import type { World } from '../world.ts';
import { editPanel, newPanel } from './event-panel.ts';
import { isPrivate, readView, weekItems, weekUrl } from './week-view.ts';
import type { WeekView } from './week-view.ts';

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
  const { account, monday, today } = view;
  const own = [...world.state.calendars.values()].filter((other) => other.owner === account.email);
  const jump = (days: number): string => weekUrl({ ...view, monday: addDays(monday, days) });
  return weekHeader({
    name: account.name,
    email: account.email,
    service: 'Simulated Google calendar',
    monday,
    timeZone: view.calendar.timeZone,
    links: {
      previous: jump(-7),
      today: weekUrl({ ...view, monday: mondayOf(today) }),
      next: jump(7),
      create: weekUrl(view, { new: 'event' }),
    },
    calendars: own.map((calendar) => ({
      name: calendar.primary ? 'Own calendar' : calendar.summary,
      link: weekUrl({ ...view, calendar }),
      isShown: calendar.id === view.calendar.id,
    })),
  });
}

function grid(view: WeekView): Html {
  const { today, nowMinute, monday, calendar } = view;
  const days = layOutWeek(weekItems(calendar), monday, calendar.timeZone);
  return weekGrid({ days, today, nowMinute, link: (event, time, position) => eventLink(view, event, time, position) });
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
