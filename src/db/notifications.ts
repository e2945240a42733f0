import type { NotificationHandler } from './notify.ts';
import type { Tx } from './sql.ts';

/** How one engine carries notifications; `database.ts` joins it with transactions. */
export interface Notifications {
  /** Called as a transaction begins. */
  begin(tx: Tx): PendingNotifications;
  /** Resolves once the handler will hear everything committed from now on. */
  listen(channel: string, handler: NotificationHandler): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** The notifications of one open transaction. */
export interface PendingNotifications {
  send(channel: string, payload: string): Promise<void>;
  /** Called after the commit was acknowledged. */
  committed(): void;
}
