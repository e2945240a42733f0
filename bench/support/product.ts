import { createFeedWriter } from '../../src/providers/ics/feed-writer.ts';
import { Turns } from '../../src/use-cases/calendar/turns.ts';
import { Registry } from 'prom-client';
import { createCipher } from '../../src/base/cipher.ts';
import { createLogger } from '../../src/base/loggers.ts';
import { DAY, MINUTE, systemClock } from '../../src/base/time.ts';
import { openDatabase, type Database } from '../../src/db/database.ts';
import type { DatabaseLocation } from '../../src/db/options.ts';
import { sql } from '../../src/db/sql.ts';
import { OnCall } from '../../src/jobs/on-call.ts';
import { createProviders } from '../../src/providers/registry.ts';
import { MARKING_CHANNEL } from '../../src/store/mark-calendars.ts';
import { SYNC_CHANNEL, type WakeUp } from '../../src/store/mark-links.ts';
import { createBudgetStore } from '../../src/store/provider-budgets.ts';
import { createSyncStore } from '../../src/store/sync-store.ts';
import { AppBudget } from '../../src/sync/app-budget.ts';
import { Pacing } from '../../src/sync/pacing.ts';
import { SyncWorker } from '../../src/sync/worker.ts';
import { observeSync } from '../../src/sync-metrics.ts';
import type { CalendarContext } from '../../src/use-cases/calendar/context.ts';
import { eventSetting } from '../../src/use-cases/event-setting.ts';
import { markOn } from '../../src/use-cases/mark-on.ts';
import { loadZones } from '../../src/zones/zones.ts';

/** Seals the tokens of the bench's accounts, in every process alike. */
const TOKEN_KEY = { id: 'bench', bytes: Buffer.alloc(32, 7) };
/** The provider of the bench has no quota, and what Google's allows is Google's figure, not ours: 10,000 calls a second. */
const LIMITS = { accountPerMinute: 600_000, appPerMinute: 600_000 };
/** How often calendars are read back, as in the product. */
const POLL_MS = 5 * MINUTE;
const GOOGLE_CLIENT = { clientId: 'bench', clientSecret: 'bench-secret' };

/** The product's own parts in this process, joined as `src/app.ts` joins them. */
export interface Product {
  database: Database;
  context: CalendarContext;
  /** A worker as `app.ts` makes it; not running yet. */
  makeWorker(): SyncWorker;
  /** A worker that runs and hears of every commit. */
  startWorker(): Promise<RunningWorker>;
  /** Links that are not as they should be, and calendars that are still to be marked. */
  unfinished(): Promise<number>;
  close(): Promise<void>;
}

export interface RunningWorker {
  worker: SyncWorker;
  /** Resolves when no calendar is being marked and no account is being served. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Addresses of a provider at `url`, by the names of the product's settings. */
export function googleEnv(url: string): Record<string, string> {
  return {
    ...{ GOOGLE_AUTH_URL: `${url}/auth`, GOOGLE_TOKEN_URL: `${url}/token`, GOOGLE_REVOKE_URL: `${url}/revoke` },
    ...{ GOOGLE_JWKS_URL: `${url}/certs`, GOOGLE_ISSUER: url, GOOGLE_API_BASE_URL: url },
    ...{ GOOGLE_CLIENT_ID: GOOGLE_CLIENT.clientId, GOOGLE_CLIENT_SECRET: GOOGLE_CLIENT.clientSecret },
  };
}

export async function openProduct(location: DatabaseLocation, providerUrl: string): Promise<Product> {
  // Written nowhere, but worked out as in production.
  const logger = createLogger({ level: 'info', destination: { write: () => {} } });
  const database = await openDatabase({
    ...location,
    onFatal: (error) => {
      throw error;
    },
  });
  const clock = systemClock;
  const google = {
    clientId: GOOGLE_CLIENT.clientId,
    redirectUri: 'http://localhost:8000/api/calendar/google/callback/',
    ...{ authUrl: `${providerUrl}/auth`, tokenUrl: `${providerUrl}/token`, revokeUrl: `${providerUrl}/revoke` },
    ...{ jwksUrl: `${providerUrl}/certs`, issuer: providerUrl, apiBaseUrl: providerUrl },
    limits: LIMITS,
  };
  const zones = loadZones();
  const providers = createProviders(
    { google, outlook: null, caldavAllowPrivateNetworks: true },
    { googleClientSecret: GOOGLE_CLIENT.clientSecret, outlookClientSecret: null },
    { clock, logger, zones },
  );
  const access = new Map(providers.access);
  const caldav = access.get('caldav');
  if (caldav) access.set('caldav', { ...caldav, provider: { ...caldav.provider, limits: LIMITS } });
  const cipher = createCipher([TOKEN_KEY]);
  const settings = {
    ...{ businessName: 'VALClean', appUrl: 'http://localhost:3000' },
    ...{ syncHorizonDays: 365, overviewHorizonDays: 365 },
  };
  const context = {
    ...{ database, clock, zones, settings, cipher },
    providers: access,
    renderFile: () => '',
    feeds: { origin: settings.appUrl, writer: createFeedWriter(zones), turns: new Turns(clock) },
    mailDelivery: 'outbox' as const,
  };
  const observe = observeSync(new Registry(), logger);

  function makeWorker(): SyncWorker {
    return new SyncWorker({
      ...{ store: createSyncStore(database.background, cipher), clock, random: Math.random, pacing: new Pacing() },
      budget: new AppBudget(createBudgetStore(database.background.db, Math.random), clock),
      reading: { pollMs: POLL_MS, horizonMs: settings.syncHorizonDays * DAY },
      ...{ setting: eventSetting(context), providers: access, observe },
      onError,
    });
  }

  function onError(error: unknown): void {
    process.stderr.write(`the worker failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }

  return {
    ...{ database, context, makeWorker },
    async startWorker() {
      const worker = makeWorker();
      const unlisten = await database.listen(SYNC_CHANNEL, (payload) => {
        const { ids, urgent, at } = JSON.parse(payload) as WakeUp;
        worker.wake(ids, urgent, at === null ? null : new Date(at));
      });
      const marking = new OnCall((signal) => markOn({ ...context, database: database.background }, signal), onError);
      const unlistenMarking = await database.listen(MARKING_CHANNEL, () => marking.call());
      worker.run();
      const idle = async (): Promise<void> => {
        await marking.idle();
        await worker.idle();
      };
      const stop = async (): Promise<void> => {
        await unlisten();
        await unlistenMarking();
        await marking.stop();
        await worker.stop();
      };
      return { worker, idle, stop };
    },
    async unfinished() {
      const found = await sql<{ count: number }>`
        select ((select count(*) from links where dirty) + (select count(*) from markings))::int as count`.execute(
        database.db,
      );
      return found.rows[0]?.count ?? 0;
    },
    async close() {
      await providers.close();
      await database.close();
    },
  };
}
