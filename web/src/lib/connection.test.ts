import { beforeEach, expect, test } from 'vitest';
import { createConnection, type Connection, type ConnectionWatch } from './connection.ts';

let network: boolean;
let answers: boolean;
let timers: { work: () => void; ms: number }[];
let seen: Connection[];
let connection: ConnectionWatch;

beforeEach(() => {
  [network, answers, timers, seen] = [true, true, [], []];
  connection = createConnection({
    probe: async () => {
      if (!answers) throw new Error('no answer');
    },
    hasNetwork: () => network,
    later(work, ms) {
      const timer = { work, ms };
      timers.push(timer);
      return () => void (timers = timers.filter((one) => one !== timer));
    },
  });
  connection.subscribe(() => seen.push(connection.state()));
});

/** Lets the time of all that waits come. @returns how long it had to wait */
async function pass(): Promise<number[]> {
  const due = timers;
  timers = [];
  for (const { work } of due) work();
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  return due.map(({ ms }) => ms);
}

test('one lost request alone says nothing about the server', async () => {
  connection.missed();
  connection.missed();
  expect(await pass()).toEqual([1000]);
  expect(timers).toEqual([]);
  expect(seen).toEqual([]);
});

test('a server that does not answer is asked until it does', async () => {
  answers = false;
  connection.missed();
  await pass();
  expect(seen).toEqual(['unreachable']);
  expect(await pass()).toEqual([5000]);
  answers = true;
  expect(await pass()).toEqual([5000]);
  expect(seen).toEqual(['unreachable', 'online']);
  expect(timers).toEqual([]);
});

test('any answer ends the asking', async () => {
  answers = false;
  connection.missed();
  await pass();
  connection.heard();
  expect(timers).toEqual([]);
  expect(seen).toEqual(['unreachable', 'online']);
});

test('without a network the page is offline at once, and back when the server answers', async () => {
  [network, answers] = [false, false];
  connection.networkChanged();
  expect(seen).toEqual(['offline']);
  await pass();
  [network, answers] = [true, true];
  connection.networkChanged();
  expect(connection.state()).toBe('offline');
  expect(await pass()).toEqual([0]);
  expect(seen).toEqual(['offline', 'online']);
});

test('an answer that was on its way when the network went changes nothing', async () => {
  [network, answers] = [false, false];
  connection.networkChanged();
  connection.heard();
  expect(await pass()).toEqual([1000]);
  expect(seen).toEqual(['offline']);
});

test('a server on this device needs no network', async () => {
  network = false;
  connection.networkChanged();
  await pass();
  expect(seen).toEqual(['offline', 'online']);
});
