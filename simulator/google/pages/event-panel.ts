import { EVENT_COLOURS } from '../colours.ts';
import { instantOfTime } from '../event-times.ts';
import { isObject } from '../../kit/json.ts';
import type { StoredEvent } from '../state.ts';
import { parseDate } from '../../kit/time-zone.ts';
import { html } from '../../kit/pages/html.ts';
import type { Html } from '../../kit/pages/html.ts';
import { proposedTimes, timeFields, timeValues } from '../../kit/pages/time-fields.ts';
import type { TimeValues } from '../../kit/pages/time-fields.ts';
import { addDays } from '../../kit/pages/week-layout.ts';
import { isPrivate, weekUrl } from './week-view.ts';
import type { WeekView } from './week-view.ts';

/** What the form shows; times are wall times of the calendar's zone. */
export interface FormValues extends TimeValues {
  summary: string;
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
    ...proposedTimes(day > addDays(view.monday, 6) ? view.monday : day),
    summary: '',
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
  const [startMs, endMs] = [instantOfTime(event.start, zone), instantOfTime(event.end, zone)];
  return {
    ...timeValues(startMs, endMs, zone, event.start.kind === 'date'),
    summary: String(event.fields['summary'] ?? ''),
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
    ${timeFields(values)}
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
