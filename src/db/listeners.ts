import { AsyncResource } from 'node:async_hooks';
import type { NotificationHandler } from './notify.ts';
import type { OnWarning } from './options.ts';

/** Handlers by channel. A handler that fails is reported and harms neither the others nor the sender. */
export class Listeners {
  readonly #byChannel = new Map<string, Set<NotificationHandler>>();
  readonly #onWarning: OnWarning;

  constructor(onWarning: OnWarning) {
    this.#onWarning = onWarning;
  }

  /** Adds a handler; the function returned removes it. */
  add(channel: string, handler: NotificationHandler): () => void {
    // Bound to the context of the listener: the sender's async context (its transaction, its request) is not the handler's.
    const bound: NotificationHandler = AsyncResource.bind((payload: string) => handler(payload));
    const handlers = this.#byChannel.get(channel) ?? new Set();
    this.#byChannel.set(channel, handlers.add(bound));
    return () => {
      handlers.delete(bound);
    };
  }

  channels(): string[] {
    return [...this.#byChannel.keys()];
  }

  dispatch(channel: string, payload: string): void {
    for (const handler of this.#byChannel.get(channel) ?? []) void this.#call(handler, channel, payload);
  }

  async #call(handler: NotificationHandler, channel: string, payload: string): Promise<void> {
    try {
      await handler(payload);
    } catch (error) {
      this.#onWarning('a notification handler failed', { channel, error });
    }
  }
}
