import { isObject } from '../kit/json.ts';
import type { JsonObject } from '../kit/json.ts';
import type { Mailbox, SentMail } from './state.ts';
import type { World } from './world.ts';

/** Records the mails that Exchange sends to attendees; nothing in a request can keep it from that. */
export function sendMails(
  world: World,
  mailbox: Mailbox,
  kind: SentMail['kind'],
  subject: string,
  attendees: readonly JsonObject[],
): void {
  for (const attendee of attendees) {
    const address = isObject(attendee['emailAddress']) ? attendee['emailAddress']['address'] : undefined;
    if (typeof address !== 'string') continue;
    mailbox.mails.push({ kind, from: mailbox.email, to: address, subject, at: world.clock.now().toISOString() });
  }
}
