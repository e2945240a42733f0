import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClientRequest,
  errorResponse,
  join,
  readyForQuery,
  RequestCutter,
  simpleQuery,
  startupAnswer,
} from './wire.ts';

const STARTUP = frame('', Buffer.concat([int32(196_608), Buffer.from('user\0postgres\0\0')]));
const SYNC = frame('S', Buffer.alloc(0));

describe('cutting a client’s stream', () => {
  test('gives the same requests however the bytes arrive', () => {
    const statement = fc.string({ maxLength: 200 }).filter((text) => !text.includes('\0'));
    const request = fc.oneof(
      statement.map((sql) => Buffer.from(simpleQuery(sql))),
      fc.tuple(statement, fc.uint8Array({ maxLength: 500 })).map(([sql, value]) => bound(sql, value)),
    );
    const chunkSizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 6 }), chunkSizes, (requests, sizes) => {
        const [first, ...rest] = cut(chunks(Buffer.concat([STARTUP, ...requests]), sizes));
        expect(first).toEqual({ kind: 'startup' });
        expect(rest.map(hexOf)).toEqual(requests.map((one) => one.toString('hex')));
      }),
      { numRuns: 50 },
    );
  });

  test('shows the statement in one line, cut', () => {
    const [, plain] = cut([STARTUP, bound('select *\n  from links\n where id = $1', Buffer.from('1'))]);
    expect(plain).toMatchObject({ sql: 'select * from links where id = $1' });
    const [, long] = cut([STARTUP, Buffer.from(simpleQuery(`select '${'x'.repeat(1000)}'`))]);
    expect(long).toMatchObject({ sql: expect.stringMatching(/^select 'x{192}$/) });
  });

  test('ends at Terminate and takes nothing after it', () => {
    const bye = frame('X', Buffer.alloc(0));
    expect(cut([STARTUP, Buffer.concat([bye, Buffer.from(simpleQuery('select 1'))])])).toEqual([
      { kind: 'startup' },
      { kind: 'terminate' },
    ]);
  });

  test.each([
    ['a named statement', frame('P', Buffer.from('name\0select 1\0\0\0'))],
    ['a named portal', frame('B', Buffer.from('portal\0\0\0\0\0\0\0\0'))],
    ['Flush', frame('H', Buffer.alloc(0))],
  ])('refuses %s', (_name, message) => {
    expect(cut([STARTUP, Buffer.concat([message, SYNC])])).toEqual([
      { kind: 'startup' },
      { kind: 'refused', reason: expect.any(String) },
    ]);
  });

  test('refuses TLS and other protocols', () => {
    expect(cut([frame('', int32(80_877_103))])).toEqual([{ kind: 'refused', reason: 'start-up code 80877103' }]);
  });
});

test('answers are framed as the protocol says', () => {
  expect(Buffer.from(startupAnswer()).toString('latin1')).toBe('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I');
  expect(Buffer.from(readyForQuery('E')).toString('latin1')).toBe('Z\0\0\0\x05E');
  expect(Buffer.from(errorResponse('ERROR', '25P03', 'ä')).toString()).toBe(
    'E\0\0\0\x1eSERROR\0VERROR\0C25P03\0Mä\0\0',
  );
  expect(join(Buffer.from('ab'), Buffer.alloc(0), Buffer.from('c'))).toEqual(new Uint8Array(Buffer.from('abc')));
});

function cut(pieces: Iterable<Uint8Array>): ClientRequest[] {
  const cutter = new RequestCutter();
  return [...pieces].flatMap((piece) => cutter.push(piece));
}

/** The stream in pieces of these sizes, over and over. */
function* chunks(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const end = at + (sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(at, end);
    at = end;
  }
}

function hexOf(request: ClientRequest): string {
  return request.kind === 'statements' ? Buffer.from(request.bytes).toString('hex') : request.kind;
}

/** Parse, Bind with one value, Describe, Execute, Sync, as the driver sends them. */
function bound(sql: string, value: Uint8Array): Buffer {
  const bind = Buffer.concat([Buffer.from('\0\0\0\0\0\x01'), int32(value.length), value, Buffer.from('\0\0')]);
  return Buffer.concat([
    frame('P', Buffer.from(`\0${sql}\0\0\0`)),
    frame('B', bind),
    frame('D', Buffer.from('P\0')),
    frame('E', Buffer.from('\0\0\0\0\0')),
    SYNC,
  ]);
}

function frame(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(4 + body.length), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
