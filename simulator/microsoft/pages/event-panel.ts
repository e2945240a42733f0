import { html } from '../../kit/pages/html.ts';
import type { Html } from '../../kit/pages/html.ts';
import { proposedTimes, timeFields, timeValues } from '../../kit/pages/time-fields.ts';
import type { TimeValues } from '../../kit/pages/time-fields.ts';
import { addDays } from '../../kit/pages/week-layout.ts';
import { parseDate } from '../../kit/time-zone.ts';
import { asText } from '../event-body.ts';
import type { Calendar, StoredEvent } from '../state.ts';
import { weekUrl } from './week-view.ts';
import type { WeekView } from './week-view.ts';

/** What the form shows; times are wall times of the mailbox's zone. */
export interface FormValues extends TimeValues {
  subject: string;
  location: string;
  /** Plain text. */
  body: string;
  /** Separated by commas. */
  categories: string;
  sensitivity: string;
  showAs: string;
  /** Minutes before the start; empty for no reminder. */
  reminder: string;
  calendarId: string;
}

const SENSITIVITIES = { normal: 'Normal', personal: 'Personal', private: 'Private', confidential: 'Confidential' };
/** How an event shows to others, in words. */
export const SHOW_AS: Record<string, string> = {
  free: 'Free',
  tentative: 'Tentative',
  busy: 'Busy',
  oof: 'Out of office',
  workingElsewhere: 'Working elsewhere',
};

/** The side panel of an event: everything there is to see and to change. */
export function editPanel(view: WeekView, event: StoredEvent, problem?: string): Html {
  return html`<aside class="panel" aria-label="Event">
    ${head('Event', view, problem)}
    <form method="post" action="${weekUrl(view, { event: event.id })}">
      ${fields(view, formValues(view, event))}
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
    subject: '',
    location: '',
    body: '',
    categories: '',
    sensitivity: 'normal',
    showAs: 'busy',
    reminder: '15',
    calendarId: view.calendar.id,
  };
  return html`<aside class="panel" aria-label="New event">
    ${head('New event', view, problem)}
    <form method="post" action="${weekUrl(view)}">
      ${fields(view, values)}
      <div class="actions"><button type="submit" name="action" value="create" class="main">Create</button></div>
    </form>
  </aside>`;
}

/** An event as the form shows it. */
export function formValues({ account }: Pick<WeekView, 'account'>, { draft, calendarId }: StoredEvent): FormValues {
  // A whole day is the same day everywhere.
  const times = draft.isAllDay
    ? timeValues(draft.start.wallMs, draft.end.wallMs, 'Etc/UTC', true)
    : timeValues(draft.start.ms, draft.end.ms, account.timeZone, false);
  return {
    ...times,
    subject: draft.subject,
    location: draft.locations.map((location) => String(location['displayName'])).join('; '),
    body: asText(draft.body).replaceAll('\r\n', '\n'),
    categories: draft.categories.join(', '),
    sensitivity: draft.sensitivity,
    showAs: draft.showAs,
    reminder: draft.isReminderOn ? String(draft.reminderMinutesBeforeStart) : '',
    calendarId,
  };
}

function head(title: string, view: WeekView, problem: string | undefined): Html {
  return html`<div class="panel-head">
      <h2>${title}</h2>
      <a class="button" href="${weekUrl(view)}" aria-label="Close">✕</a>
    </div>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}`;
}

function fields(view: WeekView, values: FormValues): Html {
  const calendars = [...view.mailbox.calendars.values()].filter((calendar) => calendar.canEdit);
  return html`<label>Title <input name="subject" value="${values.subject}" maxlength="255" autocomplete="off" /></label>
    ${timeFields(values)}
    <label>Place <input name="location" value="${values.location}" maxlength="255" autocomplete="off" /></label>
    <label>Text <textarea name="body" rows="5">${'\n'}${values.body}</textarea></label>
    <label
      >Categories <input name="categories" value="${values.categories}" maxlength="255" autocomplete="off"
    /></label>
    <div class="pair">
      ${choice('Sensitivity', 'sensitivity', SENSITIVITIES, values.sensitivity)}
      ${choice('Show as', 'showAs', SHOW_AS, values.showAs)}
    </div>
    <label
      >Reminder, minutes before
      <input name="reminder" value="${values.reminder}" inputmode="numeric" pattern="[0-9]*" autocomplete="off"
    /></label>
    ${choice('Calendar', 'calendarId', namesOf(calendars), values.calendarId)}`;
}

function namesOf(calendars: readonly Calendar[]): Record<string, string> {
  return Object.fromEntries(calendars.map(({ id, name }) => [id, name]));
}

function choice(label: string, name: string, options: Record<string, string>, chosen: string): Html {
  return html`<label
    >${label}
    <select name="${name}">
      ${Object.entries(options).map(
        ([value, text]) => html`<option value="${value}" ${value === chosen ? html`selected` : null}>${text}</option>`,
      )}
    </select></label
  >`;
}

/** What the person cannot change: how the app marked the event, and how Exchange keeps it. */
function facts(event: StoredEvent): Html {
  const { draft } = event;
  return html`<dl class="facts">
    ${
      draft.attendees.length > 0
        ? html`<dt>Attendees</dt>
            <dd>${draft.attendees.length}, all of whom got mail</dd>`
        : null
    }
    ${
      draft.recurrence === null
        ? null
        : html`<dt>Series</dt>
            <dd>kept, but not unfolded here</dd>`
    }
    <dt>Changed</dt>
    <dd>${new Date(event.lastModified).toISOString().slice(0, 19)}Z</dd>
    <dt>Change key</dt>
    <dd><code>${event.changeKey}</code></dd>
    <dt>Immutable id</dt>
    <dd><code>${event.id}</code></dd>
    <dt>Written in</dt>
    <dd>${draft.start.timeZone}</dd>
    ${
      event.transactionId === null
        ? null
        : html`<dt>Transaction</dt>
            <dd><code>${event.transactionId}</code></dd>`
    }
    ${event.properties.map(
      ({ id, value }) =>
        html`<dt>${id.split(' Name ').at(-1) ?? id}</dt>
          <dd><code>${value}</code></dd>`,
    )}
  </dl>`;
}
