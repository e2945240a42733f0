/** `offline`: this device has no network; `unreachable`: it has, but our server does not answer. */
export type Connection = 'online' | 'offline' | 'unreachable';

export interface ConnectionSetting {
  /** Asks the server for a sign of life. @throws when there is none */
  probe(): Promise<void>;
  /** Whether the device has a network, as far as the browser knows. */
  hasNetwork(): boolean;
  /** Calls `work` after `ms`, unless the answer is called first. */
  later(work: () => void, ms: number): () => void;
}

export interface ConnectionWatch {
  state(): Connection;
  subscribe(listener: () => void): () => void;
  /** The server answered something. */
  heard(): void;
  /** A request got no answer; one alone may have had its own reasons. */
  missed(): void;
  /** The browser says that the network went or came. */
  networkChanged(): void;
}

/** A page that is being left loses its requests, too; it is gone by then. */
const CONFIRM_MS = 1000;
const PROBE_MS = 5000;

/** Knows whether our server can be reached. While it can't, it is asked again and again. */
export function createConnection(setting: ConnectionSetting): ConnectionWatch {
  let state: Connection = 'online';
  let cancel: (() => void) | null = null;
  const listeners = new Set<() => void>();

  function become(next: Connection): void {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  }

  function conclude(): void {
    cancel?.();
    cancel = null;
    become('online');
  }

  function probeIn(ms: number): void {
    cancel?.();
    const stop = setting.later(() => void probe(), ms);
    cancel = stop;

    async function probe(): Promise<void> {
      const answers = await setting.probe().then(
        () => true,
        () => false,
      );
      // Something else was heard, or begun, meanwhile.
      if (cancel !== stop) return;
      if (answers) return conclude();
      become(setting.hasNetwork() ? 'unreachable' : 'offline');
      probeIn(PROBE_MS);
    }
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    heard() {
      // What comes in while the network goes was on its way before.
      if (setting.hasNetwork()) conclude();
    },
    missed() {
      if (cancel === null) probeIn(CONFIRM_MS);
    },
    networkChanged() {
      if (!setting.hasNetwork()) become('offline');
      // A server on this very device answers without any network.
      probeIn(setting.hasNetwork() ? 0 : CONFIRM_MS);
    },
  };
}
