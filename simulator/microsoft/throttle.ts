import type { SimulatorClock } from '../kit/clock.ts';
import { createPauses } from '../kit/pauses.ts';
import { createSlidingWindow } from '../kit/sliding-window.ts';
import type { SlidingWindow } from '../kit/sliding-window.ts';
import type { Settings, ThrottleSettings } from './settings.ts';

const TEN_MINUTES = 10 * 60_000;

/** Why a request is refused, with the `Retry-After` to send; null sends none. */
export interface Throttled {
  message: string;
  retryAfter: string | null;
}

/** Counts what each app asks of each mailbox, and remembers who was told to wait. */
export interface Throttle {
  /** Counts a request; answers the refusal when there are too many within ten minutes. Refused ones count, too. */
  count(key: string): Throttled | null;
  /** Takes up to `wanted` of the places for requests under way; answers how many there were. */
  enter(key: string, wanted: number): number;
  /** Gives places back. */
  leave(key: string, taken: number): void;
  /** The refusal for want of a place. */
  overConcurrency(): Throttled;
  /** Remembers that the caller was told to wait, by the header as it was written. */
  pause(key: string, retryAfter: string): void;
  /** True when the caller comes before its time. */
  isEarly(key: string): boolean;
  /** Requests of the last ten minutes. */
  used(key: string): number;
  /** Forgets all use; requests under way stay under way. */
  reset(): void;
}

/** The key of an app's use of a mailbox. */
export function throttleKey(clientId: string, email: string): string {
  return `${clientId} ${email}`;
}

export function createThrottle(settings: Settings, clock: SimulatorClock): Throttle {
  const windows = new Map<string, SlidingWindow>();
  const underWay = new Map<string, number>();
  const pauses = createPauses(clock);
  const now = (): number => clock.now().getTime();
  const windowOf = (key: string): SlidingWindow => {
    let found = windows.get(key);
    if (!found) windows.set(key, (found = createSlidingWindow(TEN_MINUTES)));
    return found;
  };
  return {
    count(key) {
      const window = windowOf(key);
      const limit = settings.throttle.requestsPer10Minutes;
      const over = limit !== null && window.sum(now()) >= limit;
      window.add(1, now());
      if (!over) return null;
      const waitMs = window.untilAtMost(limit - 1, now());
      const retryAfter = writeRetryAfter(settings.throttle, waitMs / 1000, now());
      return { message: 'Application is over its mailbox request limit.', retryAfter };
    },
    enter(key, wanted) {
      const limit = settings.throttle.concurrency;
      const before = underWay.get(key) ?? 0;
      const taken = limit === null ? wanted : Math.max(0, Math.min(wanted, limit - before));
      underWay.set(key, before + taken);
      return taken;
    },
    leave(key, taken) {
      const left = (underWay.get(key) ?? 0) - taken;
      if (left > 0) underWay.set(key, left);
      else underWay.delete(key);
    },
    overConcurrency: () => ({
      message: 'Application is over its MailboxConcurrency limit.',
      retryAfter: writeRetryAfter(settings.throttle, settings.throttle.retryAfterSeconds, now()),
    }),
    pause: pauses.begin,
    isEarly: pauses.isEarly,
    used: (key) => windowOf(key).sum(now()),
    reset() {
      windows.clear();
      pauses.reset();
    },
  };
}

function writeRetryAfter({ retryAfterForm }: ThrottleSettings, seconds: number, now: number): string | null {
  switch (retryAfterForm) {
    case 'none':
      return null;
    case 'fraction':
      return (Math.ceil(seconds * 1000) / 1000).toFixed(3);
    case 'date':
      return new Date(Math.ceil((now + seconds * 1000) / 1000) * 1000).toUTCString();
    default:
      return String(Math.ceil(seconds));
  }
}
