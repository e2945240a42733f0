import { describe, expect, test } from 'vitest';
import { KeptStatements, type Prepared } from './kept-statements.ts';
import { join, message, simpleQuery } from './wire.ts';

const PARSE_COMPLETE = '1'.charCodeAt(0);
const ERROR = 'E'.charCodeAt(0);

/** A statement with one value, as the driver sends it. */
function request(sql: string, value: string, describePortal = true): Uint8Array {
  const parse = message('P', Buffer.from(`\0${sql}\0\0\0`));
  const bind = message('B', Buffer.from(`\0\0\0\0\0\u0001\0\0\0${String.fromCodePoint(value.length)}${value}\0\0`));
  const describe = message('D', Buffer.from(describePortal ? 'P\0' : 'S\0'));
  return join(parse, bind, describe, message('E', Buffer.from('\0\0\0\0\0')), message('S', []));
}

/** What the engine would get: the kinds of its messages, and the names of statements in them. */
function shown(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  const kinds: string[] = [];
  for (let at = 0; at < buffer.length; at += 1 + buffer.readInt32BE(at + 1)) {
    const kind = String.fromCodePoint(buffer[at] ?? 0);
    const [first = '', second = ''] = buffer
      .toString('latin1', at + 5, at + 1 + buffer.readInt32BE(at + 1))
      .split('\0');
    kinds.push(`${kind}${kind === 'P' || kind === 'C' ? first : kind === 'B' ? second : ''}`);
  }
  return kinds.join(' ');
}

function run(kept: KeptStatements, bytes: Uint8Array, firstByte = PARSE_COMPLETE): Prepared {
  const prepared = kept.prepare(bytes);
  prepared.answered?.(firstByte);
  return prepared;
}

describe('a statement', () => {
  test('is kept when it comes again, and only bound from then on', () => {
    const kept = new KeptStatements();
    expect(shown(run(kept, request('select $1', 'a')).bytes)).toBe('P B D E S');
    expect(shown(run(kept, request('select $1', 'b')).bytes)).toBe('Pkept1 Bkept1 D E S');
    const third = run(kept, request('select $1', 'c'));
    expect(shown(third.bytes)).toBe('Bkept1 D E S');
    expect(third.prefix).toEqual(message('1', []));
    expect(Buffer.from(third.bytes).includes('c\0\0')).toBe(true);
  });

  test('that could not be read is not kept', () => {
    const kept = new KeptStatements();
    for (let time = 0; time < 3; time += 1) run(kept, request('selekt $1', 'a'), ERROR);
    expect(shown(run(kept, request('selekt $1', 'a'), ERROR).bytes)).toMatch(/^Pkept\d Bkept\d D E S$/);
    expect(shown(kept.surplus() ?? new Uint8Array())).toBe('CSkept1 CSkept2 S');
    expect(kept.surplus()).toBeNull();
  });

  test('that is asked to describe itself, or has no values, goes as it is', () => {
    const kept = new KeptStatements();
    for (const bytes of [request('select $1', 'a', false), simpleQuery('commit')]) {
      for (let time = 0; time < 3; time += 1) expect(run(kept, bytes)).toMatchObject({ bytes, prefix: null });
    }
  });
});

test('what is too much is let go of, the longest unused first', () => {
  const kept = new KeptStatements();
  const use = (number: number): Prepared => run(kept, request(`select ${number} + $1`, 'a'));
  for (let number = 1; number <= 300; number += 1) for (let time = 0; time < 2; time += 1) use(number);
  use(1);
  expect(kept.surplus()).toBeNull();
  for (let time = 0; time < 2; time += 1) use(301);
  expect(shown(kept.surplus() ?? new Uint8Array())).toBe('CSkept2 S');
  expect(shown(use(1).bytes)).toBe('Bkept1 D E S');
  expect(shown(use(2).bytes)).toBe('P B D E S');
});

test('after a change of the schema nothing is kept any more', () => {
  const kept = new KeptStatements();
  expect(kept.forget()).toBeNull();
  for (let time = 0; time < 2; time += 1) run(kept, request('select $1', 'a'));
  expect(shown(kept.forget() ?? new Uint8Array())).toBe('CSkept1 S');
  expect(shown(run(kept, request('select $1', 'a')).bytes)).toBe('P B D E S');
});
