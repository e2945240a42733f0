import fs from 'node:fs';
import process from 'node:process';
import { auth, calendar } from '@googleapis/calendar';
import { copyEmbeddedTemplate } from '../../test/support/database.ts';
import { DAY, HOUR } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { confirmOrder } from '../../src/use-cases/confirm-order.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import {
  addAppointments,
  addPendingOrders,
  addPeople,
  addService,
  connectPeople,
  mark,
  settleTables,
  tokenOf,
  type Account,
} from '../support/company.ts';
import { openProduct, type Product, type RunningWorker } from '../support/product.ts';
import { serveSide } from '../support/side.ts';

/* The office at work: orders are confirmed while the worker runs, on the embedded database. */

/** A weekly order of five visits concerns customer, staff and manager: 15 events. */
const VISITS = 5;
export const EVENTS_OF_AN_ORDER = 3 * VISITS;
const MANAGERS = 4;

/** People who order and work; `off` has its sync switched off, everything else being equal. */
interface Team {
  customers: number[];
  staff: number[];
}

/** What a person did, on the machine's monotonic clock, in milliseconds. */
export interface Deed {
  begunAt: number;
  committedAt: number;
  /** Tokens of the accounts that it concerns. */
  tokens: string[];
}

export interface Confirmed {
  deeds: Deed[];
  errors: number;
}

let folder = '';
let product: Product;
let worker: RunningWorker;
let serviceId = 0;
let admin: Caller;
let teams: Record<'on' | 'off', Team>;
let accountOf: Map<number, Account>;
let ordered = 0;

const jobs = {
  async open({ providerUrl, people }: { providerUrl: string; people: number }): Promise<void> {
    folder = await copyEmbeddedTemplate();
    product = await openProduct({ kind: 'embedded', dataDir: folder }, providerUrl);
    serviceId = await addService(product);
    const [adminId = 0] = await addPeople(product, 'admin', 1);
    admin = { id: adminId, role: 'admin' };
    teams = { on: await hire(people), off: await hire(people) };
    const connected = await sql<{ id: number }>`select id from users where role <> 'admin' order by id`.execute(
      product.database.db,
    );
    const accounts = await connectPeople(
      product,
      connected.rows.map((row) => row.id),
    );
    accountOf = new Map(accounts.map((account) => [account.userId, account]));
    const { customers, staff } = teams.off;
    await sql`
      update users set calendar_sync_enabled = false
       where id = any(${[...customers, ...staff]}::bigint[])
          or id in (select manager_id from users where id = any(${staff}::bigint[]))`.execute(product.database.db);
    await settleTables(product);
    worker = await product.startWorker();
  },

  /**
   * Confirms orders one after another, one begun every `everyMs`: `count` of them, or as many as come until a backfill is
   * through. `visits` of one are a single appointment.
   */
  async confirm(job: {
    team: 'on' | 'off';
    count: number;
    everyMs: number;
    visits?: number;
    duringBackfill?: boolean;
  }): Promise<Confirmed> {
    const orders = await order(job.team, job.count, job.visits ?? VISITS);
    const deeds: Deed[] = [];
    let errors = 0;
    for await (const { id, people } of atIntervals(orders, job.everyMs)) {
      if (job.duringBackfill && deeds.length % 10 === 9 && (await isBackfilled())) break;
      const begunAt = monotonicMs();
      try {
        await confirmOrder(product.context, admin, id);
        deeds.push({ begunAt, committedAt: monotonicMs(), tokens: people.map(tokenOfPerson) });
      } catch {
        errors += 1;
      }
    }
    return { deeds, errors };
  },

  /** Confirms and then inserts each event by Google's client before it answers, as one does at first. @returns milliseconds */
  async confirmAndInsert({ url, count }: { url: string; count: number }): Promise<number[]> {
    const client = new auth.OAuth2('client', 'secret');
    client.setCredentials({ access_token: 'token-of-somebody', expiry_date: Date.now() + HOUR });
    const api = calendar({ version: 'v3', auth: client, rootUrl: `${url}/` });
    const took: number[] = [];
    for (const { id } of await order('off', count, VISITS)) {
      const begunAt = monotonicMs();
      const { appointments } = await confirmOrder(product.context, admin, id);
      for (const { view } of appointments) {
        for (let reader = 0; reader < EVENTS_OF_AN_ORDER / VISITS; reader += 1) {
          const dateTime = (at: Date): { dateTime: string } => ({ dateTime: at.toISOString() });
          const requestBody = {
            summary: view.service.name,
            start: dateTime(view.startsAt),
            end: dateTime(view.endsAt),
          };
          await api.events.insert({ calendarId: 'primary', requestBody });
        }
      }
      took.push(monotonicMs() - begunAt);
    }
    return took;
  },

  /** New accounts with many appointments each, all due at once. @returns how many events */
  async beginBackfill({ accounts, each }: { accounts: number; each: number }): Promise<number> {
    const customers = await addPeople(product, 'customer', accounts);
    const appointments = await addAppointments(product, serviceId, customers, each);
    await connectPeople(product, customers);
    await settleTables(product);
    await mark(product, appointments, 1);
    return appointments.length;
  },

  /** Resolves when every calendar is as it should be; accounts that back off are let in again. */
  async settle(): Promise<void> {
    do {
      await sql`update connections set not_before = null, attempts = 0 where not_before is not null`.execute(
        product.database.db,
      );
      await sql`update links set due_at = now() where dirty and due_at > now()`.execute(product.database.db);
      await worker.worker.sweep();
      await worker.worker.idle();
    } while ((await product.unfinished()) > 0);
  },
};

