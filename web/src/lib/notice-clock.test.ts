import { beforeEach, describe, expect, test } from 'vitest';
import { createNoticeClock, type NoticeClock } from './notice-clock.ts';

let clock: NoticeClock;
let closed: string[];
let pass: (seconds: number) => void;

beforeEach(() => {
  closed = [];
  let nowMs = 0;
  const waiting = new Set<{ at: number; run: () => void }>();
  clock = createNoticeClock(
    (id) => {
      closed.push(id);
      clock.gone(id);
    },
    (ms, run) => {
      const timer = { at: nowMs + ms, run };
      waiting.add(timer);
      return () => void waiting.delete(timer);
    },
  );
  pass = (seconds) => {
    nowMs += seconds * 1000;
    const due = [...waiting].filter(({ at }) => at <= nowMs).toSorted((a, b) => a.at - b.at);
    for (const timer of due) if (waiting.delete(timer)) timer.run();
  };
});

describe('by themselves', () => {
  test.each([
    ['done', 7],
    ['warning', 20],
  ] as const)('notes of the kind "%s" go after %i seconds', (kind, seconds) => {
    clock.shows('note', kind);
    pass(seconds - 1);
    expect(closed).toEqual([]);
    pass(1);
    expect(closed).toEqual(['note']);
  });

  test('failures never go', () => {
    clock.shows('failure', 'failure');
    clock.hold('failure', 'pointer');
    clock.release('failure', 'pointer');
    pass(24 * 60 * 60);
    expect(closed).toEqual([]);
  });

  test('warnings that show together stay so much longer, and what comes gives all their whole time', () => {
    clock.shows('one', 'warning');
    pass(19);
    clock.shows('two', 'warning');
    clock.shows('three', 'warning');
    pass(59);
    expect(closed).toEqual([]);
    pass(1);
    expect(closed).toEqual(['one', 'two', 'three']);
  });

  test('what worked does not make a warning stay longer, nor the other way round', () => {
    clock.shows('done', 'done');
    clock.shows('warning', 'warning');
    pass(7);
    expect(closed).toEqual(['done']);
    pass(13);
    expect(closed).toEqual(['done', 'warning']);
  });
});

describe('while somebody reads', () => {
  test.each(['pointer', 'focus'] as const)('none goes: the %s is on one of them', (by) => {
    clock.shows('done', 'done');
    clock.shows('warning', 'warning');
    pass(6);
    clock.hold('warning', by);
    pass(3600);
    expect(closed).toEqual([]);
    clock.release('warning', by);
    pass(6);
    expect(closed).toEqual([]);
    pass(1);
    expect(closed).toEqual(['done']);
  });

  test('the pointer may leave while the focus stays', () => {
    clock.shows('note', 'warning');
    clock.hold('note', 'focus');
    clock.hold('note', 'pointer');
    clock.release('note', 'pointer');
    pass(3600);
    expect(closed).toEqual([]);
    clock.release('note', 'focus');
    pass(20);
    expect(closed).toEqual(['note']);
  });

  test('what comes meanwhile waits, too', () => {
    clock.shows('one', 'done');
    clock.hold('one', 'pointer');
    clock.shows('two', 'done');
    pass(3600);
    expect(closed).toEqual([]);
  });

  test('a note that is closed under the pointer holds the others no longer', () => {
    clock.shows('one', 'done');
    clock.shows('two', 'done');
    clock.hold('one', 'pointer');
    clock.hold('one', 'focus');
    clock.gone('one');
    clock.hold('one', 'pointer');
    pass(7);
    expect(closed).toEqual(['two']);
  });
});

test('a note that was closed by hand is not closed again', () => {
  clock.shows('note', 'done');
  clock.gone('note');
  pass(3600);
  expect(closed).toEqual([]);
});
