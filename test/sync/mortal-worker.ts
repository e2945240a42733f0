import { sql, type Db } from '../../src/db/sql.ts';
import type { ProviderAccess } from '../../src/sync/drain-context.ts';
import type { ProviderLogin } from '../../src/sync/login.ts';
import type { ProviderOAuth } from '../../src/sync/oauth.ts';
import { AppBudget, type BudgetStore } from '../../src/sync/app-budget.ts';
import { Pacing } from '../../src/sync/pacing.ts';
import { createBudgetStore } from '../../src/store/provider-budgets.ts';
import {
  ProviderFailure,
  type CalendarProvider,
  type CalendarSession,
  type Failure,
  type Operation,
  type Outcome,
  type ProviderName,
} from '../../src/sync/provider.ts';
import type { SyncStore } from '../../src/sync/store.ts';
import { SyncWorker } from '../../src/sync/worker.ts';
import { createSyncStore } from '../../src/store/sync-store.ts';
import { eventSetting } from '../../src/use-cases/event-setting.ts';
import { READING, type Rig } from './rig.ts';

/** What happens between the workers and the providers, for all workers of one history. */
export interface Between {
  /** Calls for these calendars wait here, before or after they are carried out. */
  held: Map<string, { when: 'before' | 'after'; opened: Promise<void>; open: () => void }>;
  /** Accounts whose grant is dead. */
  deadGrants: Set<string>;
  /** Calls under way by calendar, those of dead workers left out, and the most there ever were. */
  underWay: Map<string, number>;
  mostAtOnce: number;
  /** Steps of workers that are being carried out, waiting ones left out; and how many there have been. */
  work: Work;
}

/** Counts what is under way, and tells when nothing is. */
export class Work {
  #underWay = 0;
  #begun = 0;
  #waiting: (() => void)[] = [];

  get begun(): number {
    return this.#begun;
  }

  begin(): void {
    this.#underWay += 1;
    this.#begun += 1;
  }

  end(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) for (const tell of this.#waiting.splice(0)) tell();
  }

