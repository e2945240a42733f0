import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { copyEmbeddedTemplate } from '../../test/support/database.ts';
import { freePort } from '../../test/support/free-ports.ts';
import type { FeedsJobs } from '../sides/feeds-process.ts';
import { openFeedReader, type FeedReader } from '../support/feed-reader.ts';
import { startWhole } from '../support/process.ts';
import { googleEnv } from '../support/product.ts';
import type { Bench, Row } from '../support/row.ts';
import { startSide } from '../support/side.ts';
import { median, medianRatio, percentile } from '../support/statistics.ts';

const EVENTS = 10_000;
/** So many questions while nobody reads a feed. */
const ALONE = 200;
const READERS = 4;
/** Of each person, taken in turn: one address may be fetched 120 times an hour. */
const FEEDS = 16;
/** While feeds are read somebody asks for something else so often. */
const OTHER_EVERY_MS = 10;
/** What is under way for a reader that has gone is over by then. */
const SETTLED_MS = 200;
const ADMIN = { BOOTSTRAP_ADMIN_EMAIL: 'ada@valclean.example', BOOTSTRAP_ADMIN_PASSWORD: 'valclean-bench' };

interface Round {
  firstByte: Record<'one' | 'oneAgain' | 'many', number>;
  unchanged: Record<'one' | 'oneAgain' | 'many', number>;
  /** Every single answer. */
  other: Record<'alone' | 'aloneAgain' | 'streaming', number[]>;
  /** How long the readers took for their feeds. */
  readMs: number;
}

/** Feeds of one event and of 10,000, served by the whole product with its embedded database, over HTTP. */
export async function feeds({ quick, rounds, say }: Bench): Promise<Row[]> {
  const events = quick ? EVENTS / 5 : EVENTS;
  const folder = await copyEmbeddedTemplate();
  const side = startSide<FeedsJobs>('feeds-process.ts');
  const [few = [], many = []] = await side.call('prepare', { folder, appointments: [1, events], feeds: FEEDS });
  await side.close();
  const port = await freePort();
  const settings = { DATA_DIR: folder, PORT: String(port), WEB_PORT: '0', ...ADMIN };
  const product = await startWhole({ ...googleEnv('http://127.0.0.1:9'), ...settings });
  const reader = openFeedReader(`http://127.0.0.1:${port}`);
  const token = await logIn(port);
  say(`feeds of 1 and of ${events.toLocaleString('en')} events`);
  for (const [path = '', expected] of [
    [few[0], 1],
    [many[0], events],
  ] as const) {
    const found = (await reader.text(path)).split('BEGIN:VEVENT\r\n').length - 1;
    if (found !== expected) throw new Error(`a feed of ${found} events instead of ${expected}`);
  }
  const next = takingTurns(few, many);
  const tags = { few: await tagsOf(reader, few), many: await tagsOf(reader, many) };
  const size = quick ? { firstByte: 3, unchanged: 20 } : { firstByte: 5, unchanged: 50 };
  const measured: Round[] = [];
  for (let at = -1; at < rounds; at += 1) {
    const firstByte = { one: [] as number[], oneAgain: [] as number[], many: [] as number[] };
    for (let time = 0; time < size.firstByte; time += 1) {
      for (const which of ['one', 'many', 'oneAgain'] as const) {
        firstByte[which].push(await reader.firstByte(which === 'many' ? next.many() : next.few()));
        await pause(SETTLED_MS);
      }
    }
    const unchanged = { one: [] as number[], oneAgain: [] as number[], many: [] as number[] };
    for (let time = 0; time < size.unchanged; time += 1) {
      for (const which of ['one', 'many', 'oneAgain'] as const) {
        const path = which === 'many' ? next.many() : next.few();
        const tag = tags[which === 'many' ? 'many' : 'few'].get(path) ?? '';
        unchanged[which].push(await reader.unchanged(path, tag));
      }
    }
    const begun = performance.now();
    let reading = true;
    const streams = Array.from({ length: READERS }, () => reader.read(next.many()));
    const all = Promise.all(streams).finally(() => (reading = false));
    const streaming = await others(reader, token, () => reading);
    const sizes = await all;
    const readMs = performance.now() - begun;
    if (new Set(sizes).size !== 1) throw new Error(`the same feed had ${sizes.join(', ')} octets`);
    const alone = await others(reader, token, (sent) => sent < ALONE);
    const aloneAgain = await others(reader, token, (sent) => sent < ALONE);
    const middle = (times: Record<'one' | 'oneAgain' | 'many', number[]>): Round['firstByte'] => ({
      ...{ one: median(times.one), oneAgain: median(times.oneAgain), many: median(times.many) },
    });
    // In the first round everybody warms up.
    if (at < 0) continue;
    measured.push({
      ...{ firstByte: middle(firstByte), unchanged: middle(unchanged), readMs },
      other: { streaming, alone, aloneAgain },
    });
  }
  await reader.close();
  await product.stop();
  fs.rmSync(folder, { recursive: true, force: true });
  return rows(measured, events.toLocaleString('en'));
}

async function logIn(port: number): Promise<string> {
  const answer = await request(`http://127.0.0.1:${port}/api/auth/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: ADMIN.BOOTSTRAP_ADMIN_EMAIL, password: ADMIN.BOOTSTRAP_ADMIN_PASSWORD }),
  });
  return ((await answer.body.json()) as { access_token: string }).access_token;
}

function takingTurns(few: readonly string[], many: readonly string[]): Record<'few' | 'many', () => string> {
  let [fewAt, manyAt] = [0, 0];
  return { few: () => few[fewAt++ % few.length] ?? '', many: () => many[manyAt++ % many.length] ?? '' };
}

/** Each feed has a tag of its own. */
async function tagsOf(reader: FeedReader, paths: readonly string[]): Promise<Map<string, string>> {
  const tags = new Map<string, string>();
  for (const path of paths) tags.set(path, await reader.tag(path));
  return tags;
}

/** Somebody looks at an appointment, again and again, begun at fixed intervals as long as wanted. @returns milliseconds each */
async function others(reader: FeedReader, token: string, goesOn: (sent: number) => boolean): Promise<number[]> {
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
