import { createHash } from 'node:crypto';
import type { Random } from '../kit/random.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** True for a GUID in its usual spelling. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** A GUID that always belongs to the same text. */
export function guidOf(text: string): string {
  return shaped(createHash('sha256').update(text).digest('hex'));
}

/** Another GUID each time. */
export function randomGuid(random: Random): string {
  return shaped(random.text(32, '0123456789abcdef'));
}

// The form of a random GUID, RFC 9562 version 4.
function shaped(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
