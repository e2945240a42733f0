import { SECOND } from '../base/time.ts';
import { parsePosixRule, spellsOf } from './posix-rule.ts';
import { LAST_YEAR, zoneTable, type Spell, type ZoneTable } from './zone-table.ts';

/** RFC 9636 §3.1: magic, version, 15 unused octets, six counts. */
const HEADER_LENGTH = 44;

interface Block {
  /** Octets of a transition time: 4 in version 1, 8 since. */
  timeSize: 4 | 8;
  start: number;
  end: number;
  times: number;
  types: number;
  characters: number;
}

/** Whether the file begins as a compiled time zone does. */
export function isTzif(file: Buffer): boolean {
  return file.length >= HEADER_LENGTH && file.toString('latin1', 0, 4) === 'TZif';
}

/**
 * Reads a compiled time zone (TZif, RFC 9636, all versions) and continues its table by the rule in its last line up to
 * `LAST_YEAR`. Leap seconds are ignored, as everywhere in this product.
 * @throws Error when the file is none, is cut short, or has a rule that is not understood
 */
export function readTzif(file: Buffer): ZoneTable {
  if (!isTzif(file)) throw new Error('Not a TZif file');
  const old = blockAt(file, 0, 4);
  // Version 1 has a zero octet here and ends after its only block.
  if (file[4] === 0) return zoneTable(readBlock(file, old));
  const block = blockAt(file, old.end, 8);
  const spells = readBlock(file, block);
  const footer = file.toString('latin1', block.end).split('\n')[1];
  return zoneTable(footer ? continued(spells, footer) : spells);
}

function blockAt(file: Buffer, at: number, timeSize: 4 | 8): Block {
  const count = (index: number): number => file.readUInt32BE(at + 20 + index * 4);
  const [utIndicators, standardIndicators, leapSeconds] = [count(0), count(1), count(2)];
  const [times, types, characters] = [count(3), count(4), count(5)];
  const start = at + HEADER_LENGTH;
  const size = times * (timeSize + 1) + types * 6 + characters + leapSeconds * (timeSize + 4);
  return { timeSize, start, end: start + size + standardIndicators + utIndicators, times, types, characters };
}

function readBlock(file: Buffer, block: Block): Spell[] {
  const indexes = block.start + block.times * block.timeSize;
  // RFC 9636 §3.2: type 0 holds before the first change.
  const spells = [readType(file, block, 0, -Infinity)];
  for (let change = 0; change < block.times; change += 1) {
    const at = block.start + change * block.timeSize;
    const seconds = block.timeSize === 4 ? file.readInt32BE(at) : Number(file.readBigInt64BE(at));
    spells.push(readType(file, block, file.readUInt8(indexes + change), seconds * SECOND));
  }
  return spells;
}

function readType(file: Buffer, block: Block, type: number, start: number): Spell {
  const types = block.start + block.times * (block.timeSize + 1);
  const at = types + type * 6;
  const name = types + block.types * 6 + file.readUInt8(at + 5);
  const abbreviation = file.toString('latin1', name, file.indexOf(0, name));
  return { start, offset: file.readInt32BE(at), abbreviation };
}

function continued(spells: Spell[], footer: string): Spell[] {
  const rule = parsePosixRule(footer);
  const last = spells.at(-1)?.start ?? -Infinity;
  // Without any change in the table the rule has held for ever; 1970 is far enough back for appointments.
  const firstYear = Number.isFinite(last) ? new Date(last).getUTCFullYear() : 1970;
  return [...spells, ...spellsOf(rule, firstYear, LAST_YEAR).filter((spell) => spell.start > last)];
}
