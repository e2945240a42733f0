import { expect, test } from 'vitest';
import { heldUp, untilHeldUp } from './held-up.ts';

const answered = (status: number, retryAfterMs: number | null = null) =>
  ({ kind: 'answered', status, retryAfterMs }) as const;
const get = { method: 'GET', path: '/1' };

test.each([
  ['a success', [answered(200)]],
  ['a fault that names no time', [answered(503), answered(403)]],
  ['silence', [{ kind: 'unanswered' } as const]],
])('%s holds nothing up', (_, answers) => {
  expect(heldUp(answers)).toBeNull();
});

test('whoever asks for a pause holds up the rest, as long as the longest of them says', () => {
  const pause = (afterMs: number | null) => ({
    kind: 'turned_away',
    failure: { kind: 'retry_later', code: 'rate_limited', afterMs, scope: 'connection' },
  });
  expect(heldUp([answered(200), answered(429)])).toEqual(pause(null));
  expect(heldUp([answered(403, 2_000), answered(503, 3_000), answered(429)])).toEqual(pause(3_000));
});

test('after that nothing more is sent', async () => {
  const statuses = [200, 429, 200];
  const send = untilHeldUp(async () => [answered(statuses.shift() ?? 500, 1_000)]);
  expect(await send([get])).toEqual([answered(200, 1_000)]);
  expect(await send([get])).toEqual([answered(429, 1_000)]);
  expect(await send([get])).toMatchObject([{ kind: 'turned_away' }]);
  expect(statuses).toEqual([200]);
});
