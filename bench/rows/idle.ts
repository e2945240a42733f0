import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { copyEmbeddedTemplate } from '../../test/support/database.ts';
import type { DatabaseJobs } from '../sides/database-process.ts';
import { startWhole } from '../support/process.ts';
import { googleEnv } from '../support/product.ts';
import type { Bench, Row } from '../support/row.ts';
import { startSide } from '../support/side.ts';
import { median, medianRatio } from '../support/statistics.ts';

const MIB = 1024 * 1024;
/** Until then the process has settled after its start. */
const REST_MS = 3_000;

interface Idle {
  readyMs: number;
  restBytes: number;
  /** The most that was in use on the way. */
  peakBytes: number;
}

interface Round {
  product: Idle;
  productAgain: Idle;
  database: Idle;
}

/** The whole product with nothing to do (API, web, worker, embedded database), beside its database alone. */
export async function idle({ quick, rounds, say }: Bench): Promise<Row[]> {
  say('starting the product again and again');
  const folder = await copyEmbeddedTemplate();
  await startProduct(folder, 0); // makes the keys of a first start
  const measured: Round[] = [];
  const restMs = quick ? REST_MS / 3 : REST_MS;
  for (let at = 0; at < rounds; at += 1) {
    measured.push({
      product: await startProduct(folder, restMs),
      database: await startDatabase(folder, restMs),
      productAgain: await startProduct(folder, restMs),
    });
  }
  fs.rmSync(folder, { recursive: true, force: true });
  return rows(measured);
}

async function startProduct(folder: string, restMs: number): Promise<Idle> {
  const begun = performance.now();
  const child = await startWhole({
    ...googleEnv('http://127.0.0.1:9'),
    DATA_DIR: folder,
    PORT: '0',
    WEB_PORT: '0',
  });
  const readyMs = performance.now() - begun;
  await pause(restMs);
  const memory = memoryOf(child.pid);
  await child.stop();
  return { readyMs, ...memory };
}

async function startDatabase(folder: string, restMs: number): Promise<Idle> {
  const begun = performance.now();
  const side = startSide<DatabaseJobs>('database-process.ts');
  await side.call('open', { folder });
  const readyMs = performance.now() - begun;
  await pause(restMs);
  const memory = memoryOf(await side.call('pid'));
  await side.close();
  return { readyMs, ...memory };
}

/** The memory that a process has and had in use, as the kernel counts it. */
function memoryOf(pid: number): Pick<Idle, 'restBytes' | 'peakBytes'> {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
  return { restBytes: bytes('VmRSS'), peakBytes: bytes('VmHWM') };
}

function rows(rounds: readonly Round[]): Row[] {
  const row = (name: string, figure: keyof Idle, unit: string, scale: number): Row => {
    const of = (which: keyof Round): number[] => rounds.map((round) => round[which][figure] / scale);
    const pairs = rounds.map(({ product, productAgain }) => ({ ours: productAgain[figure], theirs: product[figure] }));
    return {
      ...{ name, goal: null, unit, value: median(of('product')), control: medianRatio(pairs) },
      note: `the embedded database alone: ${median(of('database')).toFixed(0)} ${unit}`,
    };
  };
  return [
    row('idle product: memory', 'restBytes', 'MiB', MIB),
    row('the same while it starts, at most', 'peakBytes', 'MiB', MIB),
    row('idle product: start to ready', 'readyMs', 'ms', 1),
  ];
}
