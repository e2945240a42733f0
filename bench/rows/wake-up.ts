import type { OfficeJobs } from '../sides/office-process.ts';
import { waits } from '../support/waits.ts';
import { startProvider } from '../support/provider.ts';
import type { Bench, Row } from '../support/row.ts';
import { startSide } from '../support/side.ts';
import { median, percentile } from '../support/statistics.ts';

/** An order at a time: the next is confirmed when all is quiet again. */
const EVERY_MS = 60;
const PEOPLE = 40;

/** From the commit of an order to the request at the provider, for each of the three people whom it concerns. */
export async function wakeUp({ quick, rounds, say }: Bench): Promise<Row[]> {
  const provider = await startProvider();
  const office = startSide<OfficeJobs>('office-process.ts');
  await office.call('open', { providerUrl: provider.url, people: PEOPLE });
  await provider.side.call('behave', { mode: 'up', latencyMs: 0 });
  const count = quick ? 25 : 100;
  say(`${count} orders a round`);
  const series: number[][] = [];
  // One more for the control, in front of which everybody warms up.
  for (let at = -1; at <= rounds; at += 1) {
    await provider.side.call('record');
    const { deeds } = await office.call('confirm', { team: 'on', count, everyMs: EVERY_MS, visits: 1 });
    await office.call('settle');
    if (at >= 0) series.push(waits(deeds, await provider.side.call('arrivals'), 'POST', 'committedAt'));
  }
  await office.close();
  await provider.side.close();
  return rows(series);
}

function rows(series: readonly number[][]): Row[] {
  const row = (percent: number, most: number): Row => {
    const each = series.map((one) => percentile(one, percent));
    return {
      name: `commit → request at the provider, p${percent}`,
      goal: { atMost: most },
      unit: 'ms',
      value: median(each.slice(1)),
      control: (each[0] ?? Number.NaN) / median(each.slice(1)),
      note: `${series.slice(1).flat().length} requests of ${series.length - 1} rounds`,
    };
  };
  return [row(50, 2), row(99, 10)];
}
