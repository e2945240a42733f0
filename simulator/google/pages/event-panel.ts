import { EVENT_COLOURS } from '../colours.ts';
import { instantOfTime } from '../event-times.ts';
import { isObject } from '../../kit/json.ts';
import type { StoredEvent } from '../state.ts';
import { parseDate } from '../../kit/time-zone.ts';
import { html } from '../../kit/pages/html.ts';
import type { Html } from '../../kit/pages/html.ts';
import { addDays, wallOf } from './week-layout.ts';
import { isPrivate, weekUrl } from './week-view.ts';
import type { WeekView } from './week-view.ts';

/** What the form shows; times are wall times of the calendar's zone. */
export interface FormValues {
  summary: string;
  allDay: boolean;
  /** `YYYY-MM-DD` */
  startDate: string;
  /** `HH:MM`; empty for a whole day */
  startTime: string;
  /** The last day itself for a whole day. */
  endDate: string;
  endTime: string;
  location: string;
  description: string;
  private: boolean;
  free: boolean;
  /** `1`–`11`; empty for the calendar's colour. */
  colorId: string;
}

/** The side panel of an event: everything there is to see and to change. */
export function editPanel(view: WeekView, event: StoredEvent, problem?: string): Html {
  const action = weekUrl(view, { event: event.id });
  return html`<aside class="panel" aria-label="Event">
    <div class="panel-head">
      <h2>Event</h2>
      <a class="button" href="${weekUrl(view)}" aria-label="Close">✕</a>
    </div>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}
    <form method="post" action="${action}">
      ${fields(formValues(view, event))}
      <div class="actions">
        <button type="submit" name="action" value="delete" class="danger">Delete</button>
        <button type="submit" name="action" value="save" class="main">Save</button>
      </div>
    </form>
    ${facts(event)}
  </aside>`;
}

/** The side panel for a new event of the person; `date` proposes the day. */
export function newPanel(view: WeekView, date: string, problem?: string): Html {
  const day = parseDate(date) === null ? (view.today >= view.monday ? view.today : view.monday) : date;
  const values: FormValues = {
    summary: '',
    allDay: false,
    startDate: day > addDays(view.monday, 6) ? view.monday : day,
    startTime: '09:00',
    endDate: day > addDays(view.monday, 6) ? view.monday : day,
    endTime: '10:00',
    location: '',
    description: '',
    private: false,
    free: false,
    colorId: '',
  };
  return html`<aside class="panel" aria-label="New event">
    <div class="panel-head">
      <h2>New event</h2>
      <a class="button" href="${weekUrl(view)}" aria-label="Close">✕</a>
    </div>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}
    <form method="post" action="${weekUrl(view)}">
      ${fields(values)}
      <div class="actions"><button type="submit" name="action" value="create" class="main">Create</button></div>
    </form>
  </aside>`;
}

/** An event as the form shows it. */
export function formValues(view: Pick<WeekView, 'calendar'>, event: StoredEvent): FormValues {
  const zone = view.calendar.timeZone;
  const allDay = event.start.kind === 'date';
  const start = wallOf(instantOfTime(event.start, zone), zone);
  const end = wallOf(instantOfTime(event.end, zone), zone);
  return {
    summary: String(event.fields['summary'] ?? ''),
    allDay,
    startDate: start.date,
    startTime: allDay ? '' : clock(start.minute),
    endDate: allDay ? addDays(end.date, -1) : end.date,
    endTime: allDay ? '' : clock(end.minute),
    location: String(event.fields['location'] ?? ''),
    description: String(event.fields['description'] ?? ''),
    private: isPrivate(event),
    free: event.fields['transparency'] === 'transparent',
    colorId: String(event.fields['colorId'] ?? ''),
  };
}

function fields(values: FormValues): Html {
  return html`<label
      >Title <input name="summary" value="${values.summary}" maxlength="1024" autocomplete="off"
    /></label>
    <input type="hidden" name="allDay" value="${values.allDay ? 'yes' : ''}" />
    <div class="pair">
      <label>Start <input type="date" name="startDate" value="${values.startDate}" required /></label>
      ${values.allDay ? null : html`<label>Start time <input type="time" name="startTime" value="${values.startTime}" required /></label>`}
    </div>
    <div class="pair">
      <label>End <input type="date" name="endDate" value="${values.endDate}" required /></label>
      ${values.allDay ? null : html`<label>End time <input type="time" name="endTime" value="${values.endTime}" required /></label>`}
    </div>
    <label>Place <input name="location" value="${values.location}" maxlength="1024" autocomplete="off" /></label>
    <label
      >Description <textarea name="description" rows="6" maxlength="8000">${'\n'}${values.description}</textarea>
    </label>
    <label class="check"><input type="checkbox" name="private" value="yes" ${checked(values.private)} /> Private</label>
    <label class="check"><input type="checkbox" name="free" value="yes" ${checked(values.free)} /> Shown as free</label>
    <fieldset class="colours">
      <legend>Colour</legend>
      ${swatch('', 'Calendar colour', '#a8c7fa', values.colorId)}
      ${Object.entries(EVENT_COLOURS).map(([id, { name, background }]) => swatch(id, name, background, values.colorId))}
    </fieldset>`;
}

function swatch(id: string, name: string, background: string, chosen: string): Html {
  return html`<label class="swatch" title="${name}">
    <input type="radio" name="colorId" value="${id}" aria-label="${name}" ${checked(id === chosen)} />
    <span style="--fill:${background}"></span>
  </label>`;
}

/** What the person cannot change: how the app marked the event. */
function facts(event: StoredEvent): Html {
  const properties = event.fields['extendedProperties'];
  const own = isObject(properties) && isObject(properties['private']) ? Object.entries(properties['private']) : [];
  const source = event.fields['source'];
  const reminders = event.fields['reminders'];
  return html`<dl class="facts">
    ${
      isObject(source)
        ? html`<dt>From</dt>
            <dd>
              <a href="${String(source['url'])}" rel="noreferrer">${String(source['title'] ?? source['url'])}</a>
            </dd>`
        : null
    }
    ${
      isObject(reminders)
        ? html`<dt>Reminders</dt>
            <dd>${reminderText(reminders['overrides'])}</dd>`
        : null
    }
    <dt>Id</dt>
    <dd><code>${event.id}</code></dd>
    <dt>Visibility</dt>
    <dd>${String(event.fields['visibility'] ?? 'default')}</dd>
    <dt>Changed</dt>
    <dd>${new Date(event.updated).toISOString().slice(0, 19)}Z · sequence ${event.sequence}</dd>
    ${own.map(
      ([key, value]) =>
        html`<dt>${key}</dt>
          <dd><code>${String(value)}</code></dd>`,
    )}
  </dl>`;
}

function reminderText(overrides: unknown): string {
  if (!Array.isArray(overrides) || overrides.length === 0) return 'none';
  return overrides
    .map((one) => (isObject(one) ? `${String(one['method'])} ${String(one['minutes'])} min before` : ''))
    .join(', ');
}

function checked(on: boolean): Html | null {
  return on ? html`checked` : null;
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
