import fc from 'fast-check';
import { playHistory, type HistoryRig, type Step } from './history.ts';

/** How many histories are tried, and of how many steps. */
export interface Extent {
  runs: number;
  steps: number;
}

/** More of them or longer ones, where the environment says so: `HISTORY_RUNS=500 HISTORY_STEPS=60`. */
export function extentOf({ runs, steps }: Extent): Extent {
  return { runs: Number(process.env.HISTORY_RUNS ?? runs), steps: Number(process.env.HISTORY_STEPS ?? steps) };
}

/**
 * Plays random histories on a rig; those of an earlier run with `HISTORY_SEED`, one among them with `HISTORY_PATH`, both as
 * fast-check tells them.
 * @throws with the first that ends as it should not
 */
export async function tryHistories(rig: HistoryRig, histories: fc.Arbitrary<Step[]>, { runs }: Extent): Promise<void> {
  const { HISTORY_SEED: seed, HISTORY_PATH: path, HISTORY_SHRINK: shrink } = process.env;
  await fc.assert(
    fc.asyncProperty(histories, (steps) => playHistory(rig, steps)),
    {
      numRuns: runs,
      // Looking for the shortest history takes minutes: only where somebody is waiting for it.
      endOnFailure: shrink === undefined,
      ...(seed === undefined ? {} : { seed: Number(seed) }),
      ...(path === undefined ? {} : { path }),
    },
  );
}
