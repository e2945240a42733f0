import { expect, test } from 'vitest';
import { calendar, connection } from './connection.fixture.ts';
import { lookAgainMs } from './look-again.ts';

test.each([
  ['nothing known', undefined, false],
  ['nothing connected', calendar([]), false],
  ['all written', calendar([connection()]), false],
  ['events on their way', calendar([connection({ pending: 2 })]), 1500],
  ['the first filling', calendar([connection({ backfill: { total: 4, done: 1 } })]), 1500],
  ['being taken off', calendar([connection({ status: 'disconnecting' })]), 1500],
  ['the provider keeps us waiting', calendar([connection({ status: 'degraded', pending: 2 })]), 10_000],
  ['only its owner can mend it', calendar([connection({ status: 'reauth_required', pending: 2 })]), false],
  ['paused by the office', calendar([connection({ status: 'paused', pending: 2 })]), false],
] as const)('%s', (_name, known, ms) => {
  expect(lookAgainMs(known)).toBe(ms);
});
