import { createHash } from 'node:crypto';
import type { EventKey } from '../../sync/provider.ts';

/** `<link>:<generation>`: whose event it is. */
export const LINK_MARK = 'X-VALCLEAN-LINK';
/** The reminder that we set last, in minutes, or `default`: its owner may have chosen another since. */
export const REMINDER_MARK = 'X-VALCLEAN-REMINDER';

/**
 * The UID of an event: the same for the same key, whoever asks, and nobody else's. A UUID of version 8 (RFC 9562 §5.8), as
 * RFC 7986 §5.3 advises.
 */
export function uidOf({ link, generation }: EventKey): string {
  const hex = createHash('sha256').update(`caldav:${link}:${generation}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The name under which an event is put: letters, digits and hyphens, which no server writes in another way. */
export function nameOf(key: EventKey): string {
  return `vc-${uidOf(key)}.ics`;
}

export function linkMark({ link, generation }: EventKey): string {
  return `${link}:${generation}`;
}

export function reminderMark(minutes: number | null): string {
  return minutes === null ? 'default' : String(minutes);
}
