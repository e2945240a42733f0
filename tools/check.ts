import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/* Tells whether a change is good, in under a minute: format, lint, types, imports, unused things, unit tests. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TSC = 'node_modules/typescript-7/bin/tsc';
const OXFMT = 'node_modules/oxfmt/bin/oxfmt';
const OXLINT = 'node_modules/oxlint/bin/oxlint';

/** Two lanes, one a core: types take the longest, the tests use what cores there are. */
const LANES: [name: string, ...args: string[]][][] = [
  [
    ['types', TSC, '-p', 'tsconfig.json'],
    ['types of the web', TSC, '-p', 'web/tsconfig.json'],
    ['unused', 'node_modules/knip/bin/knip.js'],
  ],
  [
    ['format', OXFMT, '--check', '.'],
    ['lint', OXLINT],
    ['imports', 'tools/check-imports.ts'],
    ['unit tests', 'node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--reporter=dot'],
  ],
];

const results = await Promise.all(LANES.map(runLane));
process.exitCode = results.flat().every(Boolean) ? 0 : 1;

async function runLane(lane: (typeof LANES)[number]): Promise<boolean[]> {
  const passed: boolean[] = [];
  for (const [name, ...args] of lane) passed.push(await runStep(name, args));
  return passed;
}

async function runStep(name: string, args: readonly string[]): Promise<boolean> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)\n`);
  if (code !== 0) process.stdout.write(`${out}${err}\n`);
  return code === 0;
}
