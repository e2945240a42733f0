import { expect, test } from 'vitest';
import type { Outcome } from '../../sync/provider.ts';
import { runRounds, type RoundRequest, type Steps } from './rounds.ts';

/** An operation of some calls whose outcome tells the last answer's body. */
function* calls(...requests: RoundRequest[]): Steps<RoundRequest, string> {
  let last = 'none';
  for (const request of requests) last = yield request;
  return { kind: 'failed', failure: { kind: 'refused', code: last } };
}

function recorder(): { rounds: string[][]; send(requests: readonly RoundRequest[]): Promise<string[]> } {
  const rounds: string[][] = [];
  return {
    rounds,
    async send(requests) {
      rounds.push(requests.map(({ method, path }) => `${method} ${path}`));
      return requests.map(({ path }, index) => `${path}#${rounds.length}.${index}`);
    },
  };
}

const get = (path: string): RoundRequest => ({ method: 'GET', path });
const put = (path: string): RoundRequest => ({ method: 'PUT', path });

function codes(outcomes: Outcome[]): string[] {
  return outcomes.map((outcome) =>
    outcome.kind === 'failed' && 'code' in outcome.failure ? outcome.failure.code : '',
  );
}

test('the next call of everyone goes out together, until all have ended', async () => {
  const { rounds, send } = recorder();
  const outcomes = await runRounds(
    [calls(get('a'), put('b')), calls(put('c')), calls(), calls(get('d'), put('e'))],
    send,
  );
  expect(rounds).toEqual([
    ['GET a', 'PUT c', 'GET d'],
    ['PUT b', 'PUT e'],
  ]);
  expect(codes(outcomes)).toEqual(['b#2.0', 'c#1.1', 'none', 'e#2.1']);
});

test('equal reads go out once, equal writes each by itself', async () => {
  const { rounds, send } = recorder();
  const outcomes = await runRounds([calls(get('a')), calls(put('a')), calls(get('a')), calls(put('a'))], send);
  expect(rounds).toEqual([['GET a', 'PUT a', 'PUT a']]);
  expect(codes(outcomes)).toEqual(['a#1.0', 'a#1.1', 'a#1.0', 'a#1.2']);
});

test('nothing to do sends nothing', async () => {
  const { rounds, send } = recorder();
  expect(await runRounds([], send)).toEqual([]);
  expect(rounds).toEqual([]);
});
