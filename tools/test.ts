import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { openBrowser } from '../test/support/browser.ts';
import { startTemporaryPostgres } from '../test/support/postgres-server.ts';
import { ROOT, runProgram, type Ran } from './run-program.ts';

/*
 * The gate, as `npm test` runs it: unit tests; the whole on the embedded database; the running product in a browser and
 * under `kill -9`; and what depends on the database once more, on a PostgreSQL server of its own. What could not run is
 * said in capitals; with REQUIRE_ALL=1 it is a failure.
 */

const VITEST = 'node_modules/vitest/vitest.mjs';
/** The whole without what is the same on every database, and what only the embedded one has. */
const ON_POSTGRES = globSync('test/**/*.test.ts', {
  cwd: ROOT,
  exclude: ['test/{browser,kill,providers}/**', 'test/db/embedded-*'],
});
/** Much of a test's time is waiting for discs and other processes: two parts at a time share the cores well. */
const PARTS_AT_ONCE = 2;

interface Part {
  name: string;
  project: 'unit' | 'whole' | 'browser' | 'kill';
  paths?: readonly string[];
  env?: Record<string, string>;
}

interface Done extends Ran {
  name: string;
}

process.exitCode = await main();

async function main(): Promise<number> {
  const build = { name: 'web build', ...(await runProgram(['tools/build-web.ts'])) };
  report(build);
  const missing: string[] = [];
  // The longest first, so that the last one to end is a short one.
  const queue: Part[] = [{ name: 'the whole, embedded database', project: 'whole' }];
  const server = await startTemporaryPostgres({ fsync: false });
  if (server === null) {
    missing.push('POSTGRESQL WAS NOT FOUND: NOTHING RAN ON POSTGRESQL. INSTALL THE PACKAGE postgresql.');
  } else {
    const env = { TEST_DATABASE: 'postgres', TEST_DATABASE_URL: server.url };
    queue.push({ name: 'the whole, PostgreSQL', project: 'whole', paths: ON_POSTGRES, env });
    queue.push({ name: 'kill -9, PostgreSQL', project: 'kill', env });
  }
  queue.push({ name: 'kill -9, embedded database', project: 'kill' });
  const noBrowser = await whyNoBrowser();
  if (noBrowser === null) queue.push({ name: 'in a browser', project: 'browser', env: { REQUIRE_BROWSER: '1' } });
  else missing.push(`NO BROWSER COULD BE STARTED: NOTHING RAN IN A BROWSER. SET CHROMIUM_PATH. (${noBrowser})`);
  queue.push({ name: 'unit tests', project: 'unit' });
  try {
    const lanes = await Promise.all(Array.from({ length: PARTS_AT_ONCE }, () => runLane(queue)));
    return summarise([build, ...lanes.flat()], missing);
  } finally {
    await server?.stop();
  }
}

async function whyNoBrowser(): Promise<string | null> {
  const { browser, reason } = await openBrowser();
  await browser?.close();
  return reason;
}

/** Takes part after part from the queue that the lanes share. */
async function runLane(queue: Part[]): Promise<Done[]> {
  const done: Done[] = [];
  for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
    const { name, project, paths = [], env } = part;
    const workers = Math.max(1, Math.floor(availableParallelism() / PARTS_AT_ONCE));
    const args = [VITEST, 'run', '--project', project, `--maxWorkers=${workers}`, ...paths];
    process.stdout.write(`began   ${name}\n`);
    const one = { name, ...(await runProgram(args, env)) };
    report(one);
    done.push(one);
  }
  return done;
}

function report({ name, output, ...ran }: Done): void {
  process.stdout.write(`\n=== ${name}\n${output}${line({ name, ...ran })}`);
}

function line({ name, passed, seconds }: Omit<Done, 'output'>): string {
  return `${passed ? 'passed' : 'FAILED'}  ${name} (${Math.round(seconds)} s)\n`;
}

function summarise(parts: readonly Done[], missing: readonly string[]): number {
  const failed = parts.filter((part) => !part.passed).length;
  process.stdout.write(`\n${parts.map(line).join('')}${missing.map((text) => `${text}\n`).join('')}`);
  process.stdout.write(`${parts.length - failed} passed, ${failed} failed, ${missing.length} did not run\n`);
  const incomplete = missing.length > 0 && process.env['REQUIRE_ALL'] === '1';
  return failed > 0 || incomplete ? 1 : 0;
}
