/** One mail, ready to be sent to one person. */
export interface Letter extends LetterText {
  /** A UUID that stays from attempt to attempt; makes the Message-ID. */
  id: string;
  to: Mailbox;
  /** Switches off mails of this kind; see `use-cases/unsubscribe.ts`. `null`: nobody can do without them. */
  unsubscribeUrl: string | null;
  /** An iCalendar file (`METHOD:PUBLISH`). */
  calendarFile: { fileName: string; text: string } | null;
}

export interface LetterText {
  subject: string;
  text: string;
  html: string;
}

export interface Mailbox {
  name: string;
  address: string;
}

/**
 * An address that can be nothing but one address, whatever reads it: no space, no control characters, none of the signs
 * that have a meaning in a header or a command. Everything that people can sign up with passes.
 */
export function isPlainAddress(address: string): boolean {
  return address.length <= 254 && /^[^\s\p{C}@<>()[\]\\,;:"]+@[^\s\p{C}@<>()[\]\\,;:"]+$/u.test(address);
}

/** Text for a header or within a line: line breaks and control characters become spaces, as nobody means them. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim();
}

/**
 * One line that shows as it is in a header: what looks like an encoded word (RFC 2047) is broken up, since many programs
 * decode those wherever they stand, and line breaks may be in them.
 */
export function headerText(text: string): string {
  return oneLine(text).replaceAll('=?', '= ?');
}
