import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Row } from '../support/row.ts';
import { serveFeeds, type KnownFeed, type ServedFeeds } from '../support/served-feeds.ts';
import { median, medianRatio, percentile } from '../support/statistics.ts';

const EVENTS = 10_000;
const READERS = 4;
/** While feeds are read somebody asks for something else so often. */
const OTHER_EVERY_MS = 10;
/** What is under way for a reader that has gone is over by then. */
const SETTLED_MS = 200;

/** Milliseconds for a feed of one event, for the same once more, and for one of many. */
type Sizes<T> = Record<'one' | 'oneAgain' | 'many', T>;

/** How often each is measured in a round; `alone`: questions while nobody reads a feed. */
interface Times {
  firstByte: number;
  unchanged: number;
  alone: number;
}

interface Round {
  firstByte: Sizes<number>;
  unchanged: Sizes<number>;
  /** Every single answer. */
  other: Record<'alone' | 'aloneAgain' | 'streaming', number[]>;
  /** How long the readers took for their feeds. */
  readMs: number;
}

/** Feeds of one event and of 10,000, served by the whole product with its embedded database, over HTTP. */
export async function feeds({ quick, rounds, say }: Bench): Promise<Row[]> {
  const events = quick ? EVENTS / 5 : EVENTS;
  const served = await serveFeeds(events);
  say(`feeds of 1 and of ${events.toLocaleString('en')} events`);
  const times = quick ? { firstByte: 2, unchanged: 20, alone: 50 } : { firstByte: 5, unchanged: 50, alone: 200 };
  if (!quick) await measureRound(served, times); // everybody warms up
  const measured: Round[] = [];
  for (let at = 0; at < rounds; at += 1) measured.push(await measureRound(served, times));
  await served.close();
  return rows(measured, events.toLocaleString('en'));
}

async function measureRound(served: ServedFeeds, times: Times): Promise<Round> {
  const { reader } = served;
  const firstByte = await bySize(served, times.firstByte, async ({ path }) => {
    const tookMs = await reader.firstByte(path);
    await pause(SETTLED_MS);
    return tookMs;
  });
  const unchanged = await bySize(served, times.unchanged, ({ path, tag }) => reader.unchanged(path, tag));
  const { streaming, readMs } = await whileStreaming(served);
  const alone = await others(served, (sent) => sent < times.alone);
  const aloneAgain = await others(served, (sent) => sent < times.alone);
  return { firstByte, unchanged, readMs, other: { streaming, alone, aloneAgain } };
}

/** @returns the medians of so many measurements each, taken in turn */
async function bySize(
  { next }: ServedFeeds,
  times: number,
  measure: (feed: KnownFeed) => Promise<number>,
): Promise<Sizes<number>> {
  const found: Sizes<number[]> = { one: [], oneAgain: [], many: [] };
  for (let time = 0; time < times; time += 1) {
    found.one.push(await measure(next.few()));
    found.many.push(await measure(next.many()));
    found.oneAgain.push(await measure(next.few()));
  }
  return { one: median(found.one), oneAgain: median(found.oneAgain), many: median(found.many) };
}

async function whileStreaming(served: ServedFeeds): Promise<{ streaming: number[]; readMs: number }> {
  const begun = performance.now();
  let reading = true;
  const streams = Array.from({ length: READERS }, () => served.reader.read(served.next.many().path));
  const all = Promise.all(streams).finally(() => (reading = false));
  const streaming = await others(served, () => reading);
  const sizes = await all;
  if (new Set(sizes).size !== 1) throw new Error(`the same feed had ${sizes.join(', ')} octets`);
  return { streaming, readMs: performance.now() - begun };
}

/** Somebody looks at an appointment, again and again, begun at fixed intervals as long as wanted. @returns milliseconds each */
async function others({ reader, token }: ServedFeeds, goesOn: (sent: number) => boolean): Promise<number[]> {
  const asked: Promise<number>[] = [];
  const begun = performance.now();
  while (goesOn(asked.length)) {
    asked.push(reader.other('/api/appointments/1/', token));
    const waitMs = begun + asked.length * OTHER_EVERY_MS - performance.now();
    await pause(Math.max(0, waitMs));
  }
  return Promise.all(asked);
}

function rows(rounds: readonly Round[], events: string): Row[] {
  const compare = (which: 'firstByte' | 'unchanged', over: 'many' | 'oneAgain'): number =>
    medianRatio(rounds.map(({ [which]: times }) => ({ ours: times[over], theirs: times.one })));
  const note = (which: 'firstByte' | 'unchanged'): string =>
    (['many', 'one'] as const)
      .map((size) => `${median(rounds.map((round) => round[which][size])).toFixed(1)} ms`)
      .join(' ÷ ');
  const p99 = (which: keyof Round['other']): number[] => rounds.map(({ other }) => percentile(other[which], 99));
  const ratio = (over: keyof Round['other']): number =>
    medianRatio(p99(over).map((ours, at) => ({ ours, theirs: p99('alone')[at] ?? Number.NaN })));
  const readMs = median(rounds.map((round) => round.readMs));
  return [
    {
      name: `first byte of a feed, ${events} events ÷ 1`,
      goal: { atMost: 2 },
      value: compare('firstByte', 'many'),
      control: compare('firstByte', 'oneAgain'),
      note: note('firstByte'),
    },
    {
      name: `304 for a feed, ${events} events ÷ 1`,
      goal: { atMost: 1.1 },
      value: compare('unchanged', 'many'),
      control: compare('unchanged', 'oneAgain'),
      note: note('unchanged'),
    },
    {
      name: `other requests’ p99, ${READERS} feeds of ${events} events streaming ÷ none`,
      goal: { atMost: 1.5 },
      value: ratio('streaming'),
      control: ratio('aloneAgain'),
      note:
        `${median(p99('streaming')).toFixed(1)} ms ÷ ${median(p99('alone')).toFixed(1)} ms, one each ${OTHER_EVERY_MS} ms; ` +
        `the feeds took ${(readMs / 1000).toFixed(1)} s, database and gzip included`,
    },
  ];
}
