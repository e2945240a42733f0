import { html } from './html.ts';
import type { Html } from './html.ts';
import { addDays, wallOf } from './week-layout.ts';

/** When an event is, as a form shows it: wall times of the calendar's zone. */
export interface TimeValues {
  allDay: boolean;
  /** `YYYY-MM-DD` */
  startDate: string;
  /** `HH:MM`; empty for a whole day */
  startTime: string;
  /** The last day itself for a whole day. */
  endDate: string;
  endTime: string;
}

/** The times of an event in a zone; the end of a whole day is the midnight after it. */
export function timeValues(startMs: number, endMs: number, zone: string, allDay: boolean): TimeValues {
  const [start, end] = [wallOf(startMs, zone), wallOf(endMs, zone)];
  return {
    allDay,
    startDate: start.date,
    startTime: allDay ? '' : clock(start.minute),
    endDate: allDay ? addDays(end.date, -1) : end.date,
    endTime: allDay ? '' : clock(end.minute),
  };
}

/** An hour in the morning of a day. */
export function proposedTimes(date: string): TimeValues {
  return { allDay: false, startDate: date, startTime: '09:00', endDate: date, endTime: '10:00' };
}

/** What a form says of the times. */
export function readTimeValues(form: URLSearchParams): TimeValues {
  const text = (name: string): string => form.get(name) ?? '';
  return {
    allDay: form.get('allDay') === 'yes',
    startDate: text('startDate'),
    startTime: text('startTime'),
    endDate: text('endDate'),
    endTime: text('endTime'),
  };
}

/** True when both say the same. */
export function sameTimes(one: TimeValues, other: TimeValues): boolean {
  return (
    one.startDate === other.startDate &&
    one.startTime === other.startTime &&
    one.endDate === other.endDate &&
    one.endTime === other.endTime
  );
}

/** The fields of the times in a form. */
export function timeFields(values: TimeValues): Html {
  return html`<input type="hidden" name="allDay" value="${values.allDay ? 'yes' : ''}" />
    <div class="pair">
      <label>Start <input type="date" name="startDate" value="${values.startDate}" required /></label>
      ${values.allDay ? null : html`<label>Start time <input type="time" name="startTime" value="${values.startTime}" required /></label>`}
    </div>
    <div class="pair">
      <label>End <input type="date" name="endDate" value="${values.endDate}" required /></label>
      ${values.allDay ? null : html`<label>End time <input type="time" name="endTime" value="${values.endTime}" required /></label>`}
    </div>`;
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
