import { expect } from 'vitest';
import { liveEventSchemas, type LiveEvent } from '../../src/api-contract/live.ts';

/** One reader of `GET /api/calendar/stream/`. */
export interface StreamReader {
  status: number;
  headers: Headers;
  /** Every event so far; all of them fit the contract. */
  events: LiveEvent[];
  /** The id that a browser would name when it comes back. */
  lastId(): string;
  /** Everything as it came. */
  text(): string;
  /** Whether the server has ended it. */
  ended(): boolean;
  /** Waits until everything of `parts` has been told; see {@link toldOf}. */
  told(...parts: string[]): Promise<void>;
  close(): void;
}

/** `appointment 7`, `ledger *` (more than can be named), `reset`, `end closing`, `backfill 3: 5/9`. */
export function toldOf(events: readonly LiveEvent[]): string[] {
  return events.flatMap(({ name, data }) => {
    if (name === 'reset') return ['reset'];
    if (name === 'end') return [`end ${data.reason}`];
    if (name === 'backfill') return [`backfill ${data.connection_id}: ${data.done}/${data.total}`];
    return data.ids === null ? [`${name} *`] : data.ids.map((id) => `${name} ${id}`);
  });
}

/** Opens a stream and reads it until it is closed from either side. */
export async function openStream(origin: string, token: string, lastId?: string): Promise<StreamReader> {
  const stop = new AbortController();
  const response = await fetch(`${origin}/api/calendar/stream/`, {
    headers: { authorization: `Bearer ${token}`, ...(lastId !== undefined && { 'last-event-id': lastId }) },
    signal: stop.signal,
  });
  const events: LiveEvent[] = [];
  let text = '';
  let read = 0;
  let id = '';
  let ended = false;

  function take(chunk: string): void {
    text += chunk;
    for (let end = text.indexOf('\n\n', read); end >= 0; end = text.indexOf('\n\n', read)) {
      const lines = text.slice(read, end).split('\n');
      read = end + 2;
      const field = (name: string): string | undefined =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      id = field('id') ?? id;
      const name = field('event');
      if (name === undefined) continue;
      const schema = liveEventSchemas[name as LiveEvent['name']];
      events.push({ name, data: schema.parse(JSON.parse(field('data') ?? '')) } as LiveEvent);
    }
  }

  async function readAll(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) take(decoder.decode(chunk, { stream: true }));
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
    ended = true;
  }
  if (response.ok) void readAll();
  else await response.body?.cancel();
  return {
    status: response.status,
    headers: response.headers,
    events,
    lastId: () => id,
    text: () => text,
    ended: () => ended,
    async told(...parts) {
      const within = { interval: 10, timeout: 20_000 };
      await expect.poll(() => toldOf(events), within).toEqual(expect.arrayContaining(parts));
    },
    close: () => stop.abort(),
  };
}
