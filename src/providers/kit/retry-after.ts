import { DAY, SECOND } from '../../base/time.ts';

/** Longer waits than this are taken for a mistake of the server; the engine asks again after a day at the latest. */
const LONGEST_WAIT_MS = DAY;

/** `Sun, 06 Nov 1994 08:49:37 GMT`, the only date form that senders may still make (RFC 9110 §5.6.7). */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Reads a `Retry-After` header (RFC 9110 §10.2.3).
 * @returns milliseconds from `now`, between 0 and a day; `null` when the header is absent or not understood
 */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  const value = header?.trim() ?? '';
  const wait = /^\d{1,12}(\.\d{1,6})?$/.test(value) ? Math.ceil(Number(value) * SECOND) : untilDate(value, now);
  return wait === null ? null : Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
}

function untilDate(value: string, now: Date): number | null {
  if (!HTTP_DATE.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at - now.getTime();
}
