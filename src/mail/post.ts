import type { Attachment, SendMailOptions } from 'nodemailer';
import { headerText, type Letter, type Mailbox } from './letter.ts';

/** What became of one attempt. `code` names the trouble without addresses, texts or credentials. */
export type Delivery =
  | { kind: 'delivered' }
  /** The same letter would be refused again. */
  | { kind: 'refused'; code: string }
  /** Another attempt may succeed; whether this one did is not known for sure. */
  | { kind: 'failed'; code: string };

/** Where letters go. */
export interface Post {
  /** Never throws for what servers, networks or disks do. */
  send(letter: Letter, signal: AbortSignal): Promise<Delivery>;
  close(): void;
}

/** The letter as the mail library takes it. The recipient is given apart, so that no header is read to find them. */
export function toMessage(letter: Letter, sender: Mailbox): SendMailOptions {
  const { id, to, subject, text, html, calendarFile, unsubscribeUrl } = letter;
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1);
  return {
    from: { name: headerText(sender.name), address: sender.address },
    to: { name: headerText(to.name), address: to.address },
    envelope: { from: sender.address, to: [to.address] },
    messageId: `<${id}@${domain}>`,
    subject: headerText(subject),
    ...{ text, html },
    headers: {
      // Keeps out-of-office replies away (RFC 3834 §5).
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribeUrl !== null && {
        // Mail programs show a button that sends a POST there (RFC 8058 §3.1).
        'List-Unsubscribe': { prepared: true, value: `<${unsubscribeUrl}>` },
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    attachments: calendarFile === null ? [] : [attachment(calendarFile)],
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A file to open, not an invitation to answer: the method is said as it is in the file (RFC 6047 §2.4). */
function attachment({ fileName, text }: NonNullable<Letter['calendarFile']>): Attachment {
  return {
    filename: fileName,
    content: text,
    contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
    contentDisposition: 'attachment',
    // Its line ends and its folding arrive as they are.
    contentTransferEncoding: 'base64',
  };
}

/**
 * Whose name the mails are in: `MAIL_FROM`, with or without a name (`VALClean <office@example.com>`); without one the
 * business's. Mails that only go to the outbox need no address that exists.
 */
export function senderOf(mailFrom: string | null, businessName: string, appUrl: string): Mailbox {
  if (mailFrom === null) return { name: businessName, address: `no-reply@${new URL(appUrl).hostname}` };
  const [, name = '', address = mailFrom] = /^(.*)<([^<>]+)>$/.exec(mailFrom.trim()) ?? [];
  const plain = name
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replaceAll(/\\(.)/g, '$1');
  return { name: plain || businessName, address: address.trim() };
}
