import { useSyncExternalStore } from 'react';

const TICK_MS = 1000;

/** One clock for all. */
const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

/** What `read` says now; whoever shows it is drawn anew when that becomes something else. */
export function useTicking<Value extends string | number>(read: () => Value): Value {
  return useSyncExternalStore(everySecond, read);
}

function everySecond(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}
