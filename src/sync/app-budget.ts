import { MINUTE, SECOND, type Clock } from '../base/time.ts';
import type { ProviderLimits, ProviderName } from './provider.ts';

/** What nodes share of a provider's budget; implemented by `store/provider-budgets.ts`. */
export interface BudgetStore {
  /** Takes up to `wish` calls, but leaves `reserve` of them to others. */
  takeShare(provider: ProviderName, ask: ShareAsked, now: Date): Promise<Share>;
  /** Nobody calls the provider before this, on any node. */
  blockProvider(provider: ProviderName, afterMs: number | null, now: Date): Promise<Date>;
  /** Those that the operator has paused. */
  pausedProviders(): Promise<ProviderName[]>;
}

export interface ShareAsked {
  wish: number;
  reserve: number;
  perMinute: number;
}

export interface Share {
  granted: number;
  /** The provider asked our whole app to wait until then. */
  notBefore: Date | null;
}

/** A node takes what it needs for this long from the shared budget in one go, so that the row is no bottleneck. */
const SHARE_FOR_MS = 100;
/** Part of the app's budget that backfills leave to what people wait for. */
const RESERVED_FOR_URGENT = 0.2;
/** How soon to ask again when the budget is used up: a fraction of a second's calls have come in by then. */
const ASK_AGAIN_MS = SECOND / 2;

/** Paused by the operator: whoever resumes it wakes the workers, so this only ends what is under way. */
const PAUSED_MS = 5 * SECOND;

/** The calls that our whole app may make to each provider. Nodes take shares of it from the database. */
export class AppBudget {
  readonly #store: BudgetStore;
  readonly #clock: Clock;
  readonly #left = new Map<ProviderName, number>();
  readonly #blockedUntil = new Map<ProviderName, number>();
  #paused: ReadonlySet<ProviderName> = new Set();

  constructor(store: BudgetStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Whether this node knows that the provider must not be called now. */
  isBlocked(provider: ProviderName): boolean {
    return this.#paused.has(provider) || (this.#blockedUntil.get(provider) ?? 0) > this.#clock.now().getTime();
  }

  /** Learns which providers the operator has paused: nothing is sent to them until they are resumed. */
  async learnPauses(): Promise<void> {
    this.#paused = new Set(await this.#store.pausedProviders());
  }

  /**
   * Takes calls from the budget.
   * @returns 0 when they may be made, otherwise for how many milliseconds to wait and ask again
   */
  async take(provider: ProviderName, calls: number, limits: ProviderLimits, backfill: boolean): Promise<number> {
    if (this.#paused.has(provider)) return PAUSED_MS;
    const left = this.#left.get(provider) ?? 0;
    if (left >= calls && !this.isBlocked(provider)) {
      this.#left.set(provider, left - calls);
      return 0;
    }
    const perMinute = limits.appPerMinute;
    const now = this.#clock.now();
    const wish = Math.max(calls - left, Math.ceil((perMinute * SHARE_FOR_MS) / MINUTE));
    const reserve = backfill ? Math.floor(perMinute * RESERVED_FOR_URGENT) : 0;
    const share = await this.#store.takeShare(provider, { wish, reserve, perMinute }, now);
    if (share.notBefore !== null) {
      this.#blockedUntil.set(provider, share.notBefore.getTime());
      return Math.max(1, share.notBefore.getTime() - now.getTime());
    }
    // Others may have taken from what was left while this waited for its share.
    const present = (this.#left.get(provider) ?? 0) + share.granted;
    const enough = present >= calls;
    this.#left.set(provider, enough ? present - calls : present);
    return enough ? 0 : ASK_AGAIN_MS;
  }

  /** Counts a call that could not wait for the budget: whoever comes next waits for it too. */
  owe(provider: ProviderName): void {
    this.#left.set(provider, (this.#left.get(provider) ?? 0) - 1);
  }

  /** The provider asked our whole app to wait; `null`: it named no time. */
  async block(provider: ProviderName, afterMs: number | null): Promise<void> {
    const until = await this.#store.blockProvider(provider, afterMs, this.#clock.now());
    this.#blockedUntil.set(provider, until.getTime());
  }
}
