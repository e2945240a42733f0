import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followStream, type LiveSetting } from './live-connection.ts';
import { Problem } from './problem.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const RESET = 'event: reset\ndata: {}\n\nid: n-1\n\n';

/** Each step is what one attempt to connect meets. */
function setting(
  steps: ((lastId: string | null, signal: AbortSignal) => Response)[],
): LiveSetting & { log: string[]; stop: AbortController } {
  const log: string[] = [];
  const stop = new AbortController();
  return {
    log,
    stop,
    async open(lastId, signal) {
      log.push(`open ${lastId}`);
      const step = steps.shift();
      if (step) return step(lastId, signal);
      stop.abort();
      throw new Problem(0, 'unreachable', 'gone');
    },
    onEvent: ({ name }, first) => void log.push(first ? `${name} first` : name),
    onConnected: (connected) => void log.push(connected ? 'connected' : 'lost'),
    sleep: async (ms) => void log.push(`pause ${ms}`),
    random: () => 0.5,
  };
}

function refuse(problem: Problem): () => Response {
  return () => {
    throw problem;
  };
}

/** Says something, and then nothing any more. */
function silent(_lastId: string | null, signal: AbortSignal): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(RESET));
      signal.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError')));
    },
  });
  return new Response(body);
}

test('comes back after an end, and names what it saw last', async () => {
  const own = setting([() => new Response(RESET)]);
  await followStream(own, own.stop.signal);
  expect(own.log.slice(0, 5)).toEqual(['open null', 'connected', 'reset first', 'lost', 'pause 750']);
  expect(own.log[5]).toBe('open n-1');
});

test('the end of a token is no reason to wait', async () => {
  const own = setting([() => new Response(`${RESET}event: end\ndata: {"reason":"token_expired"}\n\n`)]);
  await followStream(own, own.stop.signal);
  expect(own.log.slice(2, 6)).toEqual(['reset first', 'end', 'lost', 'pause 0']);
});

test('waits longer and longer for a server that is away, and as long as it asks to', async () => {
  const away = refuse(new Problem(0, 'unreachable', 'gone'));
  const full = refuse(new Problem(429, 'too_many_streams', 'full', { retryAfterSeconds: 60 }));
  const own = setting([away, away, full, ...Array.from({ length: 4 }, () => away)]);
  await followStream(own, own.stop.signal);
  const pauses = own.log.filter((line) => line.startsWith('pause'));
  expect(pauses.slice(0, 7)).toEqual([
    'pause 1500',
    'pause 3000',
    'pause 60000',
    'pause 12000',
    'pause 22500',
    'pause 22500',
    'pause 22500',
  ]);
});

test('a silent line is given up', async () => {
  const own = setting([silent]);
  const done = followStream(own, own.stop.signal);
  await vi.advanceTimersByTimeAsync(39_000);
  expect(own.log).not.toContain('lost');
  await vi.advanceTimersByTimeAsync(2000);
  await done;
  expect(own.log).toContain('open n-1');
});

test('whoever is signed out does not come back', async () => {
  const own = setting([refuse(new Problem(401, 'signed_out', 'bye'))]);
  await followStream(own, own.stop.signal);
  expect(own.log).toEqual(['open null', 'lost']);
});
