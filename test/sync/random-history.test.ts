import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY } from '../../src/base/time.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { playHistory, STEP_NAMES, type Step } from './history.ts';
import { startRig, type Rig } from './rig.ts';
import { extentOf, tryHistories } from './try-histories.ts';

const EXTENT = extentOf({ runs: 8, steps: 30 });
const TIME_LIMIT_MS = 120_000 + EXTENT.runs * EXTENT.steps * 500;

let opened: TestDatabase;
let rig: Rig;

beforeAll(async () => {
  opened = await openTestDatabase();
  rig = await startRig(opened.database, { markedTogether: 2 });
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
const history = fc.array(step, { minLength: EXTENT.steps, maxLength: EXTENT.steps });

it(
  'whatever happens, every calendar ends as it should, each event exactly once',
  async () => {
    await tryHistories(rig, history, EXTENT);
    expect(rig.errors).toEqual([]);
  },
  TIME_LIMIT_MS,
);

// The 481st of seed -1539232714: by then the clock had passed the first days on which histories had their appointments.
it('a history that comes after many others', async () => {
  rig.clock.advance(30 * DAY);
  await playHistory(rig, [{ do: 'book', a: 17, b: 627, c: 3, calm: true }]);
  expect(rig.errors).toEqual([]);
});
