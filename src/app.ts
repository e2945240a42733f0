import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Registry } from 'prom-client';
import { createCipher, type Cipher } from './base/cipher.ts';
import type { Logger } from './base/loggers.ts';
import { DAY, SECOND, systemClock, type Clock } from './base/time.ts';
import type { Config } from './config/config.ts';
import type { Secrets } from './config/secrets.ts';
import { openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import type { App as Api } from './http/route.ts';
import { readLogo } from './http/business-logo.ts';
import { createServer } from './http/server.ts';
import { createWeb } from './http/web.ts';
import { OnCall } from './jobs/on-call.ts';
import { Upkeep } from './jobs/upkeep.ts';
import { MailWorker } from './mail/mail-worker.ts';
import { createOutboxPost, OUTBOX } from './mail/outbox-post.ts';
import { senderOf, type Post } from './mail/post.ts';
import { createSmtpPost } from './mail/smtp-post.ts';
import { observeMails } from './mail-metrics.ts';
import { createProviders } from './providers/registry.ts';
import { renderCalendar } from './providers/ics/calendar.ts';
import { createFeedWriter } from './providers/ics/feed-writer.ts';
import { clearMailLeases, MAIL_CHANNEL } from './store/mails.ts';
import { MARKING_CHANNEL } from './store/mark-calendars.ts';
import { SYNC_CHANNEL, type WakeUp } from './store/mark-links.ts';
import { createBudgetStore } from './store/provider-budgets.ts';
import { PROVIDERS_CHANNEL } from './store/provider-settings.ts';
import { clearLeases, createSyncStore } from './store/sync-store.ts';
import { AppBudget } from './sync/app-budget.ts';
import { Pacing } from './sync/pacing.ts';
import { SyncWorker } from './sync/worker.ts';
import { observeSync } from './sync-metrics.ts';
import { SyncTally } from './sync-tally.ts';
import { troubleOf } from './trouble-words.ts';
import { upkeepTasks } from './upkeep-tasks.ts';
import { createAccessTokens } from './use-cases/accounts/access-tokens.ts';
import { ensureBootstrapAdmin } from './use-cases/accounts/ensure-bootstrap-admin.ts';
import { createPasswords } from './use-cases/accounts/passwords.ts';
import type { CalendarServices } from './use-cases/calendar/context.ts';
import type { UseCaseContext } from './use-cases/context.ts';
import { reprojectIfChanged } from './use-cases/calendar/reproject.ts';
import { Turns } from './use-cases/calendar/turns.ts';
import { OutcomeNotices } from './use-cases/live/outcome-notices.ts';
import { eventSetting } from './use-cases/event-setting.ts';
import { markOn } from './use-cases/mark-on.ts';
import { rederiveTimes } from './use-cases/rederive-times.ts';
import { loadZones } from './zones/zones.ts';

/** What one process does; `serve` does all of it. */
export interface Parts {
  api: boolean;
  /** Needs `api`. */
  web: boolean;
  worker: boolean;
}

export interface AppOptions {
  config: Config;
  secrets: Secrets;
  logger: Logger;
  parts: Parts;
  /** Folder of the built web app, absolute. */
  webRoot: string;
  clock?: Clock;
  /** The database has ended by itself: nothing can be done but to end the process. */
  onFatal: (error: Error) => void;
}

export interface RunningApp {
  /** Addresses that are listened on. */
  apiUrl: string | null;
  webUrl: string | null;
  /** Answers what is under way, gives leases back, closes the database. */
  stop(): Promise<void>;
}

/**
 * Builds and joins everything, and starts it. The only place where the parts meet.
 * @throws what keeps the start from succeeding, with a text for the operator; nothing is left running then
 */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    return { ...(await startParts(options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  options: AppOptions,
  stops: (() => Promise<unknown>)[],
): Promise<Pick<RunningApp, 'apiUrl' | 'webUrl'>> {
  const { config, secrets, logger, parts } = options;
  const clock = options.clock ?? systemClock;
  const database = await openDatabase({
    ...databaseLocation(config, secrets),
    onWarning: (message, details) => logger.warn(details, message),
    onFatal: options.onFatal,
  });
  stops.push(() => database.close());
  const applied = await migrate(database);
  if (applied.length > 0) logger.info({ applied }, 'database migrated');

  const registry = new Registry();
  const zones = loadZones();
  const { businessName, frontendUrl: appUrl, syncHorizonDays, overviewHorizonDays } = config;
  const settings = { businessName, appUrl, syncHorizonDays, overviewHorizonDays };
  const context: UseCaseContext = { database, clock, zones, settings };
  const providers = createProviders(config, secrets, { clock, zones, logger });
  stops.push(() => providers.close());
  const cipher = createCipher(secrets.tokenKeys);
  const heading = { name: businessName, timeZone: 'UTC' };
  const calendar: CalendarServices = {
    providers: providers.access,
    cipher,
    renderFile: (events) => renderCalendar('file', heading, events, zones),
    feeds: { origin: config.publicUrl ?? appUrl, writer: createFeedWriter(zones), turns: new Turns(clock) },
    mailDelivery: secrets.smtpUrl === null ? 'outbox' : 'server',
  };

  const pollMs = config.calendarPollSeconds * SECOND;
  if (parts.worker) stops.push(await startWorker({ context, calendar, cipher, logger, registry, pollMs }));
  if (parts.worker)
    stops.push(await startMail({ context, calendar, logger, registry, post: createPost(config, secrets) }));
  if (!parts.api) return { apiUrl: null, webUrl: null };

  const accounts = { passwords: createPasswords(), accessTokens: createAccessTokens(secrets.jwtSecret, clock) };
  await makeFirstAdmin({ ...context, ...accounts }, config, secrets, logger);
  const api = await createServer({
    ...{ context, accounts, calendar, logger, registry },
    metricsToken: secrets.metricsToken,
    fingerprintKey: secrets.fingerprintKey,
    trustedProxies: config.trustedProxies,
  });
  stops.push(() => api.close());
  const apiUrl = await api.listen({ port: config.port, host: config.host });
  const webUrl = parts.web ? await startWeb(options, api, stops) : null;
  return { apiUrl, webUrl };
}

/** Where the settings say that the data is. */
export function databaseLocation(
  config: Config,
  secrets: Secrets,
): { kind: 'embedded'; dataDir: string } | { kind: 'postgres'; url: string } {
  if (secrets.databaseUrl !== null) return { kind: 'postgres', url: secrets.databaseUrl };
  return { kind: 'embedded', dataDir: config.dataDir };
}

async function startWeb(
  { config, secrets, logger, webRoot }: AppOptions,
  api: Api,
  stops: (() => Promise<unknown>)[],
): Promise<string> {
  const { businessName: name, businessLogo } = config;
  const logo = businessLogo === null ? null : readLogo(businessLogo);
  const web = await createWeb({
    api,
    root: webRoot,
    business: { name, logo, isMailed: secrets.smtpUrl !== null },
    logger,
  });
  stops.push(() => web.close());
  await web.listen({ port: config.webPort, host: config.host });
  const { port } = web.server.address() as AddressInfo;
  return `http://${config.host}:${port}`;
}

interface WorkerParts {
  context: UseCaseContext;
  calendar: CalendarServices;
  cipher: Cipher;
  logger: Logger;
  registry: Registry;
  /** How often calendars are read back. */
  pollMs: number;
}

/** For work that no request waits for. */
function inBackground(context: UseCaseContext): UseCaseContext {
  return { ...context, database: context.database.background };
}

/** Starts the sync worker and the upkeep. @returns what ends them */
async function startWorker(parts: WorkerParts): Promise<() => Promise<void>> {
  const { calendar, cipher, logger, registry, pollMs } = parts;
  const context = inBackground(parts.context);
  const { database, clock } = context;
  const { syncHorizonDays, overviewHorizonDays } = context.settings;
  const onError = (error: unknown): void => logger.error({ err: error }, 'background work failed');
  // The embedded database has one owner: whoever held leases before is gone.
  if (database.engine === 'embedded') await clearLeases(database.db);
  const budget = new AppBudget(createBudgetStore(database.db, Math.random), clock);
  await budget.learnPauses();
  const tally = new SyncTally({ db: database.db, clock, onError });
  const measure = observeSync(registry, logger);
  const outcomes = new OutcomeNotices({ database, clock, onError });
  const worker = new SyncWorker({
    store: createSyncStore(database, cipher),
    clock,
    random: Math.random,
    pacing: new Pacing(),
    budget,
    reading: { pollMs, horizonMs: Math.max(syncHorizonDays, overviewHorizonDays) * DAY },
    setting: eventSetting(context),
    providers: calendar.providers,
    observe: (event) => {
      measure(event);
      tally.observe(event);
      outcomes.note(event);
    },
    onError,
  });
  const unlisten = await database.listen(SYNC_CHANNEL, (payload) => {
    const { ids, urgent, at } = JSON.parse(payload) as WakeUp;
    worker.wake(ids, urgent, at === null ? null : new Date(at));
  });
  const unlistenPauses = await database.listen(PROVIDERS_CHANNEL, async () => {
    await budget.learnPauses();
    worker.wake([]);
  });
  const marking = new OnCall((signal) => markOn(context, signal), onError);
  const unlistenMarking = await database.listen(MARKING_CHANNEL, () => marking.call());
  const upkeep = new Upkeep(database, clock, upkeepTasks(context), onError);
  const moved = await rederiveTimes(context);
  if (moved > 0)
    logger.warn({ appointments: moved, zones: context.zones.version }, 'newer time zone data: appointments moved');
  if (await reprojectIfChanged({ ...context, ...calendar }))
    logger.info('events look different now: all are looked at');
  worker.run();
  tally.run();
  upkeep.run();
  // What the last run of the program left unfinished.
  marking.call();
  return async () => {
    await Promise.all([unlisten(), unlistenPauses(), unlistenMarking()]);
    await Promise.all([worker.stop(), upkeep.stop(), marking.stop()]);
    await Promise.all([tally.stop(), outcomes.stop()]);
  };
}

/** Where mails go: to the mail server, or without one into a folder. */
function createPost(config: Config, { smtpUrl }: Secrets): Post {
  const sender = senderOf(config.mailFrom, config.businessName, config.frontendUrl);
  if (smtpUrl === null) return createOutboxPost(path.join(config.dataDir, OUTBOX), sender);
  return createSmtpPost(smtpUrl, sender);
}

interface MailParts {
  context: UseCaseContext;
  calendar: CalendarServices;
  logger: Logger;
  registry: Registry;
  post: Post;
}

/** Starts the mail worker. @returns what ends it */
async function startMail(parts: MailParts): Promise<() => Promise<void>> {
  const { calendar, logger, registry, post } = parts;
  const context = inBackground(parts.context);
  const { database, clock } = context;
  if (database.engine === 'embedded') await clearMailLeases(database.db);
  const worker = new MailWorker({
    db: database.db,
    clock,
    random: Math.random,
    post,
    desk: { ...context, ...calendar, troubleOf },
    observe: observeMails(registry, logger),
    onError: (error) => logger.error({ err: error }, 'background work failed'),
  });
  const unlisten = await database.listen(MAIL_CHANNEL, () => worker.wake());
  worker.run();
  return async () => {
    await unlisten();
    await worker.stop();
  };
}

async function makeFirstAdmin(
  context: Parameters<typeof ensureBootstrapAdmin>[0],
  config: Config,
  secrets: Secrets,
  logger: Logger,
): Promise<void> {
  const { bootstrapAdminEmail: email } = config;
  const { bootstrapAdminPassword: password } = secrets;
  if (email === null || password === null) return;
  const outcome = await ensureBootstrapAdmin(context, { email, password });
  if (outcome === 'created') logger.info('first administrator made');
  if (outcome === 'email_taken') logger.warn('first administrator not made: the e-mail address has an account already');
}
