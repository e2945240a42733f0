import { notifications, type NotificationData } from '@mantine/notifications';
import type { WarningJson } from '../../../src/api-contract/appointments.ts';
import { messageOf } from './problem.ts';
import { t } from './t.ts';
import { warningWords } from './warning-words.ts';

/** Long enough to read a sentence or two; the person can close it sooner. */
const SHOWN_MS = 7000;

/** A short note that something worked. */
export function tellDone(title: string, message?: string): void {
  show({ title, message, color: 'pine', autoClose: SHOWN_MS });
}

/** Something to know, though it worked. */
export function tellWarning(title: string, message: string): void {
  show({ title, message, color: 'yellow', autoClose: false });
}

/** What the server wants to be looked at, though it carried out what was asked. */
export function tellServerWarnings(title: string, warnings: readonly WarningJson[]): void {
  for (const warning of warnings) tellWarning(title, warningWords(warning));
}

/** Something did not work; stays until it is closed. */
export function tellFailure(title: string, error: unknown): void {
  show({ title, message: messageOf(error), color: 'brick', autoClose: false });
}

function show(notification: NotificationData): void {
  notifications.show({ ...notification, closeButtonProps: { 'aria-label': t('common.closeMessage') } });
}
