import { DAY } from '../base/time.ts';
import { aliasTable } from './aliases.ts';
import { bundledSource } from './bundled-source.ts';
import { icuSource } from './icu-source.ts';
import { compareVersions, OLD_AFTER_DAYS, releaseDate } from './release.ts';
import type { SourceKind, ZoneSource } from './source.ts';
import { systemSource } from './system-source.ts';
import { formatWall, parseWall, type WallTime } from './wall-time.ts';
import { matchWall, offsetMs, spellAt, type ZoneTable } from './zone-table.ts';

/** No time zone of this name is known. */
export class UnknownZone extends Error {
  readonly code = 'time.unknown_zone';
  constructor() {
    super('No time zone of this name is known');
    this.name = 'UnknownZone';
  }
}

/** What a wall time stands for in a zone. */
export type Resolved =
  | { kind: 'one'; instant: Date }
  /** Clocks went back: the wall time happens twice. */
  | { kind: 'twice'; earlier: Date; later: Date }
  /**
   * Clocks went forward: the wall time does not exist. Its neighbours are the same time moved back and forward by the
   * length of the gap (02:30 → 01:30 and 03:30); `shifted` is the instant of `after`.
   */
  | { kind: 'none'; before: WallTime; after: WallTime; shifted: Date };

/** A change of a zone's offset; offsets in seconds east of UTC. */
export interface Transition {
  at: Date;
  offsetBefore: number;
  offsetAfter: number;
  /** The zone's abbreviation after the change. */
  abbreviation: string;
}

/**
 * One version of the tz database. All methods but `has` and `canonical` throw `UnknownZone` for a name that `has` refuses.
 * Changes are known up to the year 2499 (2099 from ICU); the last offset stays on after that.
 */
export interface Zones {
  /** Such as `2026f`. What is derived from wall times is to be derived again when this changes. */
  version: string;
  source: SourceKind;
  /** By when this version was out (see `release.ts`). */
  released: Date;
  ageInDays(now: Date): number;
  /** Whether it has become likely that it misses changes which governments have made since. */
  isOld(now: Date): boolean;
  /** All copies that were found, this one among them, the newest first. */
  copies: readonly ZoneCopy[];
  /** Whether the name is known, aliases included; case counts. */
  has(zone: string): boolean;
  /** Today's name of the zone (`US/Eastern` → `America/New_York`); a name that is none comes back as it is. */
  canonical(zone: string): string;
  /** Today's names, sorted, without aliases. */
  names(): readonly string[];
  /** Seconds east of UTC. */
  offsetSecondsAt(zone: string, instant: Date): number;
  /** `CEST`, or `+0545` where no letters are in use. */
  abbreviationAt(zone: string, instant: Date): string;
  toWall(zone: string, instant: Date): WallTime;
  /** @throws InvalidWallTime */
  toInstant(zone: string, wall: WallTime): Resolved;
  /** Whether the wall time happens twice. @throws InvalidWallTime */
  happensTwice(zone: string, wall: WallTime): boolean;
  /** Whether no clock is put forward or back from a day before the one until a day after the other. */
  isSteady(zone: string, from: Date, to: Date): boolean;
  /** Changes of the offset in `from` ≤ t < `to`, ascending. */
  transitions(zone: string, from: Date, to: Date): Transition[];
}

/** One of the copies of the tz database that there are. */
export interface ZoneCopy {
  source: SourceKind;
  version: string;
}

export interface ZonesOptions {
  /** Folder of the system's compiled zones (`TZDIR`); default `/usr/share/zoneinfo`. */
  zoneinfo?: string;
  /** Uses this source instead of the newest one. */
  only?: SourceKind;
}

/**
 * Takes the newest of the bundled copy, the system's and Node's; of equals the bundled one, which is the same everywhere.
 * Reads files (a few ms), so it is called once, when the app is built. @throws Error when `only` names an absent source
 */
