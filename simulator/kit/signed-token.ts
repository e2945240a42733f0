import { createHash } from 'node:crypto';

/** An opaque text that carries `parts`, none of which may hold a bar; whatever was tampered with is not read again. */
export function makeToken(parts: readonly (string | number)[]): string {
  const text = parts.join('|');
  return Buffer.from(`${text}|${digestOf(text)}`).toString('base64url');
}

/** What `makeToken` put in, or null for any other text. */
export function readToken(token: string): string[] | null {
  const text = Buffer.from(token, 'base64url').toString();
  const end = text.lastIndexOf('|');
  const signed = text.slice(0, end);
  return end === -1 || text.slice(end + 1) !== digestOf(signed) ? null : signed.split('|');
}

/** A short text that belongs to a long one. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
