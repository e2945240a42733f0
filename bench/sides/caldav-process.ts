import fs from 'node:fs';
import { copyEmbeddedTemplate } from '../../test/support/database.ts';
import { addAppointments, addPeople, addService, settleTables } from '../support/company.ts';
import { measure, type Effort } from '../support/effort.ts';
import { openProduct, type Product } from '../support/product.ts';
import { serveSide } from '../support/side.ts';
import { connectWithLogin } from '../../src/use-cases/calendar/connect-with-login.ts';
import type { Login } from '../../src/sync/login.ts';
import { sql } from '../../src/db/sql.ts';

/* The full worker on the embedded database, which fills a calendar on a CalDAV server. */

let folder = '';
let product: Product;
let serviceId = 0;

const jobs = {
  async open(): Promise<void> {
    folder = await copyEmbeddedTemplate();
    product = await openProduct({ kind: 'embedded', dataDir: folder }, 'http://127.0.0.1:9');
    serviceId = await addService(product);
  },
  /**
   * A customer with so many appointments connects an account, while the worker runs. How long it takes from the moment at
   * which the worker is woken until the last outcome is recorded.
   */
  async fill({ login, events }: { login: Login; events: number }): Promise<Effort> {
    const [id = 0] = await addPeople(product, 'customer', 1);
    await addAppointments(product, serviceId, [id], events);
    await settleTables(product);
    const worker = product.makeWorker();
    worker.run();
    await worker.sweep();
    const caller = { id, role: 'customer' } as const;
    const wanted = { provider: 'caldav', login, calendar: 'primary', calendarId: null } as const;
    await connectWithLogin(product.context, caller, wanted);
    const found = await sql<{ id: number }>`select id from connections where user_id = ${id}`.execute(
      product.database.db,
    );
    const effort = await measure(events, async () => {
      worker.wake(found.rows.map((row) => row.id));
      do await worker.idle();
      while ((await product.unfinished()) > 0);
    });
    await worker.stop();
    return effort;
  },
};

export type CaldavJobs = typeof jobs;

serveSide(jobs, async () => {
  await product.close();
  fs.rmSync(folder, { recursive: true, force: true });
});
