import { DAY, SECOND } from '../base/time.ts';

/** One zone: spells of constant offset, side by side in arrays of equal length. */
export interface ZoneTable {
  /** When each spell begins, in ms since 1970 UTC, ascending; the first is `-Infinity`. */
  starts: Float64Array;
  /** Seconds east of UTC. */
  offsets: Int32Array;
  /** As in the tz database: `CEST`, or `+0545` where no letters are in use. */
  abbreviations: readonly string[];
}

export interface Spell {
  /** Ms since 1970 UTC. */
  start: number;
  /** Seconds east of UTC. */
  offset: number;
  abbreviation: string;
}

/** What a wall time stands for, in ms since 1970 UTC (`gapMs`: how far the clocks were put forward). */
export type WallMatch =
  | { kind: 'one'; instant: number }
  | { kind: 'twice'; earlier: number; later: number }
  | { kind: 'none'; gapMs: number; shifted: number };

/** All sources know the changes up to and including this year (the bundled data end here); the last offset stays on. */
export const LAST_YEAR = 2499;

/** Builds the table from spells in ascending order; the first one reaches back for ever. */
export function zoneTable(spells: readonly Spell[]): ZoneTable {
  return {
    starts: Float64Array.from(spells, (spell, index) => (index === 0 ? -Infinity : spell.start)),
    offsets: Int32Array.from(spells, (spell) => spell.offset),
    abbreviations: spells.map((spell) => spell.abbreviation),
  };
}

/** The index of the spell that holds `instant`. */
export function spellAt(table: ZoneTable, instant: number): number {
  const { starts } = table;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? Infinity) <= instant) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function offsetMs(table: ZoneTable, spell: number): number {
  return (table.offsets[spell] ?? 0) * SECOND;
}

/** Finds the instants at which the clock face shows `face` (ms, as of `parseWall`). */
export function matchWall(table: ZoneTable, face: number): WallMatch {
  // No offset was ever further than 16 hours from UTC, so only the spells of these two days can matter.
  const first = spellAt(table, face - DAY);
  const last = spellAt(table, face + DAY);
  if (first === last) return { kind: 'one', instant: face - offsetMs(table, first) };
  const instants = instantsIn(table, face, first, last);
  const [earlier, later] = [instants.at(0), instants.at(-1)];
  if (earlier === undefined || later === undefined) return matchGap(table, face, first, last);
  return earlier === later ? { kind: 'one', instant: earlier } : { kind: 'twice', earlier, later };
}

function instantsIn(table: ZoneTable, face: number, first: number, last: number): number[] {
  const instants: number[] = [];
  for (let spell = first; spell <= last; spell += 1) {
    const instant = face - offsetMs(table, spell);
    if (spellAt(table, instant) === spell) instants.push(instant);
  }
  return instants;
}

function matchGap(table: ZoneTable, face: number, first: number, last: number): WallMatch {
  let spell = first + 1;
  // The gap lies before the first spell that begins, on its own clock, after `face`.
  while (spell < last && (table.starts[spell] ?? Infinity) + offsetMs(table, spell) <= face) spell += 1;
  const shifted = face - offsetMs(table, spell - 1);
  return { kind: 'none', gapMs: offsetMs(table, spell) - offsetMs(table, spell - 1), shifted };
}
