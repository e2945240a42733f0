import { DAY, HOUR } from '../../base/time.ts';

/** Requests of one `$batch`: https://learn.microsoft.com/graph/json-batching */
export const BATCH_SIZE = 20;

/**
 * From this many calls on they go out as one batch; fewer go out side by side. A mailbox takes four requests at a time
 * (https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits); one place stays free for a person who is
 * connecting at that moment. A batch counts as all four: Graph itself runs that many of its requests at once.
 */
export const BATCH_FROM = 4;

/** UTF-16 units of the body's text. Escaped and in UTF-8 it stays far below the 32 kB that bodies are kept to here. */
export const BODY_LENGTH = 6_000;

/** UTF-16 units of title and place; what Exchange keeps of a subject. */
export const LINE_LENGTH = 255;

/** What an event gets when we wish for the calendar's own reminder: Graph's default for new events. */
export const DEFAULT_REMINDER_MINUTES = 15;

/** Longest reminder that Outlook's own list offers, give or take: four weeks. */
export const REMINDER_MINUTES = 40_320;

/** How often one call follows an event that changes at the same moment (412, which Exchange also says by itself). */
export const MERGE_ATTEMPTS = 3;

/** Calendars of a list at once. */
export const CALENDARS_PER_PAGE = 100;

/** A wish; the server decides (`Prefer: odata.maxpagesize`). */
export const CHANGES_PER_PAGE = 200;

/**
 * A delta link is welded to its window, while ours moves on every day: each round is made for so much more, and lasts
 * until that is used up.
 */
export const WINDOW_RESERVE_MS = 30 * DAY;

/** A mailbox that is missing or full is not mended within minutes; the engine doubles the pause. */
export const MAILBOX_PAUSE_MS = HOUR;

/** 10,000 requests in 10 minutes for app and mailbox, 2,000 a second for the app (…/graph/throttling-limits). */
export const MAILBOX_PER_MINUTE = 1_000;
export const APP_PER_MINUTE = 120_000;
