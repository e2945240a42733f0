import { ApiError } from '../api-error.ts';
import type { Answer } from '../../kit/delivery.ts';
import type { JsonObject } from '../../kit/json.ts';
import { createAsPerson, editAsPerson, removeAsPerson } from '../person.ts';
import { parseDate } from '../../kit/time-zone.ts';
import type { World } from '../world.ts';
import { formValues } from './event-panel.ts';
import type { FormValues } from './event-panel.ts';
import { seeOther } from '../../kit/pages/layout.ts';
import { readTimeValues, sameTimes } from '../../kit/pages/time-fields.ts';
import { addDays, mondayOf } from '../../kit/pages/week-layout.ts';
import { readView, weekUrl } from './week-view.ts';
import type { WeekView } from './week-view.ts';
import { answerWeek } from './week.ts';

/** `POST /calendar/{email}?…`: adds, changes or deletes an event as the person. Null for an unknown account. */
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
    if (!(error instanceof ApiError)) throw error;
    if (form.get('action') === 'create') query.set('new', form.get('startDate') ?? 'event');
    return answerWeek(world, email, query, error.message);
  }
}

function carryOut(world: World, view: WeekView, eventId: string, form: URLSearchParams): Answer {
  const { email } = view.account;
  const calendarId = view.calendar.id;
  const values = readForm(form);
  switch (form.get('action')) {
    case 'delete':
      removeAsPerson(world, email, calendarId, eventId);
      return seeOther(weekUrl(view));
    case 'create': {
      const made = createAsPerson(world, email, calendarId, { ...plainFields(values), ...times(view, values) });
      return seeOther(weekUrl(showing(view, values), { event: String(made['id']) }));
    }
    default: {
      const event = view.calendar.events.get(eventId);
      if (!event) throw new ApiError(404, 'notFound', 'This event is no longer there.');
      const before = formValues(view, event);
      const patch = { ...changedFields(before, values), ...(sameTimes(before, values) ? {} : times(view, values)) };
      if (Object.keys(patch).length > 0) editAsPerson(world, email, calendarId, eventId, patch);
      return seeOther(weekUrl(showing(view, values), { event: eventId }));
    }
  }
}

function readForm(form: URLSearchParams): FormValues {
  const text = (name: string): string => (form.get(name) ?? '').replaceAll('\r\n', '\n');
  return {
    summary: text('summary'),
    ...readTimeValues(form),
    location: text('location'),
    description: text('description'),
    private: form.get('private') === 'yes',
    free: form.get('free') === 'yes',
    colorId: text('colorId'),
  };
}

function plainFields(values: FormValues): JsonObject {
  return {
    summary: values.summary,
    location: values.location,
    description: values.description,
    visibility: values.private ? 'private' : 'default',
    transparency: values.free ? 'transparent' : 'opaque',
    colorId: values.colorId === '' ? null : values.colorId,
  };
}

// Only what the person touched, so that saving an untouched form changes nothing.
function changedFields(before: FormValues, after: FormValues): JsonObject {
  const [old, fresh] = [plainFields(before), plainFields(after)];
  return Object.fromEntries(Object.entries(fresh).filter(([name, value]) => old[name] !== value));
}

function times(view: WeekView, values: FormValues): JsonObject {
  if (parseDate(values.startDate) === null || parseDate(values.endDate) === null) {
    throw new ApiError(400, 'invalid', 'Please give a day for the start and the end.');
  }
  if (values.allDay) {
    return { start: { date: values.startDate }, end: { date: addDays(values.endDate, 1) } };
  }
  const { timeZone } = view.calendar;
  // PATCH merges into the old times, so the date of a whole day has to be cleared.
  return {
    start: { date: null, dateTime: `${values.startDate}T${values.startTime}:00`, timeZone },
    end: { date: null, dateTime: `${values.endDate}T${values.endTime}:00`, timeZone },
  };
}

function showing(view: WeekView, values: FormValues): WeekView {
  return { ...view, monday: mondayOf(values.startDate) };
}