export type OfficeJobs = typeof jobs;

async function hire(people: number): Promise<Team> {
  const managers = await addPeople(product, 'manager', MANAGERS);
  return {
    customers: await addPeople(product, 'customer', people),
    staff: await addPeople(product, 'staff', people, managers),
  };
}

interface PlacedOrder {
  id: number;
  /** Whom it concerns. */
  people: number[];
}

/** Pending orders, at times at which nobody of the team is busy. */
async function order(team: 'on' | 'off', count: number, visits: number): Promise<PlacedOrder[]> {
  const { customers, staff } = teams[team];
  const managerOf = await managersOf(staff);
  const wishes = Array.from({ length: count }, () => {
    ordered += 1;
    const day = new Date(Date.now() + (2 + (ordered % 5)) * DAY).toISOString().slice(0, 10);
    const hour = String(6 + (Math.floor(ordered / staff.length) % 16)).padStart(2, '0');
    return {
      customerId: customers[ordered % customers.length] ?? 0,
      staffId: staff[ordered % staff.length] ?? 0,
      startsWall: `${day}T${hour}:00:00`,
    };
  });
  const rrule = visits > 1 ? `FREQ=WEEKLY;COUNT=${visits}` : null;
  const ids = await addPendingOrders(product, serviceId, wishes, rrule);
  return wishes.map(({ customerId, staffId }, at) => ({
    id: ids[at] ?? 0,
    people: [customerId, staffId, managerOf.get(staffId) ?? 0],
  }));
}

async function managersOf(staff: readonly number[]): Promise<Map<number, number>> {
  const found = await sql<{ id: number; manager: number }>`
    select id, manager_id as manager from users where id = any(${[...staff]}::bigint[])`.execute(product.database.db);
  return new Map(found.rows.map((row) => [row.id, row.manager]));
}

async function isBackfilled(): Promise<boolean> {
  const found = await sql`select from links where dirty and priority = 1 limit 1`.execute(product.database.db);
  return found.rows.length === 0;
}

function tokenOfPerson(id: number): string {
  return tokenOf(accountOf.get(id)?.connectionId ?? 0);
}

/** On the clock that all processes of the machine share. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Hands out one each `everyMs`; when one takes longer, the next comes at once. */
async function* atIntervals<T>(items: readonly T[], everyMs: number): AsyncGenerator<T> {
  const begun = performance.now();
  for (const [at, item] of items.entries()) {
    const waitMs = begun + at * everyMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => void setTimeout(resolve, waitMs));
    yield item;
  }
}

serveSide(jobs, async () => {
  await worker.stop();
  await product.close();
  fs.rmSync(folder, { recursive: true, force: true });
});
