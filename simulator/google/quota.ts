import { ApiError } from './api-error.ts';
import type { QuotaSettings, Settings } from './settings.ts';
import type { SimulatorClock } from '../kit/clock.ts';
import { createSlidingWindow } from '../kit/sliding-window.ts';
import type { SlidingWindow } from '../kit/sliding-window.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Counts what accounts and calendars use and refuses what is too much. */
export interface Quota {
  /** Takes units of the account and the project. Throws ApiError 403 or 429; a refused request costs nothing. */
  takeRequest(email: string, units: number): void;
  /** Takes one write of the calendar. Throws ApiError 403 or 429 rateLimitExceeded. */
  takeWrite(calendarId: string): void;
  /** Takes one creation of the account's day. Throws ApiError 403 quotaExceeded. */
  takeCreation(email: string, what: 'event' | 'calendar'): void;
  /** Units the account used within the last minute. */
  used(email: string): number;
  /** Forgets all use. */
  reset(): void;
}

export function createQuota(settings: Settings, clock: SimulatorClock): Quota {
  const windows = new Map<string, SlidingWindow>();
  const now = (): number => clock.now().getTime();
  const windowOf = (key: string, lengthMs: number): SlidingWindow => {
    let found = windows.get(key);
    if (!found) windows.set(key, (found = createSlidingWindow(lengthMs)));
    return found;
  };
  return {
    takeRequest(email, units) {
      const user = windowOf(`user:${email}`, MINUTE);
      const project = windowOf('project', MINUTE);
      if (!fits(user, units, settings.quota.perUserPerMinute, now())) {
        throw tooFast(settings.quota, 'userRateLimitExceeded', 'User Rate Limit Exceeded');
      }
      if (!fits(project, units, settings.quota.perProjectPerMinute, now())) {
        throw tooFast(settings.quota, 'rateLimitExceeded', 'Rate Limit Exceeded');
      }
      user.add(units, now());
      project.add(units, now());
    },
    takeWrite(calendarId) {
      const window = windowOf(`calendar:${calendarId}`, SECOND);
      if (!fits(window, 1, settings.quota.calendarWritesPerSecond, now())) {
        throw tooFast(settings.quota, 'rateLimitExceeded', 'Rate Limit Exceeded');
      }
      window.add(1, now());
    },
    takeCreation(email, what) {
      const limit = what === 'event' ? settings.quota.eventsCreatedPerDay : settings.quota.calendarsCreatedPerDay;
      const window = windowOf(`created:${what}:${email}`, DAY);
      if (!fits(window, 1, limit, now())) throw usageLimit();
      window.add(1, now());
    },
    used: (email) => windowOf(`user:${email}`, MINUTE).sum(now()),
    reset: () => windows.clear(),
  };
}

/** 403 quotaExceeded: the anti-abuse limit of an account, which lasts for hours. */
export function usageLimit(): ApiError {
  return new ApiError(403, 'quotaExceeded', 'Calendar usage limits exceeded.', { domain: 'usageLimits' });
}

function tooFast(quota: QuotaSettings, reason: string, message: string): ApiError {
  const headers: Record<string, string> =
    quota.retryAfterSeconds === null ? {} : { 'retry-after': String(quota.retryAfterSeconds) };
  // With 429 Google uses the one reason for both.
  return new ApiError(quota.status, quota.status === 429 ? 'rateLimitExceeded' : reason, message, {
    domain: 'usageLimits',
    headers,
  });
}

function fits(window: SlidingWindow, units: number, limit: number | null, now: number): boolean {
  return limit === null || window.sum(now) + units <= limit;
}
