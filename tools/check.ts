import { runProgram } from './run-program.ts';

/* Tells whether a change is good, in under a minute: format, lint, types, imports, unused things, unit tests. */

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
  const { passed, seconds, output } = await runProgram(args);
  process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)\n`);
  if (!passed) process.stdout.write(`${output}\n`);
  return passed;
}
