import { globSync } from 'node:fs';
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { openBrowser } from '../test/support/browser.ts';
import { findServer } from '../test/support/caldav-servers.ts';
import { findCyrus } from '../test/support/cyrus-server.ts';
import { startTemporaryPostgres } from '../test/support/postgres-server.ts';
import { hasReader, READERS, type ReaderName } from '../test/support/python-readers.ts';
import { findThunderbird } from '../test/support/thunderbird.ts';
import { ROOT, runProgram, type Ran } from './run-program.ts';
import { resultLine, summarise, type Result } from './summary.ts';

/*
 * The gate, as `npm test` runs it: unit tests; the whole on the embedded database; the running product in a browser and
 * under `kill -9`; and what depends on the database once more, on a PostgreSQL server of its own. What could not run is
 * said in capitals; with REQUIRE_ALL=1 it is a failure.
 */

const VITEST = 'node_modules/vitest/vitest.mjs';
/** The engine is tried apart from the rest of the whole, because that makes parts of like length. */
const ENGINE = globSync('test/sync/**/*.test.ts', { cwd: ROOT });
const REST = globSync('test/**/*.test.ts', { cwd: ROOT, exclude: ['test/{browser,kill,sync}/**'] });
/** The same on every database: vendors, much of it waiting for their minutes, readers of files, the embedded database itself. */
const EMBEDDED_ONLY = /^test\/(providers\/|ics\/|sync\/backfills|db\/embedded-)/;
/** Much of a test's time is waiting, for discs, for other processes, for a provider's minute: one part more than cores. */
const PARTS_AT_ONCE = 3;
const CORES_OF_A_PART = 2;
/** Real CalDAV servers, from Debian's packages of the same names. */
const SERVERS = ['radicale', 'xandikos'] as const;
const RAM_DISK = '/dev/shm';
const RAM_NEEDED = 4 * 1024 ** 3;

interface Part {
  name: string;
  project: 'unit' | 'whole' | 'browser' | 'kill';
  paths: readonly string[];
  env?: Record<string, string>;
}

interface Done extends Ran, Result {}

process.exitCode = await main();

async function main(): Promise<number> {
  const folder = await makeFolder();
  try {
    return await runEverything({ TMPDIR: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** For databases that live for a test: in memory where there is enough of it, as a hundred of them keep a disk busy. */
async function makeFolder(): Promise<string> {
  const { bavail = 0, bsize = 0 } = (await statfs(RAM_DISK).catch(() => null)) ?? {};
  const folder = await mkdtemp(path.join(bavail * bsize > RAM_NEEDED ? RAM_DISK : tmpdir(), 'valclean-test-'));
  // PostgreSQL refuses to run as root; whoever runs it instead has to get in.
  await chmod(folder, 0o711);
  return folder;
}

async function runEverything(folder: Record<string, string>): Promise<number> {
  const build = { name: 'web build', ...(await runProgram(['tools/build-web.ts'])) };
  report(build);
  const noBrowser = await whyNoBrowser();
  const server = await startTemporaryPostgres({ fsync: false });
  try {
    const queue = partsFor(server?.url ?? null, noBrowser === null);
    const lanes = await Promise.all(Array.from({ length: PARTS_AT_ONCE }, () => runLane(queue, folder)));
    const missing = [
      ...(server ? [] : ['POSTGRESQL WAS NOT FOUND: NOTHING RAN ON POSTGRESQL. INSTALL THE PACKAGE postgresql.']),
      ...(noBrowser === null
        ? []
        : [`NO BROWSER STARTED: NOTHING RAN IN A BROWSER. SET CHROMIUM_PATH. (${noBrowser})`]),
      ...SERVERS.filter((name) => findServer(name) === null).map(
        (name) => `${name.toUpperCase()} WAS NOT FOUND: NOTHING RAN AGAINST IT. INSTALL THE PACKAGE ${name}.`,
      ),
      ...(findCyrus() === null
        ? ['CYRUS WAS NOT FOUND: NOTHING RAN AGAINST IT. INSTALL cyrus-imapd, cyrus-caldav AND sasl2-bin, AND BE ROOT.']
        : []),
      ...Object.entries(READERS)
        .filter(([name]) => !hasReader(name as ReaderName))
        .map(([name, { package: brings }]) => `${name} WAS NOT FOUND: IT READ NOTHING. INSTALL THE PACKAGE ${brings}.`),
      ...(findThunderbird() === null
        ? ['THUNDERBIRD WAS NOT FOUND: NO FILE OR FEED WAS OPENED IN IT. INSTALL THE PACKAGE thunderbird.']
        : []),
    ];
    const { text, passed } = summarise([build, ...lanes.flat()], missing, process.env['REQUIRE_ALL'] === '1');
    process.stdout.write(text);
    return passed ? 0 : 1;
  } finally {
    await server?.stop();
  }
}

/** The longest first, so that the last one to end is a short one. */
function partsFor(postgresUrl: string | null, hasBrowser: boolean): Part[] {
  const onPostgres = (name: string, project: Part['project'], paths: readonly string[]): Part[] => {
    if (postgresUrl === null) return [];
    const env = { TEST_DATABASE: 'postgres', TEST_DATABASE_URL: postgresUrl };
    return [{ name: `${name}, PostgreSQL`, project, paths: paths.filter((file) => !EMBEDDED_ONLY.test(file)), env }];
  };
  return [
    ...onPostgres('kill -9', 'kill', []),
    { name: 'the engine, embedded database', project: 'whole', paths: ENGINE },
    ...(hasBrowser
      ? [{ name: 'in a browser', project: 'browser' as const, paths: [], env: { REQUIRE_BROWSER: '1' } }]
      : []),
    { name: 'the rest, embedded database', project: 'whole', paths: REST },
    ...onPostgres('the engine', 'whole', ENGINE),
    { name: 'kill -9, embedded database', project: 'kill', paths: [] },
    ...onPostgres('the rest', 'whole', REST),
    { name: 'unit tests', project: 'unit', paths: [] },
  ];
}

/** `null`: there is one. */
async function whyNoBrowser(): Promise<string | null> {
  const { browser, reason } = await openBrowser();
  await browser?.close();
  return reason?.split('\n')[0] ?? null;
}

/** Takes part after part from the queue that the lanes share. */
async function runLane(queue: Part[], folder: Record<string, string>): Promise<Done[]> {
  const done: Done[] = [];
  for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
    const { name, project, paths, env } = part;
    const workers = Math.max(1, Math.floor(availableParallelism() / CORES_OF_A_PART));
    const args = [VITEST, 'run', '--project', project, `--maxWorkers=${workers}`, ...paths];
    process.stdout.write(`began   ${name}\n`);
    const one = { name, ...(await runProgram(args, { ...folder, ...env })) };
    report(one);
    done.push(one);
  }
  return done;
}

function report(one: Done): void {
  process.stdout.write(`\n=== ${one.name}\n${one.output}${resultLine(one)}`);
}
