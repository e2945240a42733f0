import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { copyEmbeddedTemplate } from '../../test/support/database.ts';
import type { FillingJobs, Resync } from '../sides/filling-process.ts';
import { expectSeen, startProvider, type Provider } from '../support/provider.ts';
import type { Bench, Row } from '../support/row.ts';
import { startSide } from '../support/side.ts';
import { median, medianRatio } from '../support/statistics.ts';

const MIB = 1024 * 1024;
/** As often as there are rounds, but no longer than this: a look at 100,000 events that takes long is known after one. */
const RESYNC_WITHIN_MS = 60_000;
/** Memory varies little, and five fillings of the large calendar would take a quarter of an hour. */
const FILLINGS = 1;

interface Round {
  large: number;
  small: number;
  /** `null`: left out, for a look. */
  smallAgain: number | null;
}

/** Memory of a first filling by its size, and what it costs to look again at a calendar in which nothing has changed. */
export async function filling({ quick, rounds, say }: Bench): Promise<Row[]> {
  const [large, small] = quick ? [4_000, 1_000] : [100_000, 10_000];
  const provider = await startProvider();
  const [ofLarge, ofSmall] = await Promise.all([prepare(provider, large), prepare(provider, small)]);
  const templates = { large: ofLarge, small: ofSmall };
  const peaks: Round[] = [];
  const resyncs: Resync[] = [];
  let writes = 0;
  for (let at = 0; at < FILLINGS; at += 1) {
    const isLast = at === FILLINGS - 1;
    peaks.push({
      small: await fill(templates.small, small),
      large: await fill(templates.large, large, isLast),
      smallAgain: quick ? null : await fill(templates.small, small),
    });
  }
  await provider.side.close();
  for (const folder of Object.values(templates)) fs.rmSync(folder, { recursive: true, force: true });
  return rows();

  async function fill(template: string, events: number, thenResync = false): Promise<number> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'valclean-bench-'));
    fs.cpSync(template, folder, { recursive: true, mode: fs.constants.COPYFILE_FICLONE });
    const side = startSide<FillingJobs>('filling-process.ts');
    await side.call('open', { folder, providerUrl: provider.url, mostLooks: quick ? 6 : 40 });
    const { peakBytes, tookMs } = await side.call('fill');
    expectSeen(await provider.side.call('finish'), { inserted: events });
    say(`${events} events in ${(tookMs / 1000).toFixed(1)} s, ${(peakBytes / MIB).toFixed(0)} MiB`);
    const begun = performance.now();
    while (thenResync && resyncs.length < rounds && performance.now() - begun < RESYNC_WITHIN_MS) {
      resyncs.push(await side.call('resync'));
      const { inserted, updated, deleted } = await provider.side.call('finish');
      writes += inserted + updated + deleted;
    }
    await side.close();
    fs.rmSync(folder, { recursive: true, force: true });
    return peakBytes;
  }

  function rows(): Row[] {
    const again = peaks.flatMap(({ smallAgain, small: theirs }) =>
      smallAgain === null ? [] : [{ ours: smallAgain, theirs }],
    );
    const databaseMs = resyncs.map((one) => one.databaseMs);
    const took = `${(median(resyncs.map((one) => one.tookMs)) / 1000).toFixed(1)} s in all, ${resyncs.length} times`;
    const mib = (which: 'large' | 'small'): string =>
      `${(median(peaks.map((one) => one[which])) / MIB).toFixed(0)} MiB`;
    return [
      {
        name: `provider writes of an unchanged re-sync of ${large.toLocaleString('en')} events`,
        goal: { atMost: 0 },
        value: writes,
        control: null,
        note: took,
      },
      {
        name: 'its database time',
        goal: { atMost: 50 },
        unit: 'ms',
        value: median(databaseMs),
        control: (databaseMs[0] ?? Number.NaN) / (databaseMs.at(-1) ?? Number.NaN),
        note: 'as the database counts it (pg_stat_database)',
      },
      {
        name: `peak memory, backfill of ${large.toLocaleString('en')} events ÷ of ${small.toLocaleString('en')}`,
        goal: { atMost: 1.15 },
        value: medianRatio(peaks.map((one) => ({ ours: one.large, theirs: one.small }))),
        control: again.length > 0 ? medianRatio(again) : null,
        note: `${mib('large')} ÷ ${mib('small')}; the process with its database`,
      },
    ];
  }
}

/** @returns a folder with a company of that many appointments, whose administrator has not connected yet */
async function prepare(provider: Provider, appointments: number): Promise<string> {
  const folder = await copyEmbeddedTemplate();
  const side = startSide<FillingJobs>('filling-process.ts');
  await side.call('prepare', { folder, providerUrl: provider.url, appointments });
  await side.close();
  return folder;
}
