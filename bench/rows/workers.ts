import os from 'node:os';
import { openPostgresTestDatabase } from '../../test/support/database.ts';
import { startTemporaryPostgres } from '../../test/support/postgres-server.ts';
import type { ServingJobs } from '../sides/serving-process.ts';
import { addAppointments, addPeople, addService, connectPeople, mark, settleTables } from '../support/company.ts';
import { openProduct, type Product } from '../support/product.ts';
import { expectSeen, startProvider, type Provider } from '../support/provider.ts';
import type { Bench, Row } from '../support/row.ts';
import { startSide, type Side } from '../support/side.ts';
import { median, medianRatio } from '../support/statistics.ts';

const LATENCY_MS = 100;
const MOST_WORKERS = 4;
const LOOK_EVERY_MS = 10;

/** How much more four worker processes deliver than one, on PostgreSQL: accounts with one event each, as in `throughput`. */
export async function workers({ quick, rounds, say }: Bench): Promise<Row[]> {
  const server = await startTemporaryPostgres();
  if (!server) {
    say('left out: the programs of PostgreSQL are not on this machine');
    return [];
  }
  const people = quick ? 300 : 1200;
  const provider = await startProvider();
  await provider.side.call('behave', { latencyMs: LATENCY_MS });
  const { database: unused, location, close } = await openPostgresTestDatabase(server.url);
  await unused.close();
  const product = await openProduct(location, provider.url);
  const serviceId = await addService(product);
  const customers = await addPeople(product, 'customer', people);
  await connectPeople(product, customers);
  await settleTables(product);
  const databaseUrl = location.kind === 'postgres' ? location.url : '';
  const startWorker = async (): Promise<Side<ServingJobs>> => {
    const side = startSide<ServingJobs>('serving-process.ts');
    await side.call('open', { databaseUrl, providerUrl: provider.url });
    return side;
  };
  say(`${people} events for 1 and for ${MOST_WORKERS} workers a round`);
  const rates: { one: number; four: number; oneAgain: number }[] = [];
  const running = [await startWorker()];
  const deliver = (): Promise<number> => deliverAll(product, provider, serviceId, customers);
  await deliver();
  for (let at = 0; at < rounds; at += 1) {
    const one = await deliver();
    const oneAgain = await deliver();
    running.push(...(await Promise.all(Array.from({ length: MOST_WORKERS - 1 }, startWorker))));
    rates.push({ one, oneAgain, four: await deliver() });
    await Promise.all(running.splice(1).map((extra) => extra.close()));
  }
  for (const left of running) await left.close();
  await product.close();
  await provider.side.close();
  await close();
  await server.stop();
  const rate = (which: 'one' | 'four'): string => `${median(rates.map((one) => one[which])).toFixed(0)}/s`;
  return [
    {
      name: `events/s of ${MOST_WORKERS} workers ÷ of 1, PostgreSQL, 100 ms`,
      goal: { atLeast: 3.8 },
      value: medianRatio(rates.map(({ four, one }) => ({ ours: four, theirs: one }))),
      control: medianRatio(rates.map(({ oneAgain, one }) => ({ ours: oneAgain, theirs: one }))),
      note: `${rate('four')} ÷ ${rate('one')}; all on ${os.availableParallelism()} cores`,
    },
  ];
}

/** @returns events per second, from the commit that marks them until the last one is recorded */
async function deliverAll(
  product: Product,
  provider: Provider,
  serviceId: number,
  customers: readonly number[],
): Promise<number> {
  const appointments = await addAppointments(product, serviceId, customers);
  await mark(product, appointments);
  const begun = performance.now();
  while ((await product.unfinished()) > 0) await new Promise((resolve) => void setTimeout(resolve, LOOK_EVERY_MS));
  const tookMs = performance.now() - begun;
  expectSeen(await provider.side.call('finish'), { inserted: customers.length });
  return (customers.length / tookMs) * 1000;
}
