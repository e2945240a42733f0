import { HOUR, SECOND } from '../../base/time.ts';

/** Operations of one `apply`: CalDAV has no batches, so this is how much is written down at once. */
export const BATCH_SIZE = 20;

/** Calls to one account at a time: with 40 ms of latency four bring 96 a second, and small servers bear no more. */
export const AT_ONCE = 4;

/** Calls a minute to one account. No server states a number; the slow ones say 429 or 503. */
export const ACCOUNT_PER_MINUTE = 600;

/** There is no app that servers would know of: each has people of its own. */
export const APP_PER_MINUTE = 1_000_000;

/** A write of a loaded server takes seconds; nobody waits for these calls. */
export const CALL_TIMEOUT_MS = 30 * SECOND;

/** Open connections to one server, over all accounts there. */
export const CONNECTIONS_PER_SERVER = 8;

/** Characters of the description; softer limits of clients lie about there. */
export const DESCRIPTION_LENGTH = 8_192;

/** Characters of title and place. */
export const LINE_LENGTH = 255;

/** Four weeks, as with the others. */
export const REMINDER_MINUTES = 40_320;

/** How often one call follows an event that its owner changes at the same moment (412). */
export const MERGE_ATTEMPTS = 3;

/** A full account is not made room in within minutes; the engine doubles the pause. */
export const FULL_PAUSE_MS = HOUR;
