import { DAY, HOUR, MINUTE, SECOND } from '../base/time.ts';
import type { Spell } from './zone-table.ts';

/** The last line of a TZif file (RFC 9636 §3.3): what holds after the last change that the table lists. */
export interface PosixRule {
  standard: Clock;
  /** `null`: no summer time. */
  summer: (Clock & { begins: Onset; ends: Onset }) | null;
}

interface Clock {
  abbreviation: string;
  /** Seconds east of UTC. */
  offset: number;
}

/** Finds midnight of the day in a year; `timeMs` after it (−167…167 hours), on the clock before the change. */
interface Onset {
  day(year: number): number;
  timeMs: number;
}

const NAME = '<[+\\-\\w]{3,}>|[A-Za-z]{3,}';
const OFFSET = '[+-]?\\d{1,3}(?::\\d\\d){0,2}';
const CLOCKS = new RegExp(`^(${NAME})(${OFFSET})(?:(${NAME})(${OFFSET})?)?$`);

/** Reads `CET-1CEST,M3.5.0,M10.5.0/3`. @throws Error when the rule is not of POSIX form with RFC 9636's extensions */
export function parsePosixRule(text: string): PosixRule {
  const [clocks = '', begins, ends] = text.split(',');
  const [, name, offset, summerName, summerOffset] = CLOCKS.exec(clocks) ?? [];
  if (!name || !offset) throw unreadable(text);
  const standard = { abbreviation: bare(name), offset: -parseTime(offset) / SECOND };
  if (!summerName) return { standard, summer: null };
  if (!begins || !ends) throw unreadable(text);
  // POSIX counts west of Greenwich; summer time is an hour ahead unless an offset says otherwise.
  const ahead = summerOffset ? -parseTime(summerOffset) / SECOND : standard.offset + HOUR / SECOND;
  const summer = { abbreviation: bare(summerName), offset: ahead };
  return { standard, summer: { ...summer, begins: parseOnset(begins), ends: parseOnset(ends) } };
}

/** The spells that the rule makes in the given years, ascending; without summer time there are none to add. */
export function spellsOf(rule: PosixRule, firstYear: number, lastYear: number): Spell[] {
  const { standard, summer } = rule;
  if (!summer) return [];
  const spells: Spell[] = [];
  for (let year = firstYear; year <= lastYear; year += 1) {
    const begins = summer.begins.day(year) + summer.begins.timeMs - standard.offset * SECOND;
    const ends = summer.ends.day(year) + summer.ends.timeMs - summer.offset * SECOND;
    spells.push({ start: begins, offset: summer.offset, abbreviation: summer.abbreviation });
    spells.push({ start: ends, offset: standard.offset, abbreviation: standard.abbreviation });
  }
  return spells.toSorted((a, b) => a.start - b.start);
}

function bare(name: string): string {
  return name.replace(/^<|>$/g, '');
}

/** `-1`, `5:45`, `02:30:00` → ms. */
function parseTime(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number);
  const size = hours * HOUR + minutes * MINUTE + seconds * SECOND;
  return text.startsWith('-') ? -size : size;
}

function parseOnset(text: string): Onset {
  const [date = '', time = '2'] = text.split('/');
  return { day: parseDay(date), timeMs: parseTime(time) };
}

function parseDay(text: string): Onset['day'] {
  const weekday = /^M(\d+)\.([1-5])\.([0-6])$/.exec(text);
  if (weekday) {
    const [month = 0, week = 0, day = 0] = weekday.slice(1).map(Number);
    return (year) => nthWeekday(year, month, week, day);
  }
  const julian = /^(J?)(\d+)$/.exec(text);
  if (!julian) throw unreadable(text);
  const day = Number(julian[2]);
  // `J60` is 1 March in every year: 29 February is not counted. `59` is day 59 from zero, leap day included.
  if (julian[1]) return (year) => Date.UTC(2001, 0, day) - Date.UTC(2001, 0, 1) + januaryFirst(year, day);
  return (year) => Date.UTC(year, 0, 1 + day);
}

function januaryFirst(year: number, julianDay: number): number {
  const leapDay = julianDay > 59 && new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1 ? DAY : 0;
  return Date.UTC(year, 0, 1) + leapDay;
}

/** Midnight of the `week`th `weekday` (0 = Sunday) of a month (1–12); week 5 is the last one. */
export function nthWeekday(year: number, month: number, week: number, weekday: number): number {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const date = 1 + ((weekday - first.getUTCDay() + 7) % 7) + (week - 1) * 7;
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Date.UTC(year, month - 1, date > length ? date - 7 : date);
}

function unreadable(text: string): Error {
  return new Error(`Time zone rule not understood: ${JSON.stringify(text)}`);
}
