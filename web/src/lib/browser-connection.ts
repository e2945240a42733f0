import { onlineManager } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { createConnection, type Connection } from './connection.ts';

const PROBE_LIMIT_MS = 5000;

/** Whether this page reaches our server. */
export const browserConnection = createConnection({
  async probe() {
    const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
    if (!response.ok) throw new Error(`The server says ${response.status}.`);
  },
  hasNetwork: () => navigator.onLine,
  later(work, ms) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
});

/** What is asked for waits while the server can't be reached, and is asked when it can. */
onlineManager.setEventListener((setOnline) => {
  const tell = (): void => setOnline(browserConnection.state() === 'online');
  tell();
  return browserConnection.subscribe(tell);
});

window.addEventListener('online', browserConnection.networkChanged);
window.addEventListener('offline', browserConnection.networkChanged);
if (!navigator.onLine) browserConnection.networkChanged();

export function useConnection(): Connection {
  return useSyncExternalStore(browserConnection.subscribe, browserConnection.state);
}

/** Calls `onBack` when the server can be reached again. */
export function useReconnected(onBack: () => void): void {
  const back = useEffectEvent(onBack);
  useEffect(
    () =>
      browserConnection.subscribe(() => {
        if (browserConnection.state() === 'online') back();
      }),
    [],
  );
}
