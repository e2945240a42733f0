import { EventParser, type StreamEvent } from './event-parser.ts';
import { Problem } from './problem.ts';

export interface LiveSetting {
  /** Opens the stream. @throws {Problem} */
  open(lastId: string | null, signal: AbortSignal): Promise<Response>;
  /** `first`: the first of a new connection. */
  onEvent(event: StreamEvent, first: boolean): void;
  /** Whether news arrive. */
  onConnected(connected: boolean): void;
  /** Resolves after `ms`, or when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
}

/** The server says every 15 seconds that it is there; a computer that slept, or a line that broke, says nothing. */
const SILENT_MS = 40_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Follows the stream until `signal` aborts or nobody is signed in any more; comes back after every end, at times that
 * differ from page to page, so that a server that was away is not met by everybody at once.
 */
export async function followStream(setting: LiveSetting, signal: AbortSignal): Promise<void> {
  const parser = new EventParser();
  let failures = 0;
  while (!signal.aborted) {
    const outcome = await readOnce(setting, parser, signal);
    setting.onConnected(false);
    if (outcome.kind === 'signed_out') return;
    failures = outcome.heard ? 0 : failures + 1;
    const most = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
    const pauseMs = Math.max(outcome.retryAfterMs, most / 2 + (setting.random() * most) / 2);
    await setting.sleep(outcome.atOnce ? 0 : pauseMs, signal);
  }
}

type Outcome = { kind: 'ended'; heard: boolean; atOnce: boolean; retryAfterMs: number } | { kind: 'signed_out' };

async function readOnce(setting: LiveSetting, parser: EventParser, signal: AbortSignal): Promise<Outcome> {
  const attempt = new AbortController();
  const stop = (): void => attempt.abort();
  signal.addEventListener('abort', stop, { once: true });
  let watch = setTimeout(stop, SILENT_MS);
  let heard = false;
  let atOnce = false;
  try {
    const response = await setting.open(parser.lastId, attempt.signal);
    parser.startAnew();
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader?.read(); piece?.done === false; piece = await reader?.read()) {
      clearTimeout(watch);
      watch = setTimeout(stop, SILENT_MS);
      if (!heard) setting.onConnected(true);
      const isFirst = !heard;
      heard = true;
      const events = parser.take(piece.value);
      events.forEach((event, at) => setting.onEvent(event, isFirst && at === 0));
      // A token's time is over in the ordinary course: the next one is there already.
      atOnce ||= events.some(({ name, data }) => name === 'end' && data.includes('token_expired'));
    }
    return { kind: 'ended', heard, atOnce, retryAfterMs: 0 };
  } catch (error) {
    if (error instanceof Problem && error.code === 'signed_out') return { kind: 'signed_out' };
    const retryAfterMs = error instanceof Problem ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    return { kind: 'ended', heard, atOnce: false, retryAfterMs };
  } finally {
    clearTimeout(watch);
    signal.removeEventListener('abort', stop);
    attempt.abort();
  }
}
