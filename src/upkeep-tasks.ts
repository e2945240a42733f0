import { DAY, HOUR, MINUTE } from './base/time.ts';
import type { UpkeepTask } from './jobs/upkeep.ts';
import { deleteOldAbsences } from './store/absences.ts';
import { deleteOldActivity } from './store/activity.ts';
import { deleteOldEmailChanges } from './store/email-changes.ts';
import { foldFeedChanges } from './store/feed-changes.ts';
import { deleteOldKeys } from './store/idempotency.ts';
import { deleteFailuresBefore } from './store/login-failures.ts';
import { deleteOldMails } from './store/mails.ts';
import { deleteOldFigures } from './store/sync-figures.ts';
import { deleteOldFlows } from './store/oauth-flows.ts';
import { deleteExpiredPasswordLinks } from './store/password-links.ts';
import { deleteExpiredFamilies } from './store/refresh-tokens.ts';
import { markWithoutProgress } from './store/sync-store.ts';
import { lookAgainAfterChange } from './use-cases/calendar/reproject.ts';
import type { UseCaseContext } from './use-cases/context.ts';
import { extendOpenOrders } from './use-cases/extend-open-orders.ts';
import { markOn } from './use-cases/mark-on.ts';
import { queueWeeklyOverviews } from './use-cases/queue-weekly-overviews.ts';
import { rederiveTimes } from './use-cases/rederive-times.ts';
import { rollHorizon } from './use-cases/roll-horizon.ts';

/** How long people can look back at what was done for their calendars. */
const ACTIVITY_KEPT_MS = 90 * DAY;
/** How long the operator can look back at what became of mails. */
const MAILS_KEPT_MS = 90 * DAY;
/** How long the office can look back at who could not come. */
const ABSENCES_KEPT_MS = 90 * DAY;
/** Administrators look at the last hour. */
const FIGURES_KEPT_MS = DAY;
/** Failed sign-ins count for 15 minutes (api: Accounts). */
const FAILURES_KEPT_MS = 15 * MINUTE;

/** Longer than a link to confirm an address may wait to be sent, and then lasts (mail/email-letter.ts). */
const EMAIL_CHANGES_KEPT_MS = 3 * DAY;

/** Work that is due for this long without a success makes its calendar degraded (design: tokens). */
const NO_PROGRESS_MS = 15 * MINUTE;

/** What is done again and again without anybody asking. */
export function upkeepTasks(context: UseCaseContext): UpkeepTask[] {
  const { database } = context;
  return [
    { name: 'extend open orders', everyMs: 6 * HOUR, run: async () => void (await extendOpenOrders(context)) },
    { name: 'roll the horizon on', everyMs: 6 * HOUR, run: (_, signal) => rollHorizon(context, signal) },
    // What a node left when it ended; otherwise it is done as soon as it is noted.
    { name: 'mark on', everyMs: MINUTE, run: (_, signal) => markOn(context, signal) },
    // Nodes with older zone data may go on for a while after this one has started.
    { name: 'derive times again', everyMs: 5 * MINUTE, run: async () => void (await rederiveTimes(context)) },
    { name: 'look again after a change of form', everyMs: 5 * MINUTE, run: () => lookAgainAfterChange(context) },
    { name: 'queue weekly overviews', everyMs: 10 * MINUTE, run: () => queueWeeklyOverviews(context) },
    {
      name: 'find calendars without progress',
      everyMs: MINUTE,
      run: (now) =>
        database.transaction((tx) => markWithoutProgress(tx, new Date(now.getTime() - NO_PROGRESS_MS), now)),
    },
    { name: 'fold feed changes', everyMs: 5 * MINUTE, run: () => foldFeedChanges(database.db) },
    {
      name: 'forget what is over',
      everyMs: HOUR,
      run: (now) =>
        database.transaction(async (tx) => {
          await deleteOldFlows(tx, now);
          await deleteOldKeys(tx, now);
          await deleteExpiredFamilies(tx, now);
          await deleteExpiredPasswordLinks(tx, now);
          await deleteOldEmailChanges(tx, new Date(now.getTime() - EMAIL_CHANGES_KEPT_MS));
          await deleteFailuresBefore(tx, new Date(now.getTime() - FAILURES_KEPT_MS));
          await deleteOldAbsences(tx, new Date(now.getTime() - ABSENCES_KEPT_MS).toISOString().slice(0, 10));
          await deleteOldActivity(tx, new Date(now.getTime() - ACTIVITY_KEPT_MS));
          await deleteOldFigures(tx, new Date(now.getTime() - FIGURES_KEPT_MS));
          await deleteOldMails(tx, new Date(now.getTime() - MAILS_KEPT_MS));
        }),
    },
  ];
}
