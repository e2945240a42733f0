import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startTemporaryPostgres } from '../test/support/postgres-server.ts';

/*
 * The gate, as `npm test` runs it: unit tests, the whole on the embedded database, what depends on the database on a
 * PostgreSQL server of its own. What could not run is said in capitals; with REQUIRE_ALL=1 it is a failure.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const VITEST = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
/** What depends on the database; providers and pages are the same on both. */
const ON_POSTGRES = ['test/db', 'test/business', 'test/mail', 'test/sync/journey.test.ts'];

interface Part {
  name: string;
  passed: boolean;
  seconds: number;
}

process.exitCode = await main();

async function main(): Promise<number> {
  const parts = [
    await run('web build', ['tools/build-web.ts']),
    await run('unit tests', [VITEST, 'run', '--project', 'unit']),
    await run('the whole, embedded database', [VITEST, 'run', '--project', 'whole']),
  ];
  const missing: string[] = [];
  const server = await startTemporaryPostgres({ fsync: false });
  if (server === null) {
    missing.push('POSTGRESQL WAS NOT FOUND: NOTHING RAN ON POSTGRESQL. INSTALL THE PACKAGE postgresql.');
  } else {
    const env = { TEST_DATABASE: 'postgres', TEST_DATABASE_URL: server.url };
    parts.push(await run('the whole, PostgreSQL', [VITEST, 'run', '--project', 'whole', ...ON_POSTGRES], env));
    await server.stop();
  }
  return tell(parts, missing);
}

async function run(name: string, args: readonly string[], env: Record<string, string> = {}): Promise<Part> {
  process.stdout.write(`\n=== ${name}\n`);
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
  const [code] = (await once(child, 'exit')) as [number | null];
  return { name, passed: code === 0, seconds: Math.round((performance.now() - started) / 1000) };
}

function tell(parts: readonly Part[], missing: readonly string[]): number {
  const lines = parts.map(({ name, passed, seconds }) => `${passed ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`);
  process.stdout.write(`\n${[...lines, ...missing].join('\n')}\n`);
  const failed = parts.filter((part) => !part.passed).length;
  const incomplete = missing.length > 0 && process.env['REQUIRE_ALL'] === '1';
  process.stdout.write(`${parts.length - failed} passed, ${failed} failed\n`);
  return failed > 0 || incomplete ? 1 : 0;
}
