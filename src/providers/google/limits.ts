import { HOUR } from '../../base/time.ts';

/**
 * Parts of one batch. Google takes 1,000 (https://developers.google.com/workspace/calendar/api/guides/batch), but runs
 * them nearly at once, so that large batches meet the write limit of the one calendar they go to.
 */
export const BATCH_SIZE = 50;

/** UTF-16 units; Google refuses somewhere about 8,000 and states no number, so we stay below it. */
export const DESCRIPTION_LENGTH = 7_500;

/** UTF-16 units of title and place. Google states none; ours keeps one field from filling a screen. */
export const LINE_LENGTH = 1_024;

/** Longest popup reminder: four weeks (https://developers.google.com/workspace/calendar/api/v3/reference/events). */
export const REMINDER_MINUTES = 40_320;

/**
 * How long an account rests after `quotaExceeded`. Google speaks of several hours and counts attempts
 * (https://support.google.com/a/answer/2905486); the engine doubles the pause when it happens again.
 */
export const QUOTA_PAUSE_MS = HOUR;

/** Pause of the whole app after `dailyLimitExceeded`, which ends at midnight in California. */
export const DAILY_LIMIT_PAUSE_MS = HOUR;

/** How often one call follows an event that its owner changes at the same moment (412). */
export const MERGE_ATTEMPTS = 3;

/** The most that a list gives at once (https://developers.google.com/workspace/calendar/api/v3/reference/events/list). */
export const CHANGES_PER_PAGE = 2_500;

/** Calls a minute: per account and project, and for the whole project (…/calendar/api/guides/quota). */
export const ACCOUNT_PER_MINUTE = 600;
export const PROJECT_PER_MINUTE = 10_000;
