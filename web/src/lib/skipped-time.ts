import { t } from './t.ts';
import { formatShortDay, formatTime } from './time.ts';

/** Of a refusal and of its field: clocks go forward and skip the time that was asked for. */
export const TIME_SKIPPED = 'time_does_not_exist';

/**
 * What `TIME_SKIPPED` says, in the reader's words with the times of the place; `null` without its parameters: `time` as a
 * wall time, its neighbours `before` and `after` with the offset of the place.
 */
export function skippedTimeWords(params: Readonly<Record<string, unknown>>): string | null {
  const { time, before, after } = params;
  if (typeof time !== 'string' || typeof before !== 'string' || typeof after !== 'string') return null;
  return t('common.skippedTime', {
    day: formatShortDay(faceOf(time), 'UTC'),
    time: clockWords(time, time),
    before: clockWords(before, time),
    after: clockWords(after, time),
  });
}

/** A skipped hour may begin or end a day: then the neighbour's day is named. */
function clockWords(text: string, near: string): string {
  const face = faceOf(text);
  const time = t('time.at', { time: formatTime(face, 'UTC') });
  return text.slice(0, 10) === near.slice(0, 10) ? time : `${formatShortDay(face, 'UTC')}, ${time}`;
}

/** The clock of the place as the server tells it: the browser's own zone data may be older. */
function faceOf(text: string): string {
  return `${text.slice(0, 16)}:00Z`;
}
