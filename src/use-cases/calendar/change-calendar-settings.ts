import { addActivity } from '../../store/activity.ts';
import { touchFeedsOfPerson } from '../../store/feed-changes.ts';
import { MAIL_CHOICES, setMailChoice, type MailChoices } from '../../store/mail-choices.ts';
import { markPerson } from '../../store/mark-calendars.ts';
import { setReminder, switchSync } from '../../store/sync-switch.ts';
import type { Caller } from '../context.ts';
import { markingNow } from '../marking.ts';
import type { CalendarContext } from './context.ts';

export interface CalendarChange {
  calendarSyncEnabled?: boolean | undefined;
  /** Minutes before the start; `null` is the calendar's own default. */
  reminderMinutes?: number | null | undefined;
  /** Which mails they want; absent ones stay. */
  mails?: { [Choice in keyof MailChoices]?: boolean | undefined } | undefined;
}

/** Changes a person's calendar settings. Switching sync off removes their events, on brings them back. */
export async function changeCalendarSettings(
  context: CalendarContext,
  caller: Caller,
  change: CalendarChange,
): Promise<void> {
  await context.database.transaction(async (tx) => {
    const { now } = markingNow(context);
    const { calendarSyncEnabled: enabled, reminderMinutes, mails = {} } = change;
    const switched = enabled !== undefined && (await switchSync(tx, caller.id, enabled, now));
    const reminded = reminderMinutes !== undefined && (await setReminder(tx, caller.id, reminderMinutes, now));
    if (reminded) await touchFeedsOfPerson(tx, caller.id);
    for (const choice of MAIL_CHOICES) {
      const wanted = mails[choice];
      if (wanted !== undefined) await setMailChoice(tx, caller.id, choice, wanted, now);
    }
    if (switched) {
      await addActivity(tx, { userId: caller.id, connectionId: null, kind: enabled ? 'sync_on' : 'sync_off', at: now });
    }
    if (switched || reminded) await markPerson(tx, caller.id, { ...markingNow(context, 1), past: switched });
  });
}
