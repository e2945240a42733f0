import { BusinessError } from '../domain/errors.ts';

/** When a rule ends (RFC 5545 §3.3.10, COUNT and UNTIL); `open` goes on until its order is cancelled. */
export type RecurrenceEnd =
  | { kind: 'open' }
  | { kind: 'count'; count: number }
  /** The last moment that may still be an occurrence. */
  | { kind: 'until-instant'; at: Date }
  /** As above, on the clock of the place: `YYYY-MM-DDTHH:MM:SS`. */
  | { kind: 'until-wall'; wall: string };

export interface RecurrenceRule {
  /** As it is stored: upper case, without `RRULE:`. */
  text: string;
  /** The rule without COUNT and UNTIL, for the library that expands it. */
  pattern: string;
  frequency: string;
  end: RecurrenceEnd;
}

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const LONGEST_TEXT = 500;
/** Larger steps than this many days, weeks, months or years are slips of the finger. */
const LARGEST_INTERVAL = 1000;
const WEEKDAY = /^(?:MO|TU|WE|TH|FR|SA|SU)$/;
const ORDINAL_WEEKDAY = /^[+-]?[1-9]\d?(?:MO|TU|WE|TH|FR|SA|SU)$/;
const UNTIL = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/;

/** Numeric lists and the largest absolute value that each takes (RFC 5545 §3.3.10); BYMONTH alone has no negatives. */
const NUMBERS: Readonly<Record<string, { most: number; negative: boolean }>> = {
  BYMONTH: { most: 12, negative: false },
  BYMONTHDAY: { most: 31, negative: true },
  BYYEARDAY: { most: 366, negative: true },
  BYWEEKNO: { most: 53, negative: true },
  BYSETPOS: { most: 366, negative: true },
};

/** Parts that a frequency does not take (RFC 5545 §3.3.10, the table of expansions and limits). */
const NOT_WITH: Readonly<Record<string, readonly string[]>> = {
  DAILY: ['BYWEEKNO', 'BYYEARDAY'],
  WEEKLY: ['BYWEEKNO', 'BYYEARDAY', 'BYMONTHDAY'],
  MONTHLY: ['BYWEEKNO', 'BYYEARDAY'],
  YEARLY: [],
};

/** 422 `invalid_recurrence` that says what to change in the rule. */
export function invalidRecurrence(message: string): BusinessError {
  const fields = [{ field: 'recurrence.rrule', message }];
  return new BusinessError('invalid', 'invalid_recurrence', `The recurrence can't be used: ${message}`, { fields });
}

/**
 * Reads an RRULE (RFC 5545 §3.3.10), with or without `RRULE:` in front. Stricter than the RFC where an appointment book
 * has to be: nothing below a day, and the time of day comes from `starts_at` alone. UNTIL may be a date too, which takes
 * in that whole day, or a wall time; the RFC wants UTC beside a start with a zone.
 * @throws BusinessError `invalid_recurrence`
 */
export function parseRecurrence(text: string): RecurrenceRule {
  if (text.length > LONGEST_TEXT) throw invalidRecurrence(`Give at most ${LONGEST_TEXT} characters.`);
  const parts = readParts(
    text
      .trim()
      .toUpperCase()
      .replace(/^RRULE:/, ''),
  );
  const frequency = checkFrequency(parts);
  for (const [name, value] of parts) checkPart(name, value, frequency);
  checkTogether(parts, frequency);
  const pattern = [...parts].filter(([name]) => name !== 'COUNT' && name !== 'UNTIL');
  return { text: join(parts), pattern: join(pattern), frequency, end: readEnd(parts) };
}

function join(parts: Iterable<[string, string]>): string {
  return [...parts].map(([name, value]) => `${name}=${value}`).join(';');
}

function readParts(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const match = /^([A-Z]+)=([A-Z0-9,+-]+)$/.exec(part);
    const [, name, value] = match ?? [];
    if (name === undefined || value === undefined) {
      throw invalidRecurrence('Write it as NAME=VALUE parts joined by semicolons, such as FREQ=WEEKLY;COUNT=4.');
    }
    if (parts.has(name)) throw invalidRecurrence(`${name} is there twice. Keep one.`);
    parts.set(name, value);
  }
  return parts;
}

function checkFrequency(parts: ReadonlyMap<string, string>): string {
  const frequency = parts.get('FREQ');
  if (frequency === undefined) throw invalidRecurrence('Add FREQ, such as FREQ=WEEKLY.');
  if (!FREQUENCIES.includes(frequency)) throw invalidRecurrence(`FREQ is one of ${FREQUENCIES.join(', ')}.`);
  return frequency;
}

