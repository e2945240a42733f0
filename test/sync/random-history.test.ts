import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { playHistory, STEP_NAMES, type Step } from './history.ts';
import { startRig, type Rig } from './rig.ts';

/** More of them, longer ones, or the ones of an earlier run: `HISTORY_RUNS=500 HISTORY_STEPS=60 HISTORY_SEED=…`. */
const RUNS = Number(process.env.HISTORY_RUNS ?? 8);
const STEPS = Number(process.env.HISTORY_STEPS ?? 30);
const SEED = process.env.HISTORY_SEED;
/** Of one history among those of the seed, as fast-check tells it. */
const PATH = process.env.HISTORY_PATH;
const TIME_LIMIT_MS = 120_000 + RUNS * STEPS * 500;

let opened: TestDatabase;
let rig: Rig;

beforeAll(async () => {
  opened = await openTestDatabase();
  rig = await startRig(opened.database);
  // The histories have workers of their own, which can die.
  await rig.worker.stop();
});

afterAll(async () => {
  await rig.close();
  await opened.close();
});

const number = fc.nat({ max: 999 });
const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(...STEP_NAMES),
  a: number,
  b: number,
  c: number,
  calm: fc.boolean(),
});

it(
  'whatever happens, every calendar ends as it should, each event exactly once',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), (steps) => playHistory(rig, steps)),
      {
        numRuns: RUNS,
        // Looking for the shortest history takes minutes: only where somebody is waiting for it.
        endOnFailure: process.env.HISTORY_SHRINK === undefined,
        ...(SEED === undefined ? {} : { seed: Number(SEED) }),
        ...(PATH === undefined ? {} : { path: PATH }),
      },
    );
    expect(rig.errors).toEqual([]);
  },
  TIME_LIMIT_MS,
);
