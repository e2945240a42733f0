import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { FromWorker } from './messages.ts';
import { CHECKS_PER_LIMIT, PATIENCE_MS, type SessionEngine, SharedSession } from './shared-session.ts';
import { join, message, simpleQuery } from './wire.ts';

// The engine is played here: it takes notes, and is in a transaction between `begin` and `commit` or `rollback`.

const STARTUP = new Uint8Array([0, 0, 0, 8, 0, 3, 0, 0]);

let ran: string[];
let answers: { id: number; text: string }[];
let warnings: string[];
let ended: number[];
let flushes: number;
/** Flushes end when this does. */
let disk: Promise<void>;
let engine: SessionEngine & { moreToMaintain: boolean };
let session: SharedSession;

beforeEach(() => {
  ran = [];
  answers = [];
  warnings = [];
  ended = [];
  flushes = 0;
  disk = Promise.resolve();
  engine = playEngine();
  session = new SharedSession(engine, receive);
  for (const id of [1, 2, 3]) {
    session.connect(id);
    session.receive(id, STARTUP);
  }
  answers = [];
});

test('an open transaction runs alone, and the others after it in their order', async () => {
  send(1, 'begin');
  send(2, 'two');
  send(3, 'three');
  send(1, 'one');
  await settled();
  expect(ran).toEqual(['begin', 'one']);
  send(1, 'commit');
  await settled();
  expect(ran).toEqual(['begin', 'one', 'commit', 'two', 'three']);
});

test('each gets the answers to its own statements', async () => {
  send(1, 'one');
  send(2, 'two');
  await settled();
  expect(answers).toEqual([
    { id: 1, text: 'answer to one' },
    { id: 2, text: 'answer to two' },
  ]);
});

test('a client that leaves in the middle of a transaction is rolled back, and its other statements are dropped', async () => {
  send(1, 'begin');
  send(2, 'two');
  await settled();
  session.disconnect(1);
  await settled();
  expect(ran).toEqual(['begin', 'rollback', 'two']);
});

test('a client that leaves while its statement runs is rolled back too', async () => {
  send(1, 'begin');
  session.disconnect(1);
  send(2, 'two');
  await settled();
  expect(ran).toEqual(['begin', 'rollback', 'two']);
});

test('those in the background let the others go first, but not for ever', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  session.connect(4, true);
  session.receive(4, STARTUP);
  answers = [];
  send(1, 'begin');
  send(4, 'background');
  send(2, 'two');
  send(1, 'commit');
  await settled();
  expect(ran).toEqual(['begin', 'commit', 'two', 'background']);
  ran = [];
  send(1, 'begin');
  send(4, 'background');
  vi.advanceTimersByTime(PATIENCE_MS);
  send(2, 'two');
  send(1, 'commit');
  await settled();
  expect(ran).toEqual(['begin', 'commit', 'background', 'two']);
});

describe('a transaction that is silent while others wait', () => {
  beforeEach(async () => {
    send(1, 'begin');
    send(1, 'one');
    send(2, 'two');
    await settled();
    for (let check = 0; check <= CHECKS_PER_LIMIT; check++) session.checkOwner();
    await settled();
  });

  test('is rolled back, and the others go on', () => {
    expect(ran).toEqual(['begin', 'one', 'rollback', 'two']);
    expect(warnings).toEqual(['an idle transaction was rolled back']);
  });

  test.each(['one more', 'commit', 'begin'])(
    'learns why at its next statement (%s), which does not run',
    async (sql) => {
      answers = [];
      send(1, sql);
      await settled();
      expect(ran).not.toContain(sql === 'begin' ? 'one more' : sql);
      expect(answers).toEqual([{ id: 1, text: expect.stringContaining('Its last statement: "one". Waiting: "two".') }]);
    },
  );

  test('is itself again after its own rollback', async () => {
    send(1, 'rollback');
    send(1, 'again');
    await settled();
    expect(ran.slice(-2)).toEqual(['rollback', 'again']);
  });
});

test('a transaction that is silent while nobody waits is left alone', async () => {
  send(1, 'begin');
  await settled();
  for (let check = 0; check <= CHECKS_PER_LIMIT; check++) session.checkOwner();
  await settled();
  expect(ran).toEqual(['begin']);
});

test('a transaction that says something now and then is left alone, however many wait', async () => {
  send(1, 'begin');
  send(2, 'two');
  for (let check = 0; check <= 3 * CHECKS_PER_LIMIT; check++) {
    if (check % CHECKS_PER_LIMIT === 0) send(1, 'one');
    await settled();
    session.checkOwner();
  }
  await settled();
  expect(new Set(ran)).toEqual(new Set(['begin', 'one']));
});

describe('maintenance', () => {
  test('runs between transactions, before those who wait, and only after work', async () => {
    send(1, 'begin');
    send(2, 'two');
    const done = session.maintain();
    await settled();
    expect(ran).toEqual(['begin']);
    send(1, 'commit');
    await done;
    await settled();
    expect(ran).toEqual(['begin', 'commit', 'maintenance', 'two']);

    await session.maintain();
    await session.maintain();
    expect(ran.filter((sql) => sql === 'maintenance')).toHaveLength(2); // `two` ran after the first
  });

  test('runs again without work when it left something', async () => {
    engine.moreToMaintain = true;
    await session.maintain();
    engine.moreToMaintain = false;
    await session.maintain();
    await session.maintain();
    expect(ran).toEqual(['maintenance', 'maintenance']);
  });

  test('that fails tells its caller, and the others go on', async () => {
    const failed = session.between(async () => Promise.reject(new Error('disk full')));
    send(1, 'one');
    await expect(failed).rejects.toThrow('disk full');
    await settled();
    expect(ran).toEqual(['one']);
  });
});

