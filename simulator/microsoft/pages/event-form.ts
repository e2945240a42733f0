import type { Answer } from '../../kit/delivery.ts';
import type { JsonObject } from '../../kit/json.ts';
import { seeOther } from '../../kit/pages/layout.ts';
import { readTimeValues, sameTimes } from '../../kit/pages/time-fields.ts';
import { addDays, mondayOf } from '../../kit/pages/week-layout.ts';
import { instantOf, parseDate, parseDateTime } from '../../kit/time-zone.ts';
import { GraphError, invalidRequest } from '../graph-error.ts';
import { createAsPerson, editAsPerson, moveAsPerson, removeAsPerson, restoreAsPerson } from '../person.ts';
import type { World } from '../world.ts';
import { windowsName } from '../zone-names.ts';
import { formValues } from './event-panel.ts';
import type { FormValues } from './event-panel.ts';
import { readView, weekUrl } from './week-view.ts';
import type { WeekView } from './week-view.ts';
import { answerWeek } from './week.ts';

/** `POST /mailbox/{email}?…`: adds, changes, moves, deletes or restores an event as the person. Null for an unknown account. */
export function answerEventForm(
  world: World,
  email: string,
  query: URLSearchParams,
  form: URLSearchParams,
): Answer | null {
  const view = readView(world, email, query);
  if (!view) return null;
  try {
    return carryOut(world, view, query.get('event') ?? '', form);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    if (form.get('action') === 'create') query.set('new', form.get('startDate') ?? 'event');
    return answerWeek(world, email, query, error.message);
  }
}

function carryOut(world: World, view: WeekView, eventId: string, form: URLSearchParams): Answer {
  const { email } = view.account;
  const values = readForm(form);
  switch (form.get('action')) {
    case 'delete':
      removeAsPerson(world, email, eventId);
      return seeOther(weekUrl(view));
    case 'restore':
      restoreAsPerson(world, email, form.get('deleted') ?? '');
      return seeOther(weekUrl(view));
    case 'create': {
      const event = { ...plainFields(values), ...times(view, values) };
      const made = createAsPerson(world, email, values.calendarId, event);
      return seeOther(weekUrl(showing(view, values), { event: String(made['id']) }));
    }
    default:
      return save(world, view, eventId, values);
  }
}

// Only what the person touched, so that saving an untouched form changes nothing.
function save(world: World, view: WeekView, eventId: string, values: FormValues): Answer {
  const { email } = view.account;
  const event = view.mailbox.events.get(eventId);
  if (!event || event.deleted) throw invalidRequest('This event is no longer there.');
  const before = formValues(view, event);
  const patch = { ...changedFields(before, values), ...(sameTimes(before, values) ? {} : times(view, values)) };
  if (Object.keys(patch).length > 0) editAsPerson(world, email, eventId, patch);
  if (values.calendarId !== before.calendarId) moveAsPerson(world, email, eventId, values.calendarId);
  return seeOther(weekUrl(showing(view, values), { event: eventId }));
}

function readForm(form: URLSearchParams): FormValues {
  const text = (name: string): string => (form.get(name) ?? '').replaceAll('\r\n', '\n');
  return {
    ...readTimeValues(form),
    subject: text('subject'),
    location: text('location'),
    body: text('body'),
    categories: text('categories'),
    sensitivity: text('sensitivity'),
    showAs: text('showAs'),
    reminder: text('reminder').trim(),
    calendarId: text('calendarId'),
  };
}

// By the field of the form that each belongs to.
function parts(values: FormValues): Record<string, JsonObject> {
  return {
    subject: { subject: values.subject },
    location: { location: { displayName: values.location } },
    body: { body: { contentType: 'text', content: values.body } },
    categories: { categories: listOf(values.categories) },
    sensitivity: { sensitivity: values.sensitivity },
    showAs: { showAs: values.showAs },
    reminder:
      values.reminder === ''
        ? { isReminderOn: false }
        : { isReminderOn: true, reminderMinutesBeforeStart: Number(values.reminder) },
  };
}

function plainFields(values: FormValues): JsonObject {
  return Object.assign({}, ...Object.values(parts(values))) as JsonObject;
}

function changedFields(before: FormValues, after: FormValues): JsonObject {
  const [old, fresh] = [before as unknown as Record<string, unknown>, after as unknown as Record<string, unknown>];
  const touched = Object.entries(parts(after)).filter(([field]) => old[field] !== fresh[field]);
  return Object.assign({}, ...touched.map(([, part]) => part)) as JsonObject;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function times(view: WeekView, values: FormValues): JsonObject {
  if (parseDate(values.startDate) === null || parseDate(values.endDate) === null) {
    throw invalidRequest('Please give a day for the start and the end.');
  }
  if (values.allDay) {
    const midnight = (date: string): JsonObject => ({ dateTime: `${date}T00:00:00`, timeZone: 'UTC' });
    return { start: midnight(values.startDate), end: midnight(addDays(values.endDate, 1)) };
  }
  return {
    start: timeOf(view, `${values.startDate}T${values.startTime}:00`),
    end: timeOf(view, `${values.endDate}T${values.endTime}:00`),
  };
}

function timeOf({ account }: WeekView, text: string): JsonObject {
  const name = windowsName(account.timeZone);
  if (name !== 'UTC') return { dateTime: text, timeZone: name };
  const wallMs = parseDateTime(text)?.wallMs;
  if (wallMs === undefined) throw invalidRequest('Please give a time for the start and the end.');
  return { dateTime: new Date(instantOf(wallMs, account.timeZone)).toISOString().slice(0, 19), timeZone: 'UTC' };
}

function showing(view: WeekView, values: FormValues): WeekView {
  const calendar = view.mailbox.calendars.get(values.calendarId) ?? view.calendar;
  return { ...view, calendar, monday: mondayOf(values.startDate) };
}
