import { Listeners } from '../listeners.ts';
import type { Notifications, PendingNotifications } from '../notifications.ts';
import { assertChannel, type NotificationHandler } from '../notify.ts';
import type { OnWarning } from '../options.ts';

/** One process owns the embedded database, so its notifications never leave it: kept until the commit, then handed over. */
export class EmbeddedNotifications implements Notifications {
  readonly #listeners: Listeners;

  constructor(onWarning: OnWarning) {
    this.#listeners = new Listeners(onWarning);
  }

  begin(): PendingNotifications {
    const pending = new Map<string, Set<string>>();
    return {
      send: async (channel, payload) => {
        pending.set(channel, (pending.get(channel) ?? new Set()).add(payload));
      },
      committed: () => {
        for (const [channel, payloads] of pending) {
          for (const payload of payloads) this.#listeners.dispatch(channel, payload);
        }
      },
    };
  }

  async listen(channel: string, handler: NotificationHandler): Promise<() => Promise<void>> {
    assertChannel(channel);
    const remove = this.#listeners.add(channel, handler);
    return async () => {
      remove();
    };
  }

  async close(): Promise<void> {}
}
