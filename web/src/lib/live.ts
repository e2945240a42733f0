import { liveEventSchemas, type LiveEvent } from '../../../src/api-contract/live.ts';
import { askRaw } from './api.ts';
import type { StreamEvent } from './event-parser.ts';
import { followStream } from './live-connection.ts';

/** A tab that was away for longer asks anew: the computer may have slept, and the line be dead without a word. */
const AWAY_FOR_MS = 5000;
/** Tabs that nobody sees give their connection back: a browser has only six for each server, whatever the number of tabs. */
const HIDDEN_FOR_MS = 20_000;

/** How often to look by oneself while news arrive, and while they don't. */
const WITH_NEWS_MS = 60_000;
const WITHOUT_NEWS_MS = 10_000;

let connected = false;
/** How often a query that waits for something looks by itself: seldom, as it is told. */
export function fallbackMs(): number {
  return connected ? WITH_NEWS_MS : WITHOUT_NEWS_MS;
}

/**
 * Follows what changes for whoever is signed in, while the page is seen. Ends with what is returned.
 * `onEvent`: `first` for the first event of a connection.
 */
export function startLive(onEvent: (event: LiveEvent, first: boolean) => void): () => void {
  let current: AbortController | null = null;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  let hiddenAt = 0;

  function start(): void {
    current?.abort();
    const own = new AbortController();
    current = own;
    void followStream(
      {
        open: (lastId, signal) =>
          askRaw('GET', '/api/calendar/stream/', {
            endless: true,
            signal,
            headers: lastId === null ? {} : { 'last-event-id': lastId },
          }),
        onEvent: (event, first) => {
          const known = readEvent(event);
          if (known !== null && !own.signal.aborted) onEvent(known, first);
        },
        onConnected: (now) => {
          if (current === own) connected = now;
        },
        sleep,
        random: Math.random,
      },
      own.signal,
    );
  }

  function stop(): void {
    current?.abort();
    current = null;
    connected = false;
  }

  function onVisibility(): void {
    clearTimeout(hiding);
    if (document.visibilityState === 'hidden') {
      hiddenAt = Date.now();
      hiding = setTimeout(stop, HIDDEN_FOR_MS);
    } else if (current === null || !connected || Date.now() - hiddenAt > AWAY_FOR_MS) start();
  }

  /** A hidden tab comes back when it is looked at. */
  function onOnline(): void {
    if (document.visibilityState === 'visible') start();
  }

  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', onOnline);
  if (document.visibilityState === 'visible') start();
  return () => {
    clearTimeout(hiding);
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('online', onOnline);
    stop();
  };
}

/** `null` for what a newer server tells and this page does not know. */
function readEvent({ name, data }: StreamEvent): LiveEvent | null {
  if (!(name in liveEventSchemas)) return null;
  const read = liveEventSchemas[name as LiveEvent['name']].safeParse(parseJson(data));
  return read.success ? ({ name, data: read.data } as LiveEvent) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
