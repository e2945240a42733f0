import fs from 'node:fs';
import process from 'node:process';
import { HOUR } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { linkAccount } from '../../src/use-cases/calendar/link-account.ts';
import { syncNow } from '../../src/use-cases/calendar/sync-now.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { addAppointments, addPeople, addService, settleTables } from '../support/company.ts';
import { openProduct, type Product, type RunningWorker } from '../support/product.ts';
import { serveSide } from '../support/side.ts';

/* One calendar with a great many events: an administrator connects, and later looks again at everything. */

const LOOK_EVERY_MS = 500;
const FEWEST_LOOKS = 6;
const AT_REST_BYTES = 2 * 1024 * 1024;
/** The orders that the appointments come from. */
const CUSTOMERS = 100;

let product: Product | null = null;
let worker: RunningWorker | null = null;

export interface Resync {
  /** What the database says that it was at work, in milliseconds. */
  databaseMs: number;
  /** From pressing "sync now" until nothing is left to look at. */
  tookMs: number;
}

const jobs = {
  /** Makes a company of that many appointments in a folder that holds a migrated database, and closes it again. */
  async prepare({ folder, providerUrl, appointments }: { folder: string; providerUrl: string; appointments: number }) {
    const company = await openProduct({ kind: 'embedded', dataDir: folder }, providerUrl);
    const serviceId = await addService(company);
    await addPeople(company, 'admin', 1);
    const customers = await addPeople(company, 'customer', CUSTOMERS);
    for (let made = 0; made < appointments; made += 10 * CUSTOMERS)
      await addAppointments(company, serviceId, customers, 10);
    await settleTables(company);
    await company.close();
  },

  /** `mostLooks`: half seconds that it has to come to rest. */
  async open(job: { folder: string; providerUrl: string; mostLooks: number }): Promise<void> {
    const { folder, providerUrl, mostLooks } = job;
    product = await openProduct({ kind: 'embedded', dataDir: folder }, providerUrl);
    worker = await product.startWorker();
    await forgetStart(mostLooks);
  },

  /** The administrator connects. @returns the peak of the process's memory from then until all is delivered, in bytes */
  async fill(): Promise<{ peakBytes: number; tookMs: number }> {
    const { context } = opened();
    const admin = await administrator();
    const begun = performance.now();
    const tokens = {
      ...{ accessToken: 'token-admin', refreshToken: 'refresh-admin' },
      ...{ accessExpiresAt: new Date(Date.now() + 12 * HOUR), refreshExpiresAt: null },
    };
    const grant = { tokens, accountId: 'admin', accountEmail: 'admin@gmail.example', scopes: ['calendar'] };
    const wanted = { userId: admin.id, provider: 'google' as const, calendarKind: 'primary' as const };
    await linkAccount(context, wanted, grant, AbortSignal.timeout(60_000));
    await quiet();
    return { peakBytes: peakBytes(), tookMs: performance.now() - begun };
  },

  /** The administrator presses "sync now", and nothing has changed. */
  async resync(): Promise<Resync> {
    const { context } = opened();
    const admin = await administrator();
    const before = await databaseMs();
    const begun = performance.now();
    await syncNow(context, admin);
    await quiet();
    return { tookMs: performance.now() - begun, databaseMs: (await databaseMs()) - before };
  },
};

export type FillingJobs = typeof jobs;

function opened(): Product {
  if (!product) throw new Error('open first');
  return product;
}

async function administrator(): Promise<Caller> {
  const found = await sql<{ id: number }>`select id from users where role = 'admin'`.execute(opened().database.db);
  return { id: found.rows[0]?.id ?? 0, role: 'admin' };
}

/**
 * Begins to watch the memory anew, once the process has come to rest after its start: making the database's machine code
 * takes several times the memory that is needed ever after.
 */
async function forgetStart(mostLooks: number): Promise<void> {
  let before = Infinity;
  for (let look = 0; look < mostLooks; look += 1) {
    await new Promise((resolve) => void setTimeout(resolve, LOOK_EVERY_MS));
    const now = process.memoryUsage.rss();
    if (look >= FEWEST_LOOKS && Math.abs(before - now) < AT_REST_BYTES) break;
    before = now;
  }
  // Documented in proc_pid_clear_refs(5): 5 resets the peak to the present.
  fs.writeFileSync('/proc/self/clear_refs', '5');
}

/** The most memory that was in use since `forgetStart`, as the kernel counts it. */
function peakBytes(): number {
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

/** Resolves when the worker rests and no calendar is behind. */
async function quiet(): Promise<void> {
  do await worker?.idle();
  while ((await opened().unfinished()) > 0);
}

/** Time that the database has spent on statements since it was opened, by its own count. */
async function databaseMs(): Promise<number> {
  const { db } = opened().database;
  // The count reaches the view only with the next flush; the statement that asks for it is counted with the next ones.
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const found = await sql<{ ms: number }>`
    select active_time::float8 as ms from pg_stat_database where datname = current_database()`.execute(db);
  return found.rows[0]?.ms ?? Number.NaN;
}

serveSide(jobs, async () => {
  await worker?.stop();
  await product?.close();
});
