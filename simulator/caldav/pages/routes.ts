import type { Arrived } from '../../kit/arrived.ts';
import type { Answer } from '../../kit/delivery.ts';
import { html, type Html } from '../../kit/pages/html.ts';
import { avatar, page, seeOther } from '../../kit/pages/layout.ts';
import { LIVE_SCRIPT } from '../../kit/pages/live-script.ts';
import { asset, segmentBetween } from '../../kit/pages/routing.ts';
import { STYLESHEET } from '../../kit/pages/stylesheet.ts';
import { factsOf } from '../event-text.ts';
import { removeObject, type Account, type Calendar, type StoredObject } from '../state.ts';
import type { World } from '../world.ts';
import { THEME } from './theme.ts';

/** Answers the simulator's own pages, or null when there is none at that address. */
export function answerPage(world: World, { method, url, body }: Arrived): Answer | null {
  const user = segmentBetween(url.pathname, '/calendar/', '');
  const account = world.state.accounts.find((one) => one.user === user);
  if (method === 'POST') return account ? answerDelete(world, account, new URLSearchParams(body.toString())) : null;
  if (method !== 'GET' && method !== 'HEAD') return null;
  if (url.pathname === '/') return startPage(world);
  if (url.pathname === '/assets/simulator.css') return asset('text/css', THEME + STYLESHEET);
  if (url.pathname === '/assets/live.js') return asset('text/javascript', LIVE_SCRIPT);
  return account ? calendarPage(account) : null;
}

/** Everyone who has an account here, with what they sign in with. */
function startPage({ state, url }: World): Answer {
  return page(
    'Simulated CalDAV server',
    html`<main class="card roomy">
      <p class="badge">Simulator</p>
      <h1>Simulated CalDAV server</h1>
      <p>These people exist only on this machine. Connect them with the server address <code>${url}</code>.</p>
      <ul class="accounts people">
        ${state.accounts.map(
          ({ user, name, password, calendars }) =>
            html`<li>
              <a href="/calendar/${encodeURIComponent(user)}">
                ${avatar(name, user)}
                <span>
                  <span class="name">${name}</span>
                  <span class="email">${user} · ${calendars.flatMap(({ objects }) => objects).length} events</span>
                </span>
              </a>
              <p class="access">App password: <code>${password}</code></p>
            </li>`,
        )}
      </ul>
    </main>`,
  );
}

/** An account's calendars with what is in them, as their owner's program would list it. */
function calendarPage({ user, name, calendars }: Account): Answer {
  return page(
    `${name} – Simulated CalDAV calendar`,
    html`<main class="card roomy">
      <p class="badge">Simulator</p>
      <h1>${name}</h1>
      <div id="week">${calendars.map((calendar) => calendarList(user, calendar))}</div>
      <p class="footnote"><a href="/">All simulated accounts</a></p>
    </main>`,
    { script: '/assets/live.js' },
  );
}

function calendarList(user: string, calendar: Calendar): Html {
  const action = `/calendar/${encodeURIComponent(user)}`;
  const rows = calendar.objects
    .map((object) => ({ object, facts: factsOf(object.data) }))
    .toSorted((one, other) => one.facts.startsAt.getTime() - other.facts.startsAt.getTime());
  return html`<section aria-label="${calendar.name}">
    <h2>${calendar.name}</h2>
    ${rows.length === 0 ? html`<p class="empty">Nothing</p>` : null}
    <ul class="accounts">
      ${rows.map(({ object, facts }) => eventRow(action, calendar, object, facts))}
    </ul>
  </section>`;
}

function eventRow(action: string, { slug }: Calendar, object: StoredObject, facts: ReturnType<typeof factsOf>): Html {
  const times = TIMES.formatRange(facts.startsAt, facts.endsAt);
  return html`<li>
    <p><b>${facts.title}</b><br />${times}${facts.isFree ? ' · free' : ''}<br />${facts.place}</p>
    <form method="post" action="${action}" class="access">
      <input type="hidden" name="calendar" value="${slug}" />
      <input type="hidden" name="object" value="${object.name}" />
      <button type="submit" aria-label="Delete ${facts.title}">Delete</button>
    </form>
  </li>`;
}

const TIMES = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** `POST /calendar/{user}`: the person deletes an event. */
function answerDelete(world: World, { user, calendars }: Account, form: URLSearchParams): Answer {
  const calendar = calendars.find(({ slug }) => slug === form.get('calendar'));
  if (calendar && removeObject(calendar, form.get('object') ?? '')) world.changed();
  return seeOther(`/calendar/${encodeURIComponent(user)}`);
}
