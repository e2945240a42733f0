import pg from 'pg';
import { SECOND, systemClock, type Clock } from '../../base/time.ts';
import { Listeners } from '../listeners.ts';
import type { Notifications, PendingNotifications } from '../notifications.ts';
import { assertChannel, type NotificationHandler } from '../notify.ts';
import type { OnWarning } from '../options.ts';
import { sql, type Tx } from '../sql.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5 * SECOND;

/**
 * LISTEN on a connection of its own, opened with the first listener and kept. When it breaks it is opened anew, and
 * every handler is called with an empty payload, as notifications in between are lost.
 */
export class PostgresNotifications implements Notifications {
  readonly #config: pg.ClientConfig;
  readonly #onWarning: OnWarning;
  readonly #clock: Clock;
  readonly #listeners: Listeners;
  readonly #stopping = new AbortController();
  #connection: Promise<pg.Client | null> | null = null;

  constructor(config: pg.ClientConfig, onWarning: OnWarning, clock: Clock = systemClock) {
    this.#config = config;
    this.#onWarning = onWarning;
    this.#clock = clock;
    this.#listeners = new Listeners(onWarning);
  }

  begin(tx: Tx): PendingNotifications {
    return {
      send: async (channel, payload) => {
        await sql`select pg_notify(${channel}, ${payload})`.execute(tx);
      },
      committed: () => {},
    };
  }

  async listen(channel: string, handler: NotificationHandler): Promise<() => Promise<void>> {
    assertChannel(channel);
    const remove = this.#listeners.add(channel, handler);
    try {
      const client = await this.#connected();
      await client.query(`listen ${channel}`);
    } catch (error) {
      remove();
      throw error;
    }
    // No UNLISTEN: channels are few, and it could overtake the LISTEN of somebody who has just come.
    return async () => {
      remove();
    };
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    const client = await this.#connection;
    await client?.end();
  }

  async #connected(): Promise<pg.Client> {
    this.#connection ??= this.#connect();
    const client = await this.#connection;
    if (!client) throw new Error('The database is closed');
    return client;
  }

  /** The first connection: whoever asks for it learns why it fails. */
  async #connect(): Promise<pg.Client> {
    try {
      const client = await this.#open();
      this.#watch(client);
      return client;
    } catch (error) {
      this.#connection = null;
      throw error;
    }
  }

  #watch(client: pg.Client): void {
    client.once('end', () => {
      if (!this.#stopping.signal.aborted) this.#connection = this.#reconnect();
    });
  }

  /** Tries until it succeeds or the database is closed (then `null`). */
  async #reconnect(): Promise<pg.Client | null> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      await this.#clock.sleep(pauseMs, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return null;
      try {
        return await this.#resume();
      } catch (error) {
        this.#onWarning('the connection that listens for notifications cannot be opened again yet', { error, pauseMs });
      }
    }
  }

  async #resume(): Promise<pg.Client> {
    const client = await this.#open();
    try {
      for (const channel of this.#listeners.channels()) await client.query(`listen ${channel}`);
    } catch (error) {
      await client.end();
      throw error;
    }
    this.#watch(client);
    for (const channel of this.#listeners.channels()) this.#listeners.dispatch(channel, '');
    return client;
  }

  async #open(): Promise<pg.Client> {
    const client = new pg.Client(this.#config);
    client.on('notification', (message) => this.#listeners.dispatch(message.channel, message.payload ?? ''));
    // A lost connection is an 'error', which says why, and then an 'end', which is acted upon.
    client.on('error', (error) => this.#onWarning('the connection that listens for notifications failed', { error }));
    await client.connect();
    return client;
  }
}
