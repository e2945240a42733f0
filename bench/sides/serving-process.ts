import { openProduct, type Product, type RunningWorker } from '../support/product.ts';
import { serveSide } from '../support/side.ts';

/* One worker process of several on PostgreSQL: what `npm run worker` runs, with the provider's quota lifted. */

let product: Product | null = null;
let worker: RunningWorker | null = null;

const jobs = {
  async open({ databaseUrl, providerUrl }: { databaseUrl: string; providerUrl: string }): Promise<void> {
    product = await openProduct({ kind: 'postgres', url: databaseUrl }, providerUrl);
    worker = await product.startWorker();
  },
};

export type ServingJobs = typeof jobs;

serveSide(jobs, async () => {
  await worker?.stop();
  await product?.close();
});
