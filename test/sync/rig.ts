import { createCipher } from '../../src/base/cipher.ts';
import { DAY, HOUR, MINUTE, type Clock } from '../../src/base/time.ts';
import type { Database } from '../../src/db/database.ts';
import { sql, type Db } from '../../src/db/sql.ts';
import type { Role } from '../../src/domain/appointment.ts';
import { createFeedWriter } from '../../src/providers/ics/feed-writer.ts';
import { renderCalendar } from '../../src/providers/ics/calendar.ts';
import { createMemoryProvider, type MemoryProvider } from '../../src/providers/memory/provider.ts';
import { SYNC_CHANNEL, type WakeUp } from '../../src/store/mark-links.ts';
import { insertService } from '../../src/store/services.ts';
import { createSyncStore } from '../../src/store/sync-store.ts';
import { insertUser } from '../../src/store/users.ts';
import type { DrainEvent, ProviderAccess } from '../../src/sync/drain-context.ts';
import type { ProviderOAuth, TokenSet } from '../../src/sync/oauth.ts';
import { AppBudget } from '../../src/sync/app-budget.ts';
import { Pacing } from '../../src/sync/pacing.ts';
import { createBudgetStore } from '../../src/store/provider-budgets.ts';
import { ProviderFailure, type Failure, type ProviderLimits, type ProviderName } from '../../src/sync/provider.ts';
import { SyncWorker } from '../../src/sync/worker.ts';
import { SETTLE_MS } from '../../src/use-cases/change-appointment.ts';
import { linkAccount } from '../../src/use-cases/calendar/link-account.ts';
import type { CalendarContext } from '../../src/use-cases/calendar/context.ts';
import { Turns } from '../../src/use-cases/calendar/turns.ts';
import { confirmOrder } from '../../src/use-cases/confirm-order.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { createOrder } from '../../src/use-cases/create-order.ts';
import { eventSetting } from '../../src/use-cases/event-setting.ts';
import { markOn } from '../../src/use-cases/mark-on.ts';
import { loadZones } from '../../src/zones/zones.ts';

/** A clock that stands still until it is moved; whoever sleeps on it is woken when it passes their time. */
export class TestClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<{ until: number; wake: () => void }>();

  constructor(start = '2026-11-20T09:00:00Z') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper = { until: this.#now + ms, wake: () => done(this) };
      this.#sleepers.add(sleeper);
      const onAbort = (): void => done(this);
      signal?.addEventListener('abort', onAbort, { once: true });
      function done(clock: TestClock): void {
        clock.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }
    });
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of [...this.#sleepers]) if (sleeper.until <= this.#now) sleeper.wake();
  }
}

/** An OAuth side without a network: hands out tokens, and fails on demand. */
export class TestOAuth implements ProviderOAuth {
  readonly #clock: Clock;
  readonly adminConsentUrl = null;
  refreshes = 0;
  revoked: string[] = [];
  failure: Failure | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async authorizationUrl(): Promise<string> {
    return 'https://consent.example/';
  }

  async exchange(): Promise<never> {
    throw new Error('not part of this test');
  }

