import type { Deed } from '../sides/office-process.ts';
import type { Arrival } from './fake-calendar.ts';

/**
 * How long it took from a moment of each deed until the provider was asked, once for each account concerned.
 * @returns milliseconds
 * @throws when a request never came
 */
export function waits(
  deeds: readonly Deed[],
  arrivals: readonly Arrival[],
  method: string,
  from: 'begunAt' | 'committedAt',
): number[] {
  const byToken = Map.groupBy(
    arrivals.filter((arrival) => arrival.method === method),
    (arrival) => arrival.token,
  );
  return deeds.flatMap((deed) =>
    deed.tokens.map((token) => {
      const arrival = byToken.get(token)?.find(({ at }) => at > deed.begunAt);
      if (!arrival) throw new Error(`nothing arrived for ${token}`);
      return arrival.at - deed[from];
    }),
  );
}
