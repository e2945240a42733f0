import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { LOST_ANSWER, STEP_NAMES, type Step } from './history.ts';
import { startSimulatedRig, type SimulatedRig } from './simulated-rig.ts';
import { extentOf, tryHistories } from './try-histories.ts';

/*
 * The histories of `random-history.test.ts`, shorter ones, over the real providers: everything goes over HTTP to the
 * simulated services, in their words and with their quirks. How calls of two workers mix is up to the machine, so a seed
 * repeats what happens, not always in which order.
 */

const EXTENT = extentOf({ runs: 4, steps: 15 });
const TIME_LIMIT_MS = 120_000 + EXTENT.runs * EXTENT.steps * 2_000;

let opened: TestDatabase;
let rig: SimulatedRig;

beforeAll(async () => {
  opened = await openTestDatabase();
  rig = await startSimulatedRig(opened.database);
});

afterAll(async () => {
  await rig.close();
  await opened.close();
});

const number = fc.nat({ max: 999 });

function stepsOf(...names: readonly Step['do'][]): fc.Arbitrary<Step> {
  return fc.record({ do: fc.constantFrom(...names), a: number, b: number, c: number, calm: fc.boolean() });
}

/** What happens by itself, and what is most likely to go wrong: something fails or dies just before there is work. */
const trouble = fc.oneof(
  stepsOf('fault', 'kill', 'expireTokens'),
  // The answer is lost after it was done.
  stepsOf('fault').map((step) => ({ ...step, b: LOST_ANSWER, c: 2 * step.c })),
);
const happening = fc.oneof(
  { weight: 2, arbitrary: stepsOf(...STEP_NAMES, 'expireTokens', 'dieGrant').map((step) => [step]) },
  { weight: 1, arbitrary: fc.tuple(trouble, stepsOf('book', 'connect', 'move')) },
);
const history = fc
  .array(happening, { minLength: EXTENT.steps, maxLength: EXTENT.steps })
  .map((happenings) => happenings.flat().slice(0, EXTENT.steps));

it(
  'whatever happens, every calendar at every service ends as it should, each event exactly once',
  async () => {
    await tryHistories(rig, history, EXTENT);
    expect(rig.flags()).toEqual([]);
  },
  TIME_LIMIT_MS,
);
