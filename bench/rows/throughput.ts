import type { BareJobs } from '../sides/bare-process.ts';
import type { SeedJobs } from '../sides/seed-process.ts';
import type { WorkerJobs } from '../sides/worker-process.ts';
import { cpuPerEvent, perSecond, type Effort } from '../support/effort.ts';
import { expectSeen, startProvider, type Provider } from '../support/provider.ts';
import type { Bench, Row } from '../support/row.ts';
import { startSide, type Side } from '../support/side.ts';
import { median, medianRatio } from '../support/statistics.ts';

/** As many accounts as the worker serves at once, and as many requests as the bare client has under way. */
const AT_ONCE = 64;
const LATENCY_MS = 100;

interface Sides {
  provider: Provider;
  worker: Side<WorkerJobs>;
  bare: Side<BareJobs>;
  seed: Side<SeedJobs>;
}

/** One round of all sides; `again` is the peer measured a second time, for the control. */
interface Round {
  ours: Effort;
  bare: Effort;
  bareAgain: Effort;
  seed: Effort;
  seedAgain: Effort;
}

/**
 * Delivered events per second and CPU time per event: the whole way from a due link to its recorded outcome, against the
 * bare HTTP client and Google's own. Many accounts with one event each: no call can be saved by a batch.
 */
export async function throughput({ quick, rounds, say }: Bench): Promise<Row[]> {
  const people = quick ? 384 : 1920;
  const provider = await startProvider();
  const sides: Sides = {
    provider,
    worker: startSide<WorkerJobs>('worker-process.ts'),
    bare: startSide<BareJobs>('bare-process.ts'),
    seed: startSide<SeedJobs>('seed-process.ts'),
  };
  await sides.worker.call('open', { providerUrl: provider.url, people });
  say(`delivering ${people} events a round`);
  await round(sides, { latencyMs: 0, people, bare: people, seed: 50 }); // everybody warms up
  const slow: Round[] = [];
  const fast: Round[] = [];
  for (let at = 0; at < rounds; at += 1) {
    slow.push(await round(sides, { latencyMs: LATENCY_MS, people, bare: people, seed: quick ? 10 : 20 }));
    fast.push(await round(sides, { latencyMs: 0, people, bare: 10 * people, seed: quick ? 100 : 300 }));
  }
  for (const side of [sides.worker, sides.bare, sides.seed, provider.side]) await side.close();
  return rows(slow, fast);
}

async function round(
  { provider, worker, bare, seed }: Sides,
  load: { latencyMs: number; people: number; bare: number; seed: number },
): Promise<Round> {
  const { url, side } = provider;
  await side.call('behave', { latencyMs: load.latencyMs });
  const ours = await worker.call('deliver', { each: 1 });
  const sample = await side.call('lastInsert');
  expectSeen(await side.call('finish'), { inserted: load.people, requests: load.people, atOnce: AT_ONCE });
  const sendBare = async (): Promise<Effort> => {
    const effort = await bare.call('send', { url, sample, count: load.bare, atOnce: AT_ONCE });
    expectSeen(await side.call('finish'), { inserted: load.bare, requests: load.bare, atOnce: AT_ONCE });
    return effort;
  };
  const { id: _, ...event } = JSON.parse(sample.body) as { id: string };
  const sendSeed = async (): Promise<Effort> => {
    const effort = await seed.call('insert', { url, event, count: load.seed });
    expectSeen(await side.call('finish'), { inserted: load.seed, requests: load.seed, atOnce: 1 });
    return effort;
  };
  const [bareFirst, bareAgain] = [await sendBare(), await sendBare()];
  const [seedFirst, seedAgain] = [await sendSeed(), await sendSeed()];
  return { ours, bare: bareFirst, bareAgain, seed: seedFirst, seedAgain };
}

type Peer = 'bare' | 'seed';

function rows(slow: readonly Round[], fast: readonly Round[]): Row[] {
  const compare = (
    rounds: readonly Round[],
    peer: Peer,
    figure: (effort: Effort) => number,
  ): Pick<Row, 'value' | 'control'> => ({
    value: medianRatio(rounds.map((one) => ({ ours: figure(one.ours), theirs: figure(one[peer]) }))),
    control: medianRatio(rounds.map((one) => ({ ours: figure(one[peer]), theirs: figure(one[`${peer}Again`]) }))),
  });
  const rate = (rounds: readonly Round[], which: 'ours' | Peer): string =>
    `${median(rounds.map((one) => perSecond(one[which]))).toFixed(0)}/s`;
  const cpu = (rounds: readonly Round[], which: 'ours' | Peer): string =>
    `${(median(rounds.map((one) => cpuPerEvent(one[which]))) * 1000).toFixed(0)} µs`;
  return [
    {
      name: 'events/s ÷ bare undici, 64 at once, 100 ms',
      goal: { atLeast: 0.97 },
      ...compare(slow, 'bare', perSecond),
      note: `${rate(slow, 'ours')} ÷ ${rate(slow, 'bare')}`,
    },
    {
      name: 'events/s ÷ bare undici, 64 at once, 0 ms',
      goal: { atLeast: 0.65 },
      ...compare(fast, 'bare', perSecond),
      note: `${rate(fast, 'ours')} ÷ ${rate(fast, 'bare')}`,
    },
    {
      name: 'CPU per event ÷ bare undici, 0 ms',
      goal: { atMost: 1.4 },
      ...compare(fast, 'bare', cpuPerEvent),
      note: `${cpu(fast, 'ours')} ÷ ${cpu(fast, 'bare')}; ours includes the database`,
    },
    {
      name: 'events/s ÷ @googleapis/calendar one by one, 100 ms',
      goal: { atLeast: 60 },
      ...compare(slow, 'seed', perSecond),
      note: `${rate(slow, 'ours')} ÷ ${rate(slow, 'seed')}`,
    },
    {
      name: 'CPU per event ÷ @googleapis/calendar, 0 ms',
      goal: { atMost: 1 / 10 },
      ...compare(fast, 'seed', cpuPerEvent),
      note: `${cpu(fast, 'ours')} ÷ ${cpu(fast, 'seed')}`,
    },
  ];
}
