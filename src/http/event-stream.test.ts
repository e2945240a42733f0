import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noNews, type News } from '../use-cases/live/news.ts';
import { EventStream } from './event-stream.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const of = (...ids: number[]): News => ({ ...noNews(), appointments: new Set(ids) });

/** Tells until nothing more is taken. */
function fill(stream: EventStream): number {
  stream.read(0);
  let told = 0;
  while (stream.readableLength < stream.readableHighWaterMark) {
    told += 1;
    stream.tell(
      { ...noNews(), appointments: new Set(Array.from({ length: 150 }, (_, at) => told * 1000 + at)) },
      `n-${told}`,
    );
  }
  return told;
}

test('events are written by the standard', () => {
  const stream = new EventStream();
  stream.read(0);
  stream.tell({ ...of(7, 8), backfills: new Map([[3, { done: 1, total: 9 }]]) }, 'n-1');
  stream.tell({ ...noNews(), reset: true }, 'n-2');
  expect(String(stream.read())).toBe(
    'retry: 2000\n\nevent: appointment\ndata: {"ids":[7,8]}\n\nevent: backfill\ndata: {"connection_id":3,"done":1,"total":9}\n\nid: n-1\n\n' +
      'event: reset\ndata: {}\n\nid: n-2\n\n',
  );
});

test('what a slow reader has not taken stays one piece of news', () => {
  const stream = new EventStream();
  fill(stream);
  const full = stream.readableLength;
  for (let id = 1; id <= 10_000; id++) stream.tell(of(id), `n-${id}`);
  expect(stream.readableLength).toBe(full);
  expect(String(stream.read(full))).toMatch(/n-\d+\n\n$/);
  expect(String(stream.read())).toBe('event: appointment\ndata: {"ids":null}\n\nid: n-10000\n\n');
});

test('a reader that takes nothing is let go; one that reads stays', () => {
  const [slow, quick] = [new EventStream(), new EventStream()];
  for (const stream of [slow, quick]) fill(stream);
  vi.advanceTimersByTime(20_000);
  quick.read();
  vi.advanceTimersByTime(20_000);
  for (const stream of [slow, quick]) stream.beat('n-9');
  expect([slow.destroyed, quick.destroyed]).toEqual([true, false]);
});

test('the end does not wait for a reader that takes nothing, and comes once', () => {
  const [slow, quick] = [new EventStream(), new EventStream()];
  fill(slow);
  quick.read(0);
  for (const stream of [slow, quick]) {
    stream.end('closing');
    stream.end('token_expired');
    stream.tell(of(1), 'n-1');
  }
  expect(slow.destroyed).toBe(true);
  expect(String(quick.read())).toBe('event: end\ndata: {"reason":"closing"}\n\n');
});

test('an end before anything was read is read all the same', async () => {
  const stream = new EventStream();
  stream.end('signed_out');
  const pieces: string[] = [];
  for await (const piece of stream) pieces.push(String(piece));
  expect(pieces).toEqual(['event: end\ndata: {"reason":"signed_out"}\n\n']);
});
