import { expect, test } from 'vitest';
import { keysOf } from './news-keys.ts';

test.each([
  [{ name: 'appointment', data: { ids: [7] } }, [['appointments'], ['orders'], ['ledger', 7]]],
  [{ name: 'appointment', data: { ids: null } }, [['appointments'], ['orders'], ['ledger']]],
  [
    { name: 'ledger', data: { ids: [7, 8] } },
    [
      ['ledger', 7],
      ['ledger', 8],
    ],
  ],
  [{ name: 'order', data: { ids: [3] } }, [['orders']]],
  [{ name: 'connection', data: { ids: [5] } }, [['calendar']]],
  [{ name: 'reset', data: {} }, [[]]],
  [{ name: 'end', data: { reason: 'closing' } }, []],
] as const)('%o', (event, keys) => {
  expect(keysOf(event as Parameters<typeof keysOf>[0])).toEqual(keys);
});
