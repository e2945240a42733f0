import process from 'node:process';

/** What a piece of work took. */
export interface Effort {
  events: number;
  /** Wall time, in milliseconds. */
  tookMs: number;
  /** CPU time of the whole process, all of its threads, in milliseconds. */
  cpuMs: number;
}

/** Measures `work`, which delivers that many events. */
export async function measure(events: number, work: () => Promise<void>): Promise<Effort> {
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  await work();
  const tookMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { events, tookMs, cpuMs: (user + system) / 1000 };
}

export function perSecond({ events, tookMs }: Effort): number {
  return (events / tookMs) * 1000;
}

export function cpuPerEvent({ events, cpuMs }: Effort): number {
  return cpuMs / events;
}