  async refresh(refreshToken: string): Promise<TokenSet> {
    if (this.failure) throw new ProviderFailure(this.failure);
    this.refreshes += 1;
    return {
      accessToken: `${refreshToken.replace('refresh:', '')}`,
      refreshToken: null,
      accessExpiresAt: new Date(this.#clock.now().getTime() + HOUR),
      refreshExpiresAt: null,
    };
  }

  async revoke(refreshToken: string): Promise<void> {
    if (this.failure) throw new ProviderFailure(this.failure);
    this.revoked.push(refreshToken);
  }
}

/** Calendars are read back every five minutes. */
export const READING = { pollMs: 5 * MINUTE, horizonMs: 365 * DAY };

/** The engine over a real database and the in-memory provider, with a small company. */
export interface Rig {
  context: CalendarContext;
  clock: TestClock;
  google: MemoryProvider;
  /** Calls for these calendars wait until the promise resolves. */
  gates: Map<string, Promise<void>>;
  outlook: MemoryProvider;
  oauth: TestOAuth;
  worker: SyncWorker;
  events: DrainEvent[];
  errors: unknown[];
  /** A second worker, as another process would run one. */
  secondWorker(): SyncWorker;
  person(role: Role, managerId?: number | null, name?: string): Promise<Caller>;
  /** Connects the person's own account (or `owner`'s); its calendar is `calendarOf(person)`. */
  connect(person: Caller, provider?: ProviderName, owner?: Caller): Promise<void>;
  /** An order for the customer, not yet confirmed. */
  order(
    customer: Caller,
    staff: readonly Caller[],
    more?: { startsAt?: string; rrule?: string; timeZone?: string },
  ): Promise<number>;
  confirm(by: Caller, orderId: number): Promise<number[]>;
  /** Lets every account with due work be served until nothing is due any more. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** The calendar of a person's account at the in-memory provider. */
export function calendarOf(person: Caller, provider: ProviderName = 'google'): string {
  return `${provider}-${person.id}/primary`;
}

export interface RigOptions {
  random?: () => number;
  limits?: Partial<ProviderLimits>;
  caldav?: ProviderAccess;
  /** Calendars are marked in batches of so many appointments. */
  markedTogether?: number;
}

/** Builds the rig on an open database. */
export async function startRig(database: Database, options: RigOptions = {}): Promise<Rig> {
  const clock = new TestClock();
  const zones = loadZones({ only: 'bundled' });
  const gates = new Map<string, Promise<void>>();
  const google = createMemoryProvider({
    name: 'google',
    ...(options.limits && { limits: options.limits }),
    pause: async ({ calendarId }) => gates.get(calendarId),
  });
  const outlook = createMemoryProvider({ name: 'outlook' });
  const oauth = new TestOAuth(clock);
  const providers = new Map<ProviderName, ProviderAccess>([
    ['google', { provider: google, oauth }],
    ['outlook', { provider: outlook, oauth }],
  ]);
  if (options.caldav) providers.set('caldav', options.caldav);
  const cipher = createCipher([{ id: 'test', bytes: Buffer.alloc(32, 7) }]);
  const settings = {
    businessName: 'VALClean',
    appUrl: 'http://localhost:3000',
    syncHorizonDays: 365,
    overviewHorizonDays: 60,
    ...(options.markedTogether !== undefined && { markedTogether: options.markedTogether }),
  };
  const feeds = { origin: settings.appUrl, writer: createFeedWriter(zones), turns: new Turns(clock) };
  const heading = { name: 'VALClean', timeZone: 'Europe/London' };
  const context: CalendarContext = {
    ...{ database, clock, zones, settings, providers, cipher, feeds },
    renderFile: (events) => renderCalendar('file', heading, events, zones),
    mailDelivery: 'server',
  };
  const events: DrainEvent[] = [];
  const errors: unknown[] = [];
  const makeWorker = (): SyncWorker =>
    new SyncWorker({
      store: createSyncStore(database, cipher),
      clock,
      random: options.random ?? (() => 0.5),
      pacing: new Pacing(),
      budget: new AppBudget(
        createBudgetStore(database.db, () => 0.5),
        clock,
      ),
      reading: READING,
      setting: eventSetting(context),
      providers,
      observe: (event) => void events.push(event),
      onError: (error) => void errors.push(error),
    });
  const worker = makeWorker();
  const workers = [worker];
  const unlisten = await database.listen(SYNC_CHANNEL, (payload) => {
    const { ids, urgent, at } = JSON.parse(payload) as WakeUp;
    worker.wake(ids, urgent, at === null ? null : new Date(at));
  });
  const service = await database.transaction((tx) =>
    insertService(
      tx,
      { name: 'Deep clean', durationMinutes: 120, priceCents: 12_000, currency: 'GBP', isActive: true },
      clock.now(),
    ),
  );
  let people = 0;

  return {
    ...{ context, clock, gates, google, outlook, oauth, worker, events, errors },
    secondWorker() {
      const second = makeWorker();
      workers.push(second);
      return second;
    },
    async person(role, managerId = null, name) {
      people += 1;
      const user = await database.transaction((tx) =>
        insertUser(
          tx,
          {
            email: `person-${people}@valclean.example`,
            passwordHash: 'none',
            name: name ?? `Person${people} Example`,
            phone: null,
            role,
            timeZone: 'Europe/London',
            managerId,
          },
          clock.now(),
        ),
      );
      if (!user) throw new Error('person not made');
      return { id: user.id, role };
    },
    async connect(person, provider = 'google', owner = person) {
      const account = `${provider}-${owner.id}`;
      const accessExpiresAt = new Date(clock.now().getTime() + HOUR);
      const tokens = {
        accessToken: account,
        refreshToken: `refresh:${account}`,
        accessExpiresAt,
        refreshExpiresAt: null,
      };
      const grant = { tokens, accountId: account, accountEmail: `${account}@mail.example`, scopes: ['calendar'] };
      const wanted = { userId: person.id, provider, calendarKind: 'primary' as const };
      const linked = await linkAccount(context, wanted, grant, AbortSignal.timeout(10_000));
      if (linked !== 'linked') throw new Error(linked);
    },
    async order(customer, staff, more = {}) {
      const made = await createOrder(
        context,
        { id: customer.id, role: 'admin' },
        {
          customerId: customer.id,
          timeZone: more.timeZone ?? 'Europe/London',
          notes: 'Ring twice',
          address: { line1: '1 High Street', line2: null, city: 'London', postalCode: 'N1 1AA', country: 'GB' },
          accessNotes: 'Key safe 4411',
          items: [
            {
              serviceId: service.id,
              startsAt: more.startsAt ?? '2026-12-01T09:00:00',
              staffIds: staff.map((member) => member.id),
            },
          ],
          rrule: more.rrule ?? null,
        },
      );
      return made.view.id;
    },
    async confirm(by, orderId) {
      const confirmed = await confirmOrder(context, by, orderId);
      return confirmed.appointments.map((appointment) => appointment.view.id);
    },
    async settle() {
      await markOn(context);
      await worker.sweep();
      await worker.idle();
      if (!(await savesWait(database.db, clock.now()))) return;
      clock.advance(SETTLE_MS);
      await worker.sweep();
      await worker.idle();
    },
    async close() {
      await unlisten();
      for (const one of workers) await one.stop();
    },
  };
}

/** Whether a changed appointment waits for further saves. */
async function savesWait(db: Db, now: Date): Promise<boolean> {
  const found = await sql`select from links where dirty and priority = 0 and attempts = 0 and due_at > ${now}
    and due_at < 'infinity' limit 1`.execute(db);
  return found.rows.length > 0;
}
