import { HOUR, SECOND } from '../../base/time.ts';
import { BusinessError } from '../../domain/errors.ts';

/** Links by mail, of each kind, that a person gets: enough when one is lost, too few to fill a letter box. */
export const LINK_MAILS_AN_HOUR = 3;

/**
 * @param lately when such mails were asked for within the last hour, oldest first
 * @throws {BusinessError} 429 `too_many_mails`
 */
export function refuseTooManyMails(lately: readonly Date[], now: Date): void {
  const first = lately.at(-LINK_MAILS_AN_HOUR);
  if (first === undefined) return;
  const waitMs = first.getTime() + HOUR - now.getTime();
  throw new BusinessError(
    'too_many',
    'too_many_mails',
    `At most ${LINK_MAILS_AN_HOUR} of these mails are sent for a person within an hour. They may lie with the unwanted mails; otherwise wait a little.`,
    { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / SECOND)) },
  );
}
