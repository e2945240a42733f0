import { InvalidNotification } from './errors.ts';
import type { Tx } from './sql.ts';

/** Called for each notification of a channel; an empty payload means "look for yourself" (sent so, or some may have been missed). */
export type NotificationHandler = (payload: string) => void | Promise<void>;

/** PostgreSQL refuses payloads of 8,000 bytes and more (https://www.postgresql.org/docs/current/sql-notify.html); we keep some distance. */
export const MAX_PAYLOAD_BYTES = 7500;

const senders = new WeakMap<Tx, (channel: string, payload: string) => Promise<void>>();

/**
 * Tells all listeners of `channel`, in every process on the database, once `tx` commits; never when it rolls back.
 * Like PostgreSQL, it may drop a notification that repeats one of the same transaction.
 *
 * @throws InvalidNotification when the payload exceeds 7,500 bytes (callers cut or send an empty one: nothing is cut
 *   here), or the channel is no plain name.
 */
export async function notify(tx: Tx, channel: string, payload = ''): Promise<void> {
  assertChannel(channel);
  const bytes = Buffer.byteLength(payload);
  if (bytes > MAX_PAYLOAD_BYTES) {
    throw new InvalidNotification(`A notification carries at most ${MAX_PAYLOAD_BYTES} bytes; this one has ${bytes}`);
  }
  const send = senders.get(tx);
  if (!send) throw new InvalidNotification('notify needs the `tx` of an open `database.transaction`');
  await send(channel, payload);
}

/** Lower-case names need no quoting, so LISTEN and pg_notify mean the same channel. 63 bytes is PostgreSQL's longest name. */
export function assertChannel(channel: string): void {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(channel)) {
    throw new InvalidNotification(`"${channel}" is no channel: use lower-case letters, digits and _`);
  }
}

/** Binds `notify` to the engine for one transaction; `database.ts` calls it when the transaction begins. */
export function setSender(tx: Tx, send: (channel: string, payload: string) => Promise<void>): void {
  senders.set(tx, send);
}
