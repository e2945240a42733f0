import fs from 'node:fs';
import { copyEmbeddedTemplate } from '../../test/support/database.ts';
import {
  addAppointments,
  addPeople,
  addService,
  connectPeople,
  mark,
  settleTables,
  type Account,
} from '../support/company.ts';
import { measure, type Effort } from '../support/effort.ts';
import { openProduct, type Product } from '../support/product.ts';
import { serveSide } from '../support/side.ts';

/* The full worker on the embedded database, with many accounts that have one event due each. */

let folder = '';
let product: Product;
let serviceId = 0;
let accounts: Account[] = [];

const jobs = {
  async open({ providerUrl, people }: { providerUrl: string; people: number }): Promise<void> {
    folder = await copyEmbeddedTemplate();
    product = await openProduct({ kind: 'embedded', dataDir: folder }, providerUrl);
    serviceId = await addService(product);
    accounts = await connectPeople(product, await addPeople(product, 'customer', people));
    await settleTables(product);
  },
  /** `each` new appointments for every account, and how long the worker takes from being woken to its last record. */
  async deliver({ each }: { each: number }): Promise<Effort> {
    const customers = accounts.map((account) => account.userId);
    await mark(product, await addAppointments(product, serviceId, customers, each));
    const worker = product.makeWorker();
    const effort = await measure(accounts.length * each, async () => {
      worker.run();
      worker.wake(accounts.map((account) => account.connectionId));
      await worker.idle();
    });
    await worker.stop();
    const unfinished = await product.unfinished();
    if (unfinished > 0) throw new Error(`${unfinished} of ${effort.events} events were not delivered`);
    return effort;
  },
};

export type WorkerJobs = typeof jobs;

serveSide(jobs, async () => {
  await product.close();
  fs.rmSync(folder, { recursive: true, force: true });
});
