import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGoogleSimulator, type GoogleSimulator } from '../../simulator/google/server.ts';
import { ADMIN_EMAIL, PASSWORD, startBusiness, type Business, type Person } from '../support/business.ts';
import { startKillable, type Killable } from '../support/killable.ts';
import { startTestFolder, type TestFolder } from '../support/test-folder.ts';
import { buildWeb } from '../support/web-build.ts';

/* Nobody in the office waits for Google: the real product, with a provider that takes every request and never answers. */

const CLIENT = { clientId: 'valclean-test', clientSecret: 'valclean-test-secret' };
const REDIRECT_URI = 'http://localhost:8000/api/calendar/google/callback/';
const BLOCKS = 6;
const CONFIRMS_A_BLOCK = 5;
/** The machine does other things too, but it does them to both alike: the blocks take turns. */
const MOST_TIMES_SLOWER = 2;
const REST_WITHIN_MS = 120_000;
const TIME_LIMIT_MS = 400_000;

let google: GoogleSimulator;
let product: Killable;
let folder: TestFolder;
let business: Business;
let jane: Person;
let sarah: Person;

beforeAll(async () => {
  await buildWeb();
  google = await startGoogleSimulator({ clients: [{ ...CLIENT, redirectUris: [REDIRECT_URI] }], accounts: [] });
  folder = await startTestFolder();
  const running = await startKillable('serve', {
    ...{ ...google.env, ...folder.settings, PORT: '0', WEB_PORT: '0', GOOGLE_REDIRECT_URI: REDIRECT_URI },
    ...{ GOOGLE_CLIENT_ID: CLIENT.clientId, GOOGLE_CLIENT_SECRET: CLIENT.clientSecret },
    ...{ BOOTSTRAP_ADMIN_EMAIL: ADMIN_EMAIL, BOOTSTRAP_ADMIN_PASSWORD: PASSWORD },
  });
  product = running;
  business = await startBusiness(google, running.ready.api ?? '');
  jane = await business.hire('customer', 'Jane Doe');
  sarah = await business.hire('staff', 'Sarah Miller');
  for (const person of business.people) await business.connect(person);
}, TIME_LIMIT_MS);

afterAll(async () => {
  await product.stop();
  await google.close();
  await folder.remove();
}, TIME_LIMIT_MS);

const live = ({ google: account }: Person): number =>
  google.events(account).filter((event) => event['status'] !== 'cancelled').length;

/** How long the answer took, in milliseconds. */
async function confirm(orderId: number): Promise<number> {
  const begun = performance.now();
  await business.call(business.admin, 'POST', `/api/orders/${orderId}/confirm/`);
  return performance.now() - begun;
}

async function orders(count: number): Promise<number[]> {
  const made: number[] = [];
  for (let i = 0; i < count; i += 1) {
    made.push(await business.order({ customer: jane, staff: [sarah], day: 2 + (i % 40), hour: 8 + (i % 9) }));
  }
  return made;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

it(
  'confirming answers as fast as ever, and everything is written when the provider is back',
  async () => {
    const waiting = await orders(2 * BLOCKS * CONFIRMS_A_BLOCK);
    const count = waiting.length;
    const took = { up: [] as number[], hanging: [] as number[] };
    for (let block = 0; block < BLOCKS; block += 1) {
      for (const state of ['up', 'hanging'] as const) {
        google.setHanging(state === 'hanging');
        for (const id of waiting.splice(0, CONFIRMS_A_BLOCK)) took[state].push(await confirm(id));
      }
    }
    expect(median(took.hanging) / median(took.up)).toBeLessThan(MOST_TIMES_SLOWER);
    google.setHanging(false);
    const written = (): number[] => business.people.map(live);
    await expect.poll(written, { timeout: REST_WITHIN_MS }).toEqual(business.people.map(() => count));
  },
  TIME_LIMIT_MS,
);

it(
  'an account that hangs keeps no other one waiting',
  async () => {
    const before = live(jane);
    const silence = { match: { account: jane.google }, action: { kind: 'hang' }, times: 'until-cleared' } as const;
    const fault = google.faults.add(silence);
    const [orderId = 0] = await orders(1);
    await confirm(orderId);
    await expect.poll(() => live(sarah), { timeout: REST_WITHIN_MS }).toBe(before + 1);
    expect(live(jane)).toBe(before);
    google.faults.clear(fault);
    await expect.poll(() => live(jane), { timeout: REST_WITHIN_MS }).toBe(before + 1);
  },
  TIME_LIMIT_MS,
);
