import type { ProviderJobs, Seen } from '../sides/provider-process.ts';
import { startSide, type Side } from './side.ts';

/** The fake provider in its process. */
export interface Provider {
  url: string;
  side: Side<ProviderJobs>;
}

export async function startProvider(): Promise<Provider> {
  const side = startSide<ProviderJobs>('provider-process.ts');
  return { url: await side.call('address'), side };
}

/**
 * Holds a measurement to what really arrived: everything, each once, by as many requests as told, never more at once.
 * @throws when it differs: figures of work that was not done are no figures
 */
export function expectSeen(seen: Seen, expected: { inserted: number; requests?: number; atOnce?: number }): void {
  const { inserted, requests = seen.requests, atOnce = seen.mostAtOnce } = expected;
  const right =
    seen.inserted === inserted && seen.duplicates === 0 && seen.requests === requests && seen.mostAtOnce <= atOnce;
  if (!right) throw new Error(`expected ${JSON.stringify(expected)}, the provider saw ${JSON.stringify(seen)}`);
}
