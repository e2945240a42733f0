import process from 'node:process';
import { FakeCalendar, type Arrival, type Counts } from '../support/fake-calendar.ts';
import { startBareServer, type RawRequest, type RawResponse } from '../support/http-server.ts';
import { serveSide } from '../support/side.ts';

/* The fake provider: a bare server with a fixed latency, in a process whose CPU time is counted with nobody. */

/** `refused`: nobody listens; `unavailable`: 503 to everything; `hanging`: takes requests and keeps silent. */
export type Mode = 'up' | 'refused' | 'unavailable' | 'hanging';

export interface Seen extends Counts {
  /** Requests that were waiting for their answer at one time. */
  mostAtOnce: number;
}

const UNAVAILABLE: RawResponse = {
  status: 503,
  contentType: 'application/json; charset=UTF-8',
  body: '{"error":{"code":503,"errors":[{"reason":"backendError"}],"message":"unavailable"}}',
};

const calendar = new FakeCalendar();
let latencyMs = 0;
let mode: Mode = 'up';
let atOnce = 0;
let mostAtOnce = 0;
/** Answers that are held back while it hangs. */
let held: (() => void)[] = [];

const server = await startBareServer((request, answer) => {
  const at = Number(process.hrtime.bigint()) / 1e6;
  atOnce += 1;
  mostAtOnce = Math.max(mostAtOnce, atOnce);
  const respond = (): void => {
    atOnce -= 1;
    answer(mode === 'unavailable' ? UNAVAILABLE : calendar.answer(request, at));
  };
  if (mode === 'hanging') held.push(respond);
  else if (latencyMs === 0) respond();
  else setTimeout(respond, latencyMs);
});

async function behave(wanted: { mode?: Mode; latencyMs?: number }): Promise<void> {
  latencyMs = wanted.latencyMs ?? latencyMs;
  mode = wanted.mode ?? mode;
  if (mode === 'refused') await server.refuse();
  else await server.listen();
  if (mode === 'hanging') return;
  const waiting = held;
  held = [];
  for (const respond of waiting) respond();
}

const jobs = {
  address: () => server.url,
  behave,
  /** Begins to note when what arrives. */
  record(): void {
    calendar.arrivals = [];
  },
  /** @returns what arrived since `record` */
  arrivals(): Arrival[] {
    const noted = calendar.arrivals ?? [];
    calendar.arrivals = null;
    return noted;
  },
  /** @returns what was seen since the last time, and forgets every event */
  finish(): Seen {
    const seen = { ...calendar.counts, mostAtOnce };
    calendar.forget();
    mostAtOnce = 0;
    return seen;
  },
  lastInsert(): RawRequest {
    if (!calendar.lastInsert) throw new Error('nothing was inserted yet');
    return calendar.lastInsert;
  },
};

export type ProviderJobs = typeof jobs;

serveSide(jobs);
