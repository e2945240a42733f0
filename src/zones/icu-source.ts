import { DAY, SECOND } from '../base/time.ts';
import type { ZoneSource } from './source.ts';
import { zoneTable, type Spell, type ZoneTable } from './zone-table.ts';

/** ICU shows offsets, not changes: they are searched for. Appointments lie well inside these years. */
const FIRST = Date.UTC(2000, 0, 1);
const LAST = Date.UTC(2100, 0, 1);
/** Shorter than any spell: a week of summer time was tried in Brazil in 2000, and is foreseen in Palestine in 2040. */
const STEP = 5 * DAY;

/** Node's own copy. Finding the changes of a zone takes tens of ms, once. */
export function icuSource(): ZoneSource | null {
  const version = process.versions['tz'];
  if (version === undefined) return null;
  return { kind: 'icu', version, names: () => Intl.supportedValuesOf('timeZone'), read };
}

function read(name: string): ZoneTable | null {
  const offsetAt = offsetReader(name);
  return offsetAt && zoneTable(search(offsetAt));
}

function offsetReader(name: string): ((instant: number) => number) | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    // Intl also takes `+02:00` and any case; a zone's name is one spelling with a letter in front.
    return /^[A-Z]/.test(name) ? (instant) => parseOffset(format.format(instant)) : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function search(offsetAt: (instant: number) => number): Spell[] {
  const spells = [spell(FIRST, offsetAt(FIRST))];
  for (let from = FIRST; from < LAST; from += STEP) {
    const offset = offsetAt(from + STEP);
    if (offset !== spells.at(-1)?.offset) spells.push(spell(bisect(offsetAt, from, from + STEP), offset));
  }
  return spells;
}

/** The second in which the offset of `to` begins. */
function bisect(offsetAt: (instant: number) => number, from: number, to: number): number {
  const target = offsetAt(to);
  let [before, after] = [from / SECOND, to / SECOND];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle * SECOND) === target) after = middle;
    else before = middle;
  }
  return after * SECOND;
}

/** `1/1/2026, GMT+05:45` → seconds east; plain `GMT` is zero. */
function parseOffset(text: string): number {
  const [, sign, hours, minutes, seconds = 0] = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
  return sign === '-' ? -size : size;
}

/** ICU has no abbreviations of the tz database; its own fallback form stands in. */
function spell(start: number, offset: number): Spell {
  const minutes = Math.floor(Math.abs(offset) / 60);
  const digits = `${Math.floor(minutes / 60)}`.padStart(2, '0') + (minutes % 60 ? `${minutes % 60}` : '');
  return { start, offset, abbreviation: offset === 0 ? 'UTC' : `${offset < 0 ? '-' : '+'}${digits}` };
}
