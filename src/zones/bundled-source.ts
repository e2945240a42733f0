import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { SECOND } from '../base/time.ts';
import type { ZoneSource } from './source.ts';
import { zoneTable, type ZoneTable } from './zone-table.ts';

const Packed = z.object({ version: z.string(), zones: z.array(z.string()), links: z.array(z.string()) });
const Places = z.object({ zones: z.record(z.string(), z.unknown()) });

export interface BundledSource extends ZoneSource {
  /** Alias → the name under which the data keep it (equal zones share one, which need not be the canonical name). */
  links: ReadonlyMap<string, string>;
  /** The names that the tz database gives to places today (`zone.tab`). */
  places: ReadonlySet<string>;
}

/**
 * The copy that npm brings: the data files of `moment-timezone`, read without its library. They list every change up to
 * the year 2499, so nothing has to be extrapolated.
 */
export function bundledSource(): BundledSource {
  const packed = Packed.parse(readData('packed/latest.json'));
  const places = Places.parse(readData('meta/latest.json'));
  const zones = new Map(packed.zones.map((zone) => [zone.slice(0, zone.indexOf('|')), zone]));
  const links = new Map(packed.links.map((link) => splitLink(link)));
  return {
    kind: 'bundled',
    version: packed.version,
    links,
    places: new Set(Object.keys(places.zones)),
    names: () => [...zones.keys(), ...links.keys()],
    read(name) {
      const zone = zones.get(links.get(name) ?? name);
      return zone === undefined ? null : unpack(zone);
    },
  };
}

function readData(file: string): unknown {
  const require = createRequire(import.meta.url);
  return JSON.parse(readFileSync(require.resolve(`moment-timezone/data/${file}`), 'utf8'));
}

/** `Asia/Kolkata|Asia/Calcutta` → alias first. */
function splitLink(link: string): [string, string] {
  const [kept = '', alias = ''] = link.split('|');
  return [alias, kept];
}

/**
 * Reads `name|abbreviations|offsets|indices|changes`: offsets in minutes west of UTC, one index per spell, and between
 * them the minutes from one change to the next (the first one from 1970); all in base 60
 * (https://momentjs.com/timezone/docs/#/data-formats/packed-format/).
 */
export function unpack(zone: string): ZoneTable {
  const [, abbreviations = '', offsets = '', indices = '', changes = ''] = zone.split('|');
  const names = abbreviations.split(' ');
  const seconds = offsets.split(' ').map((offset) => -secondsOf(offset));
  const gaps = changes.split(' ').map(secondsOf);
  let start = 0;
  const spells = Array.from(indices, (digit, index) => {
    if (index > 0) start += (gaps[index - 1] ?? 0) * SECOND;
    const type = valueOf(digit);
    return { start, offset: seconds[type] ?? 0, abbreviation: names[type] ?? '' };
  });
  return zoneTable(spells);
}

/** Minutes in base 60, with one base-60 digit of seconds after a point. */
function secondsOf(text: string): number {
  const [minutes = '', fraction = '0'] = text.replace('-', '').split('.');
  const size = Array.from(minutes).reduce((sum, digit) => sum * 60 + valueOf(digit), 0) * 60 + valueOf(fraction);
  return text.startsWith('-') ? -size : size;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX';

function valueOf(digit: string): number {
  return DIGITS.indexOf(digit);
}
