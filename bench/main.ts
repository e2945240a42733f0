import os from 'node:os';
import { parseArgs } from 'node:util';
import { backfill } from './rows/backfill.ts';
import { caldav } from './rows/caldav.ts';
import { confirm } from './rows/confirm.ts';
import { feeds } from './rows/feeds.ts';
import { filling } from './rows/filling.ts';
import { idle } from './rows/idle.ts';
import { throughput } from './rows/throughput.ts';
import { wakeUp } from './rows/wake-up.ts';
import { workers } from './rows/workers.ts';
import { writer } from './rows/writer.ts';
import type { Bench, Row } from './support/row.ts';
import { renderTable } from './support/table.ts';

/* Measures the engine against goals and peers. See docs/performance.md. */

const GROUPS: Readonly<Record<string, (bench: Bench) => Promise<Row[]>>> = {
  throughput,
  confirm,
  'wake-up': wakeUp,
  backfill,
  filling,
  workers,
  writer,
  feeds,
  caldav,
  idle,
};

const USAGE = `Usage: npm run bench -- [--quick] [group …]
  --quick  one round and smaller sizes: a look, no evidence
  groups   ${Object.keys(GROUPS).join(', ')}; all of them when none is named
`;

process.exitCode = await main();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const wanted = positionals.length > 0 ? positionals : Object.keys(GROUPS);
  if (wanted.some((name) => !GROUPS[name])) {
    process.stderr.write(USAGE);
    return 2;
  }
  const begun = performance.now();
  const { quick } = values;
  const rows: Row[] = [];
  for (const name of wanted) {
    const since = performance.now();
    const say = (text: string): void => void process.stderr.write(`${name}: ${text}\n`);
    rows.push(...((await GROUPS[name]?.({ quick, rounds: quick ? 1 : 5, say })) ?? []));
    say(`${((performance.now() - since) / 1000).toFixed(0)} s`);
  }
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
  const [cpu] = os.cpus();
  process.stdout.write(
    `\n${renderTable(rows)}\n\n${quick ? 'QUICK: too few and too small to be evidence. ' : ''}` +
      `${minutes} minutes; Node ${process.version}, ${os.availableParallelism()} × ${cpu?.model.trim()}\n`,
  );
  return 0;
}
