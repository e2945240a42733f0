import type { Answer } from '../../kit/delivery.ts';
import { html } from '../../kit/pages/html.ts';
import type { Html } from '../../kit/pages/html.ts';
import { page } from '../../kit/pages/layout.ts';
import { LOCK, longDate, weekGrid } from '../../kit/pages/week-grid.ts';
import { weekHeader } from '../../kit/pages/week-header.ts';
import { addDays, layOutWeek, mondayOf, wallOf } from '../../kit/pages/week-layout.ts';
import { deletedEvents } from '../person.ts';
import type { StoredEvent } from '../state.ts';
import type { World } from '../world.ts';
import { categoryColour } from './category-colours.ts';
import { SHOW_AS, editPanel, newPanel } from './event-panel.ts';
import { isPrivate, readView, weekItems, weekUrl } from './week-view.ts';
import type { WeekView } from './week-view.ts';

// More would bury the week.
const SHOWN_DELETED = 10;

/** `GET /mailbox/{email}?week=&calendar=&event=&new=`: the week of a calendar. Null for an unknown account. */
export function answerWeek(world: World, email: string, query: URLSearchParams, problem?: string): Answer | null {
  const view = readView(world, email, query);
  if (!view) return null;
  const event = view.mailbox.events.get(query.get('event') ?? '');
  const panel =
    event && !event.deleted
      ? editPanel(view, event, problem)
      : query.has('new')
        ? newPanel(view, query.get('new') ?? '', problem)
        : problem
          ? html`<p class="problem" role="alert">${problem}</p>`
          : null;
  return page(
    `${view.account.name} – Simulated Outlook calendar`,
    html`${header(view)}
      <main>
        <div class="${panel ? 'week-page with-panel' : 'week-page'}">
          <section id="week" aria-label="Week of ${longDate(view.monday)}">${grid(view)}</section>
          ${panel}
        </div>
        ${deleted(view)}
      </main>`,
    { wide: true, script: '/assets/live.js', ...(problem ? { status: 400 } : {}) },
  );
}

function header(view: WeekView): Html {
  const { account, mailbox, monday, today } = view;
  const jump = (days: number): string => weekUrl({ ...view, monday: addDays(monday, days) });
  return weekHeader({
    name: account.name,
    email: account.email,
    service: 'Simulated Outlook calendar',
    monday,
    timeZone: account.timeZone,
    links: {
      previous: jump(-7),
      today: weekUrl({ ...view, monday: mondayOf(today) }),
      next: jump(7),
      create: weekUrl(view, { new: 'event' }),
    },
    calendars: [...mailbox.calendars.values()]
      .filter((calendar) => calendar.canEdit)
      .map((calendar) => ({
        name: calendar.name,
        link: weekUrl({ ...view, calendar }),
        isShown: calendar.id === view.calendar.id,
      })),
  });
}

function grid(view: WeekView): Html {
  const { today, nowMinute, monday, account } = view;
  const days = layOutWeek(weekItems(view), monday, account.timeZone);
  return weekGrid({ days, today, nowMinute, link: (event, time, position) => eventLink(view, event, time, position) });
}

function eventLink(view: WeekView, event: StoredEvent, time: string, position: string): Html {
  const { draft } = event;
  const { fill, edge } = categoryColour(draft.categories[0]);
  const free = draft.showAs === 'free';
  const title = draft.subject === '' ? '(No title)' : draft.subject;
  const places = draft.locations.map((location) => String(location['displayName'])).join('; ');
  return html`<a
    class="${free ? 'event free' : 'event'}"
    href="${weekUrl(view, { event: event.id })}"
    style="${position}--fill:${fill};--edge:${edge};--text:#1d1d1d"
    title="${time} ${title}"
  >
    <span class="event-title">${isPrivate(event) ? LOCK : null}${title}</span>
    <span class="event-time"
      >${time}${draft.showAs === 'busy' ? '' : ` · ${(SHOW_AS[draft.showAs] ?? '').toLowerCase()}`}</span
    >
    ${places === '' ? null : html`<span class="event-place">${places}</span>`}
    ${draft.categories.length === 0 ? null : html`<span class="event-place">${draft.categories.join(', ')}</span>`}
  </a>`;
}

function deleted(view: WeekView): Html | null {
  const events = deletedEvents(view.mailbox).slice(0, SHOWN_DELETED);
  if (events.length === 0) return null;
  return html`<section class="deleted" aria-labelledby="deleted">
    <h2 id="deleted">Deleted items</h2>
    <ul>
      ${events.map((event) => deletedItem(view, event))}
    </ul>
  </section>`;
}

function deletedItem(view: WeekView, event: StoredEvent): Html {
  const { date } = wallOf(event.draft.start.ms, view.account.timeZone);
  return html`<li>
    <span>${event.draft.subject || '(No title)'}, ${longDate(date)}</span>
    <form method="post" action="${weekUrl(view)}">
      <input type="hidden" name="deleted" value="${event.id}" />
      <button type="submit" name="action" value="restore" aria-label="Restore ${event.draft.subject}, ${date}">
        Restore
      </button>
    </form>
  </li>`;
}