  async none(): Promise<void> {
    if (this.#underWay > 0) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
  }
}

export function createBetween(): Between {
  return {
    held: new Map(),
    deadGrants: new Set(),
    underWay: new Map(),
    mostAtOnce: 0,
    work: new Work(),
  };
}

/** A worker that can die at any border between it and the world, as a killed process does. */
export interface MortalWorker {
  worker: SyncWorker;
  /** Dies when it has crossed so many more borders: calls to the database and to providers, each once in and once out. */
  dieAfter(borders: number): void;
  isDead(): boolean;
  /** Resolves when it dies. */
  death: Promise<void>;
  /** What it holds runs out, and what it was just about to take or to prolong as well. */
  expireLeases(): Promise<void>;
  /** Lets go of everything that a dead worker still waits for. */
  bury(): Promise<void>;
}

class Killed extends Error {}

/** Histories are short: so that batches overlap in them as in a calendar that is being filled. */
class SmallBatches extends Pacing {
  override batchFor(): number {
    return 2;
  }
}

interface HeldLease {
  connectionId: number;
  token: number;
}

async function expire(db: Db, { connectionId, token }: HeldLease): Promise<void> {
  await sql`update connections set lease_until = clock_timestamp() - interval '1 second'
    where id = ${connectionId} and (lease_token = ${token} or lease_token is null)`.execute(db);
}

/** Starts a worker over the rig's database and providers. */
export function startMortalWorker(
  rig: Pick<Rig, 'context' | 'clock'>,
  between: Between,
  onError: (error: unknown) => void,
): MortalWorker {
  const grave = Promise.withResolvers<never>();
  grave.promise.catch(() => undefined);
  const leases: HeldLease[] = [];
  let expired = false;
  const death = Promise.withResolvers<void>();
  let bordersLeft = Infinity;
  let dead = false;

  function cross(): void {
    bordersLeft -= 1;
    if (bordersLeft > 0 || dead) return;
    dead = true;
    death.resolve();
    void worker.stop();
  }
  /** One step across the border: a dead worker never hears of what became of it. */
  async function through<T>(work: () => Promise<T>): Promise<T> {
    cross();
    if (dead) return grave.promise;
    between.work.begin();
    const became = await settled(work);
    if (expired) await expireAll();
    between.work.end();
    cross();
    if (dead) return grave.promise;
    if (became.status === 'rejected') throw became.reason;
    return became.value;
  }

  const { db } = rig.context.database;
  async function expireAll(): Promise<void> {
    for (const lease of leases) await expire(db, lease);
  }

  const store = mortalStore(createSyncStore(rig.context.database, rig.context.cipher), through, leases);
  const providers = new Map<ProviderName, ProviderAccess>();
  for (const [name, access] of rig.context.providers) {
    const provider = mortalProvider(access.provider);
    providers.set(
      name,
      'oauth' in access
        ? { provider, oauth: mortalOAuth(access.oauth) }
        : { provider, login: mortalLogin(access.login) },
    );
  }
  const worker: SyncWorker = new SyncWorker({
    store,
    providers,
    clock: rig.clock,
    random: () => 0.5,
    pacing: new SmallBatches(),
    budget: new AppBudget(mortalBudget(createBudgetStore(db, () => 0.5)), rig.clock),
    reading: READING,
    setting: eventSetting(rig.context),
    observe: () => undefined,
    onError: (error) => (error instanceof Killed ? undefined : onError(error)),
  });

  function mortalProvider(provider: CalendarProvider): CalendarProvider {
    return {
      name: provider.name,
      capabilities: provider.capabilities,
      limits: provider.limits,
      normalise: (content) => provider.normalise(content),
      openCalendar: (...args) => provider.openCalendar(...args),
      readChanges: (session, ...more) =>
        through(async () => {
          if (!between.deadGrants.has(session.accessToken)) return provider.readChanges(session, ...more);
          throw new ProviderFailure({ kind: 'reauth_required', code: 'access_token_rejected' });
        }),
      apply: (session, operations, signal) =>
        through(() => counted(session, () => call(provider, session, operations, signal))),
    };
  }

  function mortalBudget(budget: BudgetStore): BudgetStore {
    return {
      takeShare: (...args) => through(() => budget.takeShare(...args)),
      blockProvider: (...args) => through(() => budget.blockProvider(...args)),
      pausedProviders: () => through(() => budget.pausedProviders()),
    };
  }

  async function counted<T>({ calendarId }: CalendarSession, work: () => Promise<T>): Promise<T> {
    const atOnce = (between.underWay.get(calendarId) ?? 0) + 1;
    between.underWay.set(calendarId, atOnce);
    between.mostAtOnce = Math.max(between.mostAtOnce, atOnce);
    try {
      return await work();
    } finally {
      between.underWay.set(calendarId, (between.underWay.get(calendarId) ?? 1) - 1);
    }
  }

  async function call(
    provider: CalendarProvider,
    session: CalendarSession,
    operations: readonly Operation[],
    signal: AbortSignal,
  ): Promise<Outcome[]> {
    if (between.deadGrants.has(session.accessToken)) {
      return failAll(operations, { kind: 'reauth_required', code: 'access_token_rejected' });
    }
    const held = between.held.get(session.calendarId);
    if (held?.when === 'before' && !(await waitFor(held.opened, signal))) return failAll(operations, ABORTED);
    const outcomes = await provider.apply(session, operations, signal);
    if (held?.when === 'after' && !(await waitFor(held.opened, signal))) return failAll(operations, ABORTED);
    return outcomes;
  }

  /** @returns whether it was opened; otherwise the call was given up */
  async function waitFor(opened: Promise<void>, signal: AbortSignal): Promise<boolean> {
    between.work.end();
    const aborted = Promise.withResolvers<boolean>();
    const abort = (): void => aborted.resolve(false);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const result = await Promise.race([opened.then(() => true), aborted.promise]);
    signal.removeEventListener('abort', abort);
    between.work.begin();
    return result;
  }

  function mortalOAuth(oauth: ProviderOAuth): ProviderOAuth {
    const check = (refreshToken: string): void => {
      if (between.deadGrants.has(refreshToken.replace('refresh:', ''))) {
        throw new ProviderFailure({ kind: 'reauth_required', code: 'invalid_grant' });
      }
    };
    return {
      adminConsentUrl: oauth.adminConsentUrl,
      authorizationUrl: (request) => oauth.authorizationUrl(request),
      exchange: (...args) => oauth.exchange(...args),
      refresh: (token, signal) =>
        through(async () => {
          check(token);
          return oauth.refresh(token, signal);
        }),
      revoke: (token, signal) => through(() => oauth.revoke(token, signal)),
    };
  }

  function mortalLogin(login: ProviderLogin): ProviderLogin {
    return {
      open: (...args) => login.open(...args),
      refresh: (...args) => through(() => login.refresh(...args)),
      revoke: (...args) => through(() => login.revoke(...args)),
    };
  }

  return {
    worker,
    async expireLeases() {
      expired = true;
      await expireAll();
    },
    dieAfter: (borders) => {
      bordersLeft = borders;
      if (borders > 0) return;
      bordersLeft = 1;
      cross();
    },
    isDead: () => dead,
    death: death.promise,
    async bury() {
      if (dead) grave.reject(new Killed('killed'));
      await worker.stop();
    },
  };
}

const ABORTED: Failure = { kind: 'unknown_outcome', code: 'aborted' };

async function settled<T>(work: () => Promise<T>): Promise<PromiseSettledResult<T>> {
  const [became] = await Promise.allSettled([work()]);
  return became;
}

function failAll(operations: readonly Operation[], failure: Failure): Outcome[] {
  return operations.map(() => ({ kind: 'failed', failure }));
}

function mortalStore(
  store: SyncStore,
  through: <T>(work: () => Promise<T>) => Promise<T>,
  leases: HeldLease[],
): SyncStore {
  return {
    findReady: (...args) => through(() => store.findReady(...args)),
    claim: (claim) =>
      through(async () => {
        const claimed = await store.claim(claim);
        if (claimed) leases.push({ connectionId: claim.connectionId, token: claimed.lease.token });
        return claimed;
      }),
    takeDue: (...args) => through(() => store.takeDue(...args)),
    refresh: (...args) => through(() => store.refresh(...args)),
    hasUnfinished: (...args) => through(() => store.hasUnfinished(...args)),
    renew: (...args) => through(() => store.renew(...args)),
    record: (...args) => through(() => store.record(...args)),
    release: (...args) => through(() => store.release(...args)),
    setBack: (...args) => through(() => store.setBack(...args)),
    storeTokens: (...args) => through(() => store.storeTokens(...args)),
    finishDisconnect: (...args) => through(() => store.finishDisconnect(...args)),
    sweep: (...args) => through(() => store.sweep(...args)),
    noteChanges: (...args) => through(() => store.noteChanges(...args)),
    noteMissing: (...args) => through(() => store.noteMissing(...args)),
    countEvents: (...args) => through(() => store.countEvents(...args)),
    endReading: (...args) => through(() => store.endReading(...args)),
    postponeReading: (...args) => through(() => store.postponeReading(...args)),
    peekUnasked: (...args) => through(() => store.peekUnasked(...args)),
    ask: (...args) => through(() => store.ask(...args)),
  };
}
