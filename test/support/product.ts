import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startGoogleSimulator, type GoogleSimulator } from '../../simulator/google/server.ts';
import { startMicrosoftSimulator, type MicrosoftSimulator } from '../../simulator/microsoft/server.ts';
import type { DatabaseLocation } from '../../src/db/options.ts';
import { copyEmbeddedTemplate, openPostgresTestDatabase, openTestDatabase } from './database.ts';
import { freePorts } from './free-ports.ts';
import { foundCompany, type ProductCompany } from './product-company.ts';
import { buildWeb } from './web-build.ts';

/** The product as people run it, in a process of its own, with a simulated Google and Microsoft in this one. */
export interface Product extends AsyncDisposable {
  /** Origin of the web app, without a slash at the end. */
  webUrl: string;
  apiUrl: string;
  google: GoogleSimulator;
  microsoft: MicrosoftSimulator;
  company: ProductCompany;
  /** Where its mails go: it has no mail server. */
  outbox: string;
  /** Where its data are: the embedded database opens for nobody else while the product runs. */
  database: DatabaseLocation;
  /** What the product has logged so far, one JSON object a line. */
  log(): string;
  /** Ends the product as an operator does, and starts it again on the same ports. `meanwhile` runs while it is away. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  /** Starts one more process on the same database, which must be PostgreSQL; it ends with the product. */
  addNode(): Promise<{ webUrl: string; apiUrl: string }>;
  /** Ends the product as an operator does, and removes everything. @throws when it did not end well */
  close(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Far more than a start takes; a machine that runs other tests beside it may need much of it. */
const READY_WITHIN_MS = 180_000;
const CLIENT = { clientId: 'valclean-test', clientSecret: 'valclean-test-secret', name: 'VALClean' };
const ADMIN = { email: 'ada@valclean.example', password: 'correct horse battery' };

/**
 * Builds the web app when it is stale and starts the product, on the engine that `TEST_DATABASE` names or on the PostgreSQL
 * server `postgresUrl`, with an administrator in it.
 * @param more settings beside those that tests need
 * @throws with the product's log when it does not get ready
 */
export async function startProduct(
  more: Readonly<Record<string, string>> = {},
  postgresUrl?: string,
): Promise<Product> {
  await buildWeb();
  const folder = await makeFolder(postgresUrl);
  const [port = 0, webPort = 0] = await freePorts(2);
  const webUrl = `http://localhost:${webPort}`;
  const apiUrl = `http://localhost:${port}`;
  const redirectUri = (provider: string): string => `${apiUrl}/api/calendar/${provider}/callback/`;
  const client = (provider: string): typeof CLIENT & { redirectUris: string[] } => ({
    ...CLIENT,
    redirectUris: [redirectUri(provider)],
  });
  const google = await startGoogleSimulator({ clients: [client('google')], accounts: [] });
  const microsoft = await startMicrosoftSimulator({ clients: [client('outlook')], accounts: [] });
  const settings = {
    ...google.env,
    ...microsoft.env,
    ...folder.env,
    // CalDAV servers of tests are on this machine.
    CALDAV_ALLOW_PRIVATE_NETWORKS: 'true',
    PORT: String(port),
    WEB_PORT: String(webPort),
    FRONTEND_URL: webUrl,
    GOOGLE_CLIENT_ID: CLIENT.clientId,
    GOOGLE_CLIENT_SECRET: CLIENT.clientSecret,
    GOOGLE_REDIRECT_URI: redirectUri('google'),
    OUTLOOK_CLIENT_ID: CLIENT.clientId,
    OUTLOOK_CLIENT_SECRET: CLIENT.clientSecret,
    OUTLOOK_REDIRECT_URI: redirectUri('outlook'),
    BOOTSTRAP_ADMIN_EMAIL: ADMIN.email,
    BOOTSTRAP_ADMIN_PASSWORD: ADMIN.password,
    ...more,
  };
  let child = spawnMain(settings);
  let log = collect(child);
  const others: ChildProcess[] = [];
  const clear = async (): Promise<void> => {
    await Promise.all([child, ...others].map(stop));
    await google.close();
    await microsoft.close();
    await folder.remove();
  };
  try {
    await untilReady(apiUrl, child);
    const company = await foundCompany({ apiUrl, google, microsoft, admin: ADMIN });
    const close = async (): Promise<void> => {
      await clear();
      for (const { exitCode } of [child, ...others])
        if (exitCode !== 0) throw new Error(`The product ended with ${exitCode}:\n${log()}`);
    };
    const restart = async (meanwhile: () => Promise<void>): Promise<void> => {
      await stop(child);
      await meanwhile();
      const before = log();
      child = spawnMain(settings);
      const added = collect(child);
      log = () => before + added();
      await untilReady(apiUrl, child);
    };
    const addNode = async (): ReturnType<Product['addNode']> => {
      const [nodePort = 0, nodeWebPort = 0] = await freePorts(2);
      const node = { apiUrl: `http://localhost:${nodePort}`, webUrl: `http://localhost:${nodeWebPort}` };
      const ports = { PORT: String(nodePort), WEB_PORT: String(nodeWebPort), FRONTEND_URL: node.webUrl };
      const added = spawnMain({ ...settings, ...ports });
      others.push(added);
      const [before, more] = [log, collect(added)];
      log = () => before() + more();
      await untilReady(node.apiUrl, added);
      return node;
    };
    const outbox = path.join(folder.env['DATA_DIR'] ?? '', 'outbox');
    const { location: database } = folder;
    const shown = { webUrl, apiUrl, google, microsoft, company, outbox, database, log: () => log() };
    return { ...shown, restart, addNode, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await clear();
    throw new Error(`The product did not start:\n${log()}`, { cause: error });
  }
}

interface Folder {
  location: DatabaseLocation;
  env: Record<string, string>;
  remove(): Promise<void>;
}

/** A data folder with a migrated database in it, or beside it a database on the PostgreSQL server of the tests. */
async function makeFolder(postgresUrl: string | undefined): Promise<Folder> {
  if (postgresUrl === undefined && process.env.TEST_DATABASE !== 'postgres') {
    const dataDir = await copyEmbeddedTemplate();
    return {
      location: { kind: 'embedded', dataDir },
      env: { DATA_DIR: dataDir },
      remove: () => removeFolder(dataDir),
    };
  }
  const { location, close } = await (postgresUrl === undefined
    ? openTestDatabase()
    : openPostgresTestDatabase(postgresUrl));
  if (location.kind !== 'postgres') throw new Error('TEST_DATABASE is postgres, the database is not');
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'valclean-data-'));
  return {
    location,
    env: { DATA_DIR: dataDir, DATABASE_URL: location.url },
    remove: async () => {
      await close();
      await removeFolder(dataDir);
    },
  };
}

async function removeFolder(folder: string): Promise<void> {
  fs.rmSync(folder, { recursive: true, force: true });
}

/** Nothing of the surroundings but what a program needs to run: neither somebody's settings nor their `.env`. */
function spawnMain(settings: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  return spawn(process.execPath, [MAIN, 'serve'], {
    cwd: settings.DATA_DIR,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), NODE_ENV: 'test', LOG_LEVEL: 'info', ...settings },
  });
}

function collect(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

async function untilReady(apiUrl: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}`);
    const response = await fetch(`${apiUrl}/readyz`).catch(() => null);
    if (response?.ok) return;
    await pause(50);
  }
  throw new Error(`It did not get ready within ${READY_WITHIN_MS / 1000} seconds`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