describe('what is committed', () => {
  test('is answered when it is on disk, and those that came meanwhile share the next flush', async () => {
    const first = Promise.withResolvers<void>();
    disk = first.promise;
    sendBound(1, 'update one');
    await settled();
    sendBound(2, 'update two');
    sendBound(3, 'select three');
    await settled();
    expect(answers).toEqual([]);
    first.resolve();
    await settled();
    expect(answers.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(flushes).toBe(2);
  });

  test('is flushed once for all that wait together, in their order', async () => {
    for (const id of [1, 2, 3]) sendBound(id, 'update it');
    await settled();
    expect(answers.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(flushes).toBe(1);
  });

  test('is on disk before a transaction begins, and so is a transaction before its commit is answered', async () => {
    sendBound(1, 'update one');
    send(2, 'begin');
    sendBound(2, 'update two');
    await settled();
    expect(flushes).toBe(1);
    expect(answers.map(({ id }) => id)).toEqual([1, 2, 2]);
    const slow = Promise.withResolvers<void>();
    disk = slow.promise;
    send(2, 'commit');
    await settled();
    expect(answers).toHaveLength(3);
    slow.resolve();
    await settled();
    expect(answers).toHaveLength(4);
  });

  test('is on disk before maintenance begins', async () => {
    const slow = Promise.withResolvers<void>();
    disk = slow.promise;
    sendBound(1, 'update one');
    const done = session.maintain();
    await settled();
    expect(ran).not.toContain('maintenance');
    slow.resolve();
    await done;
  });

  test('reads alone never wait for the disk', async () => {
    sendBound(1, 'select one');
    send(2, 'begin');
    sendBound(2, 'select two');
    send(2, 'rollback');
    await settled();
    expect(flushes).toBe(0);
    expect(answers).toHaveLength(4);
  });

  test('what looks like a read may be more: several statements, or a sequence that moves on', async () => {
    send(1, 'select 1; update t set a = 1');
    await settled();
    sendBound(1, "select nextval('lease_tokens')");
    await settled();
    expect(flushes).toBe(2);
  });
});

test.each([
  ["set statement_timeout = '1s'"],
  ['SET TIME ZONE UTC'],
  ['listen x'],
  ['prepare p as select 1'],
  ['copy users (name) from stdin'],
])('%s, which all would share, is refused and does not run', async (sql) => {
  send(1, sql);
  await settled();
  expect(ran).toEqual([]);
  expect(answers).toEqual([{ id: 1, text: expect.stringContaining('one session for all') }]);
});

test.each([
  ["set local lock_timeout = '1s'"],
  ['set transaction read only'],
  ['copy users to stdout'],
  ['update t set a = 1'],
])('%s runs', async (sql) => {
  send(1, sql);
  await settled();
  expect(ran).toEqual([sql]);
});

test('a client that uses a named statement is told and disconnected', async () => {
  session.receive(1, Buffer.from('P\0\0\0\x14name\0select 1\0\0\0', 'latin1'));
  await settled();
  expect(answers).toEqual([{ id: 1, text: expect.stringContaining('does not support named prepared statements') }]);
  expect(ended).toEqual([1]);
});

test('a large answer is passed on in pieces', async () => {
  send(1, 'large');
  await settled();
  expect(answers.map(({ text }) => text.length)).toEqual([65_536, 34_464]);
});

function playEngine(): typeof engine {
  let isInTransaction = false;
  return {
    moreToMaintain: false,
    async run(bytes, onAnswer) {
      const sql = Buffer.from(bytes).toString('utf8', 5, bytes.length - 1);
      ran.push(sql);
      if (sql === 'begin') isInTransaction = true;
      if (/^(commit|rollback)$/.test(sql)) isInTransaction = false;
      await Promise.resolve();
      if (sql !== 'large') return onAnswer(Buffer.from(`answer to ${sql}`));
      for (let at = 0; at < 100_000; at += 32) onAnswer(Buffer.alloc(32));
    },
    async flush() {
      flushes += 1;
      await disk;
    },
    isInTransaction: () => isInTransaction,
    async maintain() {
      ran.push('maintenance');
      return this.moreToMaintain;
    },
  };
}

function receive(message: FromWorker): void {
  if (message.kind === 'data') answers.push({ id: message.id, text: Buffer.from(message.bytes).toString() });
  if (message.kind === 'warning') warnings.push(message.message);
  if (message.kind === 'end') ended.push(message.id);
}

function send(id: number, sql: string): void {
  session.receive(id, simpleQuery(sql));
}

/** As the driver sends a statement with values. */
function sendBound(id: number, sql: string): void {
  const parse = message('P', Buffer.from(`\0${sql}\0\0\0`));
  session.receive(id, join(parse, message('B', Buffer.alloc(8)), message('E', Buffer.alloc(5)), message('S', [])));
}

/** Everything here goes on in microtasks, so the next macrotask sees the end of it. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