export function loadZones(options: ZonesOptions = {}): Zones {
  const bundled = bundledSource();
  const sources = [bundled, systemSource(options.zoneinfo ?? '/usr/share/zoneinfo'), icuSource()];
  const found = sources.filter((source) => source !== null).toSorted((a, b) => compareVersions(b.version, a.version));
  const newest = found.find((source) => (options.only ?? source.kind) === source.kind);
  if (newest === undefined) throw new Error(`No time zone data from ${options.only ?? 'any source'}`);
  const copies = found.map(({ kind, version }) => ({ source: kind, version }));
  return zonesFrom(newest, aliasTable(bundled), copies);
}

function zonesFrom(source: ZoneSource, aliases: ReadonlyMap<string, string>, copies: readonly ZoneCopy[]): Zones {
  const find = tableFinder(source, aliases);
  const canonical = (zone: string): string => aliases.get(zone) ?? zone;
  const tableOf = (zone: string): ZoneTable => {
    const table = find(zone);
    if (table === null) throw new UnknownZone();
    return table;
  };
  const released = releaseDate(source.version);
  const ageInDays = (now: Date): number => Math.max(0, Math.floor((now.getTime() - released.getTime()) / DAY));
  let names: readonly string[] | undefined;
  return {
    version: source.version,
    source: source.kind,
    released,
    ageInDays,
    isOld: (now) => ageInDays(now) > OLD_AFTER_DAYS,
    copies,
    has: (zone) => find(zone) !== null,
    canonical,
    names: () => (names ??= [...new Set(Array.from(source.names(), canonical))].toSorted()),
    offsetSecondsAt(zone, instant) {
      const table = tableOf(zone);
      return table.offsets[spellAt(table, instant.getTime())] ?? 0;
    },
    abbreviationAt(zone, instant) {
      const table = tableOf(zone);
      return table.abbreviations[spellAt(table, instant.getTime())] ?? '';
    },
    toWall(zone, instant) {
      const table = tableOf(zone);
      return formatWall(instant.getTime() + offsetMs(table, spellAt(table, instant.getTime())));
    },
    toInstant: (zone, wall) => resolve(tableOf(zone), wall),
    happensTwice: (zone, wall) => matchWall(tableOf(zone), parseWall(wall)).kind === 'twice',
    isSteady(zone, from, to) {
      const table = tableOf(zone);
      const next = table.starts[spellAt(table, from.getTime() - DAY) + 1] ?? Infinity;
      return to.getTime() + DAY < next;
    },
    transitions: (zone, from, to) => transitionsOf(tableOf(zone), from.getTime(), to.getTime()),
  };
}

/** Reads each zone once. A name that the source lacks is tried under its other name. */
function tableFinder(source: ZoneSource, aliases: ReadonlyMap<string, string>): (zone: string) => ZoneTable | null {
  const tables = new Map<string, ZoneTable>();
  return (zone) => {
    const known = tables.get(zone);
    if (known !== undefined) return known;
    const table = source.read(zone) ?? source.read(aliases.get(zone) ?? zone);
    // Unknown names are not kept: they may come from anybody, without end.
    if (table !== null) tables.set(zone, table);
    return table;
  };
}

function resolve(table: ZoneTable, wall: WallTime): Resolved {
  const face = parseWall(wall);
  const match = matchWall(table, face);
  if (match.kind === 'one') return { kind: 'one', instant: new Date(match.instant) };
  if (match.kind === 'twice') return { kind: 'twice', earlier: new Date(match.earlier), later: new Date(match.later) };
  const [before, after] = [formatWall(face - match.gapMs), formatWall(face + match.gapMs)];
  return { kind: 'none', before, after, shifted: new Date(match.shifted) };
}

function transitionsOf(table: ZoneTable, from: number, to: number): Transition[] {
  const transitions: Transition[] = [];
  for (let spell = spellAt(table, from); spell < table.starts.length; spell += 1) {
    const start = table.starts[spell] ?? Infinity;
    if (start >= to) break;
    const [offsetBefore = 0, offsetAfter = 0] = [table.offsets[spell - 1], table.offsets[spell]];
    if (start < from || spell === 0 || offsetBefore === offsetAfter) continue;
    const abbreviation = table.abbreviations[spell] ?? '';
    transitions.push({ at: new Date(start), offsetBefore, offsetAfter, abbreviation });
  }
  return transitions;
}
