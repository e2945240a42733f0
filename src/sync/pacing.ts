import { MINUTE, SECOND } from '../base/time.ts';

/** Batches start small and grow while the provider doesn't complain; parts of a batch run nearly at once against one calendar. */
const FIRST_BATCH = 20;
const BATCH_GROWTH = 5;
const SMALLEST_BATCH = 1;
/** Accounts that were idle this long start anew. */
const FORGET_AFTER_MS = 10 * MINUTE;
/** Quotas are counted in sliding minutes: https://developers.google.com/workspace/calendar/api/guides/quota. */
const WINDOW_MS = MINUTE;
/** Part of an account's quota that backfills leave to what people wait for. */
const RESERVED_FOR_URGENT = 0.1;
/** Calls are remembered by the second. */
const SLOT_MS = SECOND;

/** How many calls an account may take now, by how urgent they are. */
export interface Room {
  urgent: number;
  backfill: number;
}

/** Calls by the second in which they were made, oldest first: [seconds since 1970, calls]. */
export type Spent = [second: number, calls: number][];

interface Pace {
  batch: number;
  perMinute: number;
  /** Calls of the last minute, by the second in which they were made. */
  slots: Map<number, number>;
  usedAt: number;
}

/**
 * How fast each account may be written to. Only the holder of an account's lease writes to it; what it has spent goes along
 * with the lease (`adopt`, `spentLately`).
 */
export class Pacing {
  readonly #paces = new Map<number, Pace>();

  /** Begins to serve an account, knowing what was spent by whoever held it before. */
  adopt(connectionId: number, perMinute: number, spent: Spent, nowMs: number): void {
    const pace = this.#paceOf(connectionId, nowMs);
    pace.perMinute = perMinute;
    const all = new Map(spent);
    for (const [slot, calls] of pace.slots) all.set(slot, Math.max(calls, all.get(slot) ?? 0));
    pace.slots = new Map([...all].toSorted(([a], [b]) => a - b));
    forgetOld(pace, nowMs);
  }

  /** How many links to take in one go, before anything is known of their cost. */
  batchFor(connectionId: number, nowMs: number): number {
    return this.#paceOf(connectionId, nowMs).batch;
  }

  room(connectionId: number, nowMs: number): Room {
    const pace = this.#paceOf(connectionId, nowMs);
    const left = pace.perMinute - total(pace);
    return { urgent: left, backfill: left - Math.ceil(pace.perMinute * RESERVED_FOR_URGENT) };
  }

  /** When there is room for `calls` more at the latest; `null`: there is room. */
  freeAt(connectionId: number, calls: number, backfill: boolean, nowMs: number): Date | null {
    const { urgent, backfill: forBackfill } = this.room(connectionId, nowMs);
    let missing = calls - (backfill ? forBackfill : urgent);
    if (missing <= 0) return null;
    for (const [slot, spent] of this.#paceOf(connectionId, nowMs).slots) {
      missing -= spent;
      if (missing <= 0) return new Date((slot + 1) * SLOT_MS + WINDOW_MS);
    }
    return new Date(nowMs + WINDOW_MS);
  }

  /** Counts calls that were made, and learns from whether the provider throttled them. */
  spent(connectionId: number, calls: number, throttled: boolean, largest: number, nowMs: number): void {
    const pace = this.#paceOf(connectionId, nowMs);
    add(pace, nowMs, calls);
    pace.batch = throttled
      ? Math.max(SMALLEST_BATCH, Math.floor(pace.batch / 2))
      : Math.min(largest, pace.batch + BATCH_GROWTH);
  }

  /** Calls of the last minute, for whoever serves the account next. */
  spentLately(connectionId: number, nowMs: number): Spent {
    return [...this.#paceOf(connectionId, nowMs).slots];
  }

  #paceOf(connectionId: number, nowMs: number): Pace {
    const known = this.#paces.get(connectionId);
    if (known && nowMs - known.usedAt <= FORGET_AFTER_MS) {
      known.usedAt = Math.max(known.usedAt, nowMs);
      forgetOld(known, nowMs);
      return known;
    }
    this.#forgetIdle(nowMs);
    const fresh = { batch: FIRST_BATCH, perMinute: Infinity, slots: new Map<number, number>(), usedAt: nowMs };
    this.#paces.set(connectionId, fresh);
    return fresh;
  }

  /** Once for every new account, so that the memory follows the accounts that are busy, not all there ever were. */
  #forgetIdle(nowMs: number): void {
    for (const [id, { usedAt }] of this.#paces) {
      if (nowMs - usedAt <= FORGET_AFTER_MS) break;
      this.#paces.delete(id);
    }
  }
}

function add(pace: Pace, atMs: number, calls: number): void {
  if (calls === 0) return;
  const slot = Math.floor(atMs / SLOT_MS);
  pace.slots.set(slot, (pace.slots.get(slot) ?? 0) + calls);
}

function total({ slots }: Pace): number {
  let sum = 0;
  for (const calls of slots.values()) sum += calls;
  return sum;
}

/** A slot counts until its last call is a minute old. */
function forgetOld(pace: Pace, nowMs: number): void {
  for (const slot of pace.slots.keys()) {
    if ((slot + 1) * SLOT_MS + WINDOW_MS <= nowMs) pace.slots.delete(slot);
  }
}
