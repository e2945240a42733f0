import { MINUTE } from '../base/time.ts';

/** Google Calendar quota: 600 requests per minute per user and project (developers.google.com/workspace/calendar/api/guides/quota). */
const PER_ACCOUNT_PER_MINUTE = 600;
/** Batches start small and grow while the provider doesn't complain; parts of a batch run nearly at once against one calendar. */
const FIRST_BATCH = 20;
const BATCH_GROWTH = 5;
const SMALLEST_BATCH = 1;
/** Accounts that were idle this long start anew. */
const FORGET_AFTER_MS = 10 * MINUTE;

interface Pace {
  batch: number;
  /** Calls that may be made now; refills with time. */
  allowance: number;
  at: number;
}

/**
 * How fast each account may be written to. Only the holder of an account's lease writes to it, so this needs no sharing.
 */
export class Pacing {
  readonly #paces = new Map<number, Pace>();

  /** How many operations to send in one go; at least one (see {@link waitMs} for when). */
  batchFor(connectionId: number, nowMs: number): number {
    const pace = this.#refilled(connectionId, nowMs);
    return Math.max(SMALLEST_BATCH, Math.min(pace.batch, Math.floor(pace.allowance)));
  }

  /** How long until the account may be written to again. */
  waitMs(connectionId: number, nowMs: number): number {
    const pace = this.#refilled(connectionId, nowMs);
    if (pace.allowance >= 1) return 0;
    return Math.ceil(((1 - pace.allowance) * MINUTE) / PER_ACCOUNT_PER_MINUTE);
  }

  /** Counts calls that were made, and learns from whether the provider throttled them. */
  spent(connectionId: number, calls: number, throttled: boolean, largest: number, nowMs: number): void {
    const pace = this.#refilled(connectionId, nowMs);
    pace.allowance -= calls;
    pace.batch = throttled
      ? Math.max(SMALLEST_BATCH, Math.floor(pace.batch / 2))
      : Math.min(largest, pace.batch + BATCH_GROWTH);
  }

  #refilled(connectionId: number, nowMs: number): Pace {
    const known = this.#paces.get(connectionId);
    if (!known || nowMs - known.at > FORGET_AFTER_MS) {
      const fresh = { batch: FIRST_BATCH, allowance: PER_ACCOUNT_PER_MINUTE, at: nowMs };
      this.#paces.set(connectionId, fresh);
      return fresh;
    }
    const refill = ((nowMs - known.at) / MINUTE) * PER_ACCOUNT_PER_MINUTE;
    known.allowance = Math.min(PER_ACCOUNT_PER_MINUTE, known.allowance + Math.max(0, refill));
    known.at = nowMs;
    return known;
  }
}
