import { randomId } from '@mantine/hooks';
import { notifications, type NotificationData } from '@mantine/notifications';
import type { WarningJson } from '../../../src/api-contract/appointments.ts';
import { createNoticeClock, type NoticeKind } from './notice-clock.ts';
import { messageOf } from './problem.ts';
import { t } from './t.ts';
import { warningWords } from './warning-words.ts';

const clock = createNoticeClock(
  (id) => void notifications.hide(id),
  (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
);

let warnings: string[] = [];

/** A short note that something worked. */
export function tellDone(title: string, message?: string): void {
  show('done', { title, message, color: 'pine' });
}

/** Something to know, though it worked. Goes with the page that it speaks of, or after a while that nobody looks at it. */
export function tellWarning(title: string, message: string): void {
  const id = show('warning', { title, message, color: 'yellow' });
  warnings.push(id);
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
  show('failure', { title, message: messageOf(error), color: 'brick' });
}

/** Our clock instead of the library's, which knows neither the focus nor how much there is to read. @returns the id */
function show(kind: NoticeKind, notification: Pick<NotificationData, 'title' | 'message' | 'color'>): string {
  const id = randomId();
  return notifications.show({
    ...notification,
    id,
    autoClose: false,
    closeButtonProps: { 'aria-label': t('common.closeMessage') },
    // Not before it is on the screen: only so many are at once.
    onOpen: () => clock.shows(id, kind),
    onClose: () => {
      warnings = warnings.filter((one) => one !== id);
      clock.gone(id);
    },
    onMouseEnter: () => clock.hold(id, 'pointer'),
    onMouseLeave: () => clock.release(id, 'pointer'),
    onFocusCapture: () => clock.hold(id, 'focus'),
    onBlurCapture: () => clock.release(id, 'focus'),
  });
}
