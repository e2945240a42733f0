import { createTransport, type NodemailerError, type SMTPTransportOptions } from 'nodemailer';
import { SECOND } from '../base/time.ts';
import type { Mailbox } from './letter.ts';
import { toMessage, type Delivery, type Post } from './post.ts';

/** Far less than a worker's lease on a mail; a server that is slower is tried again later. */
const PATIENCE = { connectionTimeout: 10 * SECOND, greetingTimeout: 10 * SECOND, socketTimeout: 30 * SECOND };

/** Options of the library that would write addresses and texts to the console, or keep mails in a queue of its own. */
const NOT_FROM_THE_URL = ['logger', 'debug', 'transactionLog', 'pool'];

/** Sends by the mail server of `SMTP_URL`. */
export function createSmtpPost(url: string, sender: Mailbox): Post {
  const transport = createTransport(smtpOptions(url));
  return {
    async send(letter, signal) {
      try {
        await transport.sendMail({ ...toMessage(letter, sender), signal });
        return { kind: 'delivered' };
      } catch (error) {
        return deliveryOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/**
 * Credentials travel encrypted or not at all, unless the server is on this machine. The rest of the address's query is the
 * operator's (`?requireTLS=false`, `?tls.servername=…`) and wins.
 */
export function smtpOptions(url: string): SMTPTransportOptions & { url: string } {
  const address = new URL(url);
  for (const name of NOT_FROM_THE_URL) address.searchParams.delete(name);
  const hasCredentials = address.username !== '' || address.password !== '';
  const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(address.hostname);
  return { ...PATIENCE, requireTLS: hasCredentials && !isHere, url: address.href };
}

/** The library's errors quote addresses and the server's words; only their codes leave this place. */
function deliveryOf(error: unknown): Delivery {
  if (!isMailError(error)) throw error;
  const { code = 'unknown', originalCode, responseCode } = error;
  if (responseCode === undefined) return { kind: 'failed', code: originalCode ?? code };
  return { kind: isForGood(error) ? 'refused' : 'failed', code: `smtp_${responseCode}` };
}

function isMailError(error: unknown): error is NodemailerError {
  return error instanceof Error && typeof (error as NodemailerError).code === 'string';
}

/**
 * Only what the server says of this recipient and this message. A refused sender or sign-in is the operator's to mend, and
 * so are answers of class 5.7 (RFC 3463 §3.8: security or policy, such as "relaying denied").
 */
function isForGood({ permanent, command, response = '' }: NodemailerError): boolean {
  return permanent === true && (command === 'RCPT TO' || command === 'DATA') && !/^\d{3}[ -]5\.7\./.test(response);
}
