import type { Deed, OfficeJobs } from '../sides/office-process.ts';
import type { Mode } from '../sides/provider-process.ts';
import { startProvider, type Provider } from '../support/provider.ts';
import type { Bench, Row } from '../support/row.ts';
import { startSide, type Side } from '../support/side.ts';
import { median, medianRatio, percentile } from '../support/statistics.ts';

const LATENCY_MS = 100;
/** A confirmation every so often, 15 events each; the worker delivers meanwhile. */
const EVERY_MS = 40;
const PEOPLE = 40;
/** Of the peer's way, which takes so long, in each round. */
const SYNCHRONOUS = 2;

/** Milliseconds that confirmations took, by what was the case; `Again` for the control. */
interface Round {
  off: number[];
  offAgain: number[];
  up: number[];
  upAgain: number[];
  refused: number[];
  unavailable: number[];
  hanging: number[];
  seed: number[];
}

/** How long the office waits for the confirmation of an order of 15 events. */
export async function confirm({ quick, rounds, say }: Bench): Promise<Row[]> {
  const provider = await startProvider();
  const office = startSide<OfficeJobs>('office-process.ts');
  await office.call('open', { providerUrl: provider.url, people: PEOPLE });
  const count = quick ? 15 : 60;
  say(`${count} confirmations in each state a round`);
  await confirmAll(provider, office, 'up', 25);
  const measured: Round[] = [];
  for (let at = 0; at < rounds; at += 1) {
    await provider.side.call('behave', { mode: 'up', latencyMs: LATENCY_MS });
    const seed = await office.call('confirmAndInsert', { url: provider.url, count: SYNCHRONOUS });
    measured.push({
      seed,
      off: await confirmAll(provider, office, 'off', count),
      up: await confirmAll(provider, office, 'up', count),
      refused: await confirmAll(provider, office, 'refused', count),
      unavailable: await confirmAll(provider, office, 'unavailable', count),
      hanging: await confirmAll(provider, office, 'hanging', count),
      upAgain: await confirmAll(provider, office, 'up', count),
      offAgain: await confirmAll(provider, office, 'off', count),
    });
  }
  await office.close();
  await provider.side.close();
  return rows(measured);
}

/** Confirms with the provider in a state, or with sync off; afterwards all is delivered and rests. */
async function confirmAll(
  { side }: Provider,
  office: Side<OfficeJobs>,
  state: Mode | 'off',
  count: number,
): Promise<number[]> {
  const mode = state === 'off' ? 'up' : state;
  await side.call('behave', { mode, latencyMs: LATENCY_MS });
  const { deeds, errors } = await office.call('confirm', {
    team: state === 'off' ? 'off' : 'on',
    count,
    everyMs: EVERY_MS,
  });
  if (errors > 0) throw new Error(`${errors} of ${count} confirmations failed with the provider ${state}`);
  await side.call('behave', { mode: 'up' });
  await office.call('settle');
  await side.call('finish');
  return deeds.map(took);
}

function took({ begunAt, committedAt }: Deed): number {
  return committedAt - begunAt;
}

function rows(rounds: readonly Round[]): Row[] {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const all = (state: keyof Round): number[] => rounds.flatMap((round) => round[state]);
  const p50 = (a: keyof Round, b: keyof Round): number =>
    medianRatio(rounds.map((round) => ({ ours: median(round[a]), theirs: median(round[b]) })));
  const p99 = (state: keyof Round): number => percentile(all(state), 99);
  const halves = rounds.map(({ seed }) => ({
    ours: median(seed.slice(0, SYNCHRONOUS / 2)),
    theirs: median(seed.slice(SYNCHRONOUS / 2)),
  }));
  const broken = (['refused', 'unavailable', 'hanging'] as const).map((state) => ({
    name: `confirm p99, provider ${state} ÷ up`,
    goal: { atMost: 1.1 },
    value: p99(state) / p99('up'),
    control: p99('upAgain') / p99('up'),
    note: `${ms(p99(state))} ÷ ${ms(p99('up'))}, ${all(state).length} confirmations, no errors`,
  }));
  return [
    {
      name: 'confirm p50 ÷ with sync off',
      goal: { atMost: 1.15 },
      value: p50('up', 'off'),
      control: p50('offAgain', 'off'),
      note: `${ms(median(all('up')))} ÷ ${ms(median(all('off')))}, 15 events, worker running`,
    },
    {
      name: 'confirm p50 ÷ synchronous inserts, 15 events, 100 ms',
      goal: { atMost: 1 / 1000 },
      value: p50('up', 'seed'),
      control: medianRatio(halves),
      note: `${ms(median(all('up')))} ÷ ${ms(median(all('seed')))}`,
    },
    ...broken,
  ];
}
