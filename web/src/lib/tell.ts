import { randomId } from '@mantine/hooks';
import { notifications, type NotificationData } from '@mantine/notifications';
import type { WarningJson } from '../../../src/api-contract/appointments.ts';
import { messageOf } from './problem.ts';
import { t } from './t.ts';
import { warningWords } from './warning-words.ts';

/** Long enough to read a sentence or two; the person can close it sooner. */
const SHOWN_MS = 7000;
/** Warnings are longer, and something may have to be done about them. */
const WARNING_SHOWN_MS = 20_000;

let warnings: string[] = [];

/** A short note that something worked. */
export function tellDone(title: string, message?: string): void {
  show({ title, message, color: 'pine', autoClose: SHOWN_MS });
}

/** Something to know, though it worked. Goes with the page that it speaks of, or after a while that nobody looks at it. */
export function tellWarning(title: string, message: string): void {
  const id = randomId();
  const until = (autoClose: number | false) => () => void notifications.update({ id, message, autoClose });
  warnings.push(id);
  show({
    id,
    title,
    message,
    color: 'yellow',
    autoClose: WARNING_SHOWN_MS,
    // The library stops the clock by itself under the pointer only.
    onFocusCapture: until(false),
    onBlurCapture: until(WARNING_SHOWN_MS),
    onClose: () => void (warnings = warnings.filter((one) => one !== id)),
  });
}

/** Takes away what speaks of the page that is being left. */
export function leavePage(): void {
  const told = warnings;
  warnings = [];
  for (const id of told) notifications.hide(id);
}

/** What the server wants to be looked at, though it carried out what was asked. */
export function tellServerWarnings(title: string, told: readonly WarningJson[]): void {
  for (const warning of told) tellWarning(title, warningWords(warning));
}

/** Something did not work; stays until it is closed. */
export function tellFailure(title: string, error: unknown): void {
  show({ title, message: messageOf(error), color: 'brick', autoClose: false });
}

function show(notification: NotificationData): void {
  notifications.show({ ...notification, closeButtonProps: { 'aria-label': t('common.closeMessage') } });
}
