import { html } from './html.ts';
import type { Html } from './html.ts';
import { avatar } from './layout.ts';
import { weekTitle } from './week-grid.ts';

/** What the head of a week page says and where it leads. */
export interface WeekHeader {
  name: string;
  email: string;
  /** What is simulated: `Simulated Google calendar`. */
  service: string;
  monday: string;
  timeZone: string;
  links: { previous: string; today: string; next: string; create: string };
  /** The person's calendars; not shown when there is only one. */
  calendars: { name: string; link: string; isShown: boolean }[];
}

/** The head of a week page. */
export function weekHeader(header: WeekHeader): Html {
  const { links, calendars } = header;
  return html`<header class="bar">
    <div class="bar-who">
      <a class="home" href="/" aria-label="All simulated accounts">${avatar(header.name, header.email)}</a>
      <div>
        <p class="bar-name">${header.name}</p>
        <p class="bar-note">${header.service} · ${header.email}</p>
      </div>
    </div>
    <h1>${weekTitle(header.monday)}</h1>
    <nav aria-label="Weeks">
      <a class="button" href="${links.previous}" aria-label="Previous week">‹</a>
      <a class="button" href="${links.today}">Today</a>
      <a class="button" href="${links.next}" aria-label="Next week">›</a>
      <a class="button main" href="${links.create}">New event</a>
    </nav>
    ${
      calendars.length > 1
        ? html`<ul class="tabs" aria-label="Calendars">
            ${calendars.map(
              ({ name, link, isShown }) =>
                html`<li><a href="${link}" ${isShown ? html`aria-current="page"` : null}>${name}</a></li>`,
            )}
          </ul>`
        : null
    }
    <p class="bar-note bar-zone">Times in ${header.timeZone}</p>
  </header>`;
}