function checkPart(name: string, value: string, frequency: string): void {
  if (NOT_WITH[frequency]?.includes(name)) throw invalidRecurrence(`${name} can't be used with FREQ=${frequency}.`);
  const numbers = NUMBERS[name];
  if (numbers) return checkNumbers(name, value, numbers);
  switch (name) {
    case 'FREQ':
    case 'UNTIL':
      return;
    case 'COUNT':
      return checkWhole(name, value, Number.MAX_SAFE_INTEGER);
    case 'INTERVAL':
      return checkWhole(name, value, LARGEST_INTERVAL);
    case 'WKST':
      if (!WEEKDAY.test(value)) throw invalidRecurrence('WKST is one of MO, TU, WE, TH, FR, SA, SU.');
      return;
    case 'BYDAY':
      return checkWeekdays(value, frequency);
    case 'BYHOUR':
    case 'BYMINUTE':
    case 'BYSECOND':
      throw invalidRecurrence(`Leave ${name} out: the time of day comes from starts_at. Add an item for another time.`);
    default:
      throw invalidRecurrence(
        'It has a part that is not known here. Use FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BY… and WKST.',
      );
  }
}

function checkWhole(name: string, value: string, most: number): void {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > most) {
    throw invalidRecurrence(`${name} is a whole number from 1${most < 1e9 ? ` to ${most}` : ''}.`);
  }
}

function checkNumbers(name: string, value: string, { most, negative }: { most: number; negative: boolean }): void {
  for (const text of value.split(',')) {
    const number = /^[+-]?\d{1,3}$/.test(text) ? Number(text) : 0;
    if (number === 0 || Math.abs(number) > most || (number < 0 && !negative)) {
      throw invalidRecurrence(`${name} takes numbers from 1 to ${most}${negative ? ' or their negatives' : ''}.`);
    }
  }
}

function checkWeekdays(value: string, frequency: string): void {
  for (const text of value.split(',')) {
    if (WEEKDAY.test(text)) continue;
    if (!ORDINAL_WEEKDAY.test(text)) throw invalidRecurrence('BYDAY takes MO, TU, WE, TH, FR, SA, SU.');
    const number = Math.abs(Number(text.slice(0, -2)));
    if (frequency === 'DAILY' || frequency === 'WEEKLY') {
      throw invalidRecurrence(`Numbers in BYDAY need FREQ=MONTHLY or YEARLY, not ${frequency}.`);
    }
    if (number > (frequency === 'MONTHLY' ? 5 : 53)) throw invalidRecurrence('A number in BYDAY is too large.');
  }
}

function checkTogether(parts: ReadonlyMap<string, string>, frequency: string): void {
  if (parts.has('COUNT') && parts.has('UNTIL')) throw invalidRecurrence('Give COUNT or UNTIL, not both.');
  const byDay = parts.get('BYDAY') ?? '';
  if (frequency === 'YEARLY' && parts.has('BYWEEKNO') && /\d/.test(byDay)) {
    throw invalidRecurrence("Numbers in BYDAY can't be used with BYWEEKNO.");
  }
  const others = [...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS');
  if (parts.has('BYSETPOS') && !others) throw invalidRecurrence('BYSETPOS needs another BY… part to choose from.');
}

function readEnd(parts: ReadonlyMap<string, string>): RecurrenceEnd {
  const count = parts.get('COUNT');
  if (count !== undefined) return { kind: 'count', count: Number(count) };
  const until = parts.get('UNTIL');
  if (until === undefined) return { kind: 'open' };
  const [, year, month, day, hour = '23', minute = '59', second = '59', utc] = UNTIL.exec(until) ?? [];
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // Years that an order can reach at all; beyond them the arithmetic of wall times ends somewhere.
  if (!/^(?:19|2[0-2])/.test(wall) || !isRealTime(wall)) {
    throw invalidRecurrence('UNTIL is a day such as 20271231 or an instant in UTC such as 20271231T235959Z.');
  }
  return utc === undefined ? { kind: 'until-wall', wall } : { kind: 'until-instant', at: new Date(`${wall}Z`) };
}

function isRealTime(wall: string): boolean {
  const face = Date.parse(`${wall}Z`);
  return !Number.isNaN(face) && new Date(face).toISOString().slice(0, 19) === wall;
}
