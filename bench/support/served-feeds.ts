import fs from 'node:fs';
import { request } from 'undici';
import { copyEmbeddedTemplate } from '../../test/support/database.ts';
import { freePort } from '../../test/support/free-ports.ts';
import type { FeedsJobs } from '../sides/feeds-process.ts';
import { openFeedReader, type FeedReader } from './feed-reader.ts';
import { startWhole } from './process.ts';
import { googleEnv } from './product.ts';
import { startSide } from './side.ts';

/** Of each person, taken in turn: one address may be fetched 120 times an hour. */
const FEEDS = 16;
const ADMIN = { BOOTSTRAP_ADMIN_EMAIL: 'ada@valclean.example', BOOTSTRAP_ADMIN_PASSWORD: 'valclean-bench' };

/** A feed as a reader that has fetched it before knows it. */
export interface KnownFeed {
  path: string;
  /** Each feed has a tag of its own. */
  tag: string;
}

/** The whole product with its embedded database, and people with feeds of one event and of many. */
export interface ServedFeeds {
  reader: FeedReader;
  /** An administrator's. */
  token: string;
  /** Gives one feed after the other. */
  next: Record<FeedSize, () => KnownFeed>;
  close(): Promise<void>;
}

export type FeedSize = 'few' | 'many';

/** @param events how many a large feed has. @throws when a feed does not show what it should */
export async function serveFeeds(events: number): Promise<ServedFeeds> {
  const folder = await copyEmbeddedTemplate();
  const side = startSide<FeedsJobs>('feeds-process.ts');
  const [few = [], many = []] = await side.call('prepare', { folder, appointments: [1, events], feeds: FEEDS });
  await side.close();
  const port = await freePort();
  const settings = { DATA_DIR: folder, PORT: String(port), WEB_PORT: '0', ...ADMIN };
  const product = await startWhole({ ...googleEnv('http://127.0.0.1:9'), ...settings });
  const reader = openFeedReader(`http://127.0.0.1:${port}`);
  await expectEvents(reader, few[0], 1);
  await expectEvents(reader, many[0], events);
  return {
    reader,
    token: await logIn(port),
    next: { few: inTurn(await known(reader, few)), many: inTurn(await known(reader, many)) },
    async close() {
      await reader.close();
      await product.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function expectEvents(reader: FeedReader, path: string | undefined, expected: number): Promise<void> {
  const found = (await reader.text(path ?? '')).split('BEGIN:VEVENT\r\n').length - 1;
  if (found !== expected) throw new Error(`a feed of ${found} events instead of ${expected}`);
}

async function logIn(port: number): Promise<string> {
  const answer = await request(`http://127.0.0.1:${port}/api/auth/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: ADMIN.BOOTSTRAP_ADMIN_EMAIL, password: ADMIN.BOOTSTRAP_ADMIN_PASSWORD }),
  });
  return ((await answer.body.json()) as { access_token: string }).access_token;
}

async function known(reader: FeedReader, paths: readonly string[]): Promise<KnownFeed[]> {
  const feeds: KnownFeed[] = [];
  for (const path of paths) feeds.push({ path, tag: await reader.tag(path) });
  return feeds;
}

function inTurn(feeds: readonly KnownFeed[]): () => KnownFeed {
  let at = 0;
  return () => feeds[at++ % feeds.length] ?? { path: '', tag: '' };
}
