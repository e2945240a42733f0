import type { OfficeJobs } from '../sides/office-process.ts';
import { startProvider } from '../support/provider.ts';
import type { Bench, Row } from '../support/row.ts';
import { startSide } from '../support/side.ts';
import { percentile } from '../support/statistics.ts';
import { waits } from '../support/waits.ts';

const LATENCY_MS = 100;
const EVERY_MS = 60;
const PEOPLE = 40;
/** 40 accounts of 400 events: all of it wants to be done at once. */
const ACCOUNTS = 40;
/** More confirmations than fit into the time of one backfill. */
const MOST_DURING_ONE = 400;

/** How long it takes from confirming an appointment to its event in each calendar concerned, while others are being filled. */
export async function backfill({ quick, rounds, say }: Bench): Promise<Row[]> {
  const provider = await startProvider();
  const office = startSide<OfficeJobs>('office-process.ts');
  await office.call('open', { providerUrl: provider.url, people: PEOPLE });
  await provider.side.call('behave', { mode: 'up', latencyMs: LATENCY_MS });
  const each = quick ? 40 : 400;
  say(`${ACCOUNTS * each} events a round`);
  const confirm = async (count: number, duringBackfill: boolean): Promise<number[]> => {
    await provider.side.call('record');
    const job = { team: 'on', count, everyMs: EVERY_MS, visits: 1, duringBackfill } as const;
    const { deeds } = await office.call('confirm', job);
    await office.call('settle');
    return waits(deeds, await provider.side.call('arrivals'), 'POST', 'begunAt').map((wait) => wait + LATENCY_MS);
  };
  const count = quick ? 15 : 60;
  const series: Series = { idle: [], busy: [], idleAgain: [] };
  await confirm(count, false);
  for (let at = 0; at < rounds; at += 1) {
    series.idle.push(await confirm(count, false));
    await office.call('beginBackfill', { accounts: ACCOUNTS, each });
    series.busy.push(await confirm(MOST_DURING_ONE, true));
    series.idleAgain.push(await confirm(count, false));
    await provider.side.call('finish');
  }
  await office.close();
  await provider.side.close();
  return rows(series);
}

/** By round, in milliseconds. */
type Series = Record<'idle' | 'busy' | 'idleAgain', number[][]>;

function rows(series: Series): Row[] {
  const row = (percent: number, most: number): Row => {
    const figure = (which: keyof Series): number => percentile(series[which].flat(), percent);
    return {
      name: `confirmed → in the calendar, during a backfill ÷ idle, p${percent}`,
      goal: { atMost: most },
      value: figure('busy') / figure('idle'),
      control: figure('idleAgain') / figure('idle'),
      note: `${figure('busy').toFixed(0)} ms ÷ ${figure('idle').toFixed(0)} ms, ${series.busy.flat().length} events`,
    };
  };
  return [row(50, 1.05), row(99, 1.2)];
}
