import { useSyncExternalStore, type ReactElement } from 'react';
import { formatMoment, formatSince } from '../lib/time.ts';

const TICK_MS = 1000;

/** How long ago something was; goes on by itself. Not to be put where changes are read out. */
export function Ago({ at }: { at: string }): ReactElement {
  const words = useSyncExternalStore(everySecond, () => formatSince(at, new Date()));
  return (
    <time dateTime={at} title={formatMoment(at)}>
      {words}
    </time>
  );
}

/** One clock for all; whoever's words stay the same is not drawn anew. */
const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

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
