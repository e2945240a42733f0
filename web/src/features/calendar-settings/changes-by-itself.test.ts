import { expect, test } from 'vitest';
import { calendar, connection } from './connection.fixture.ts';
import { changesByItself } from './changes-by-itself.ts';

test.each([
  ['nothing known', undefined, false],
  ['nothing connected', calendar([]), false],
  ['all written', calendar([connection()]), false],
  ['events on their way', calendar([connection({ pending: 2 })]), true],
  ['the first filling', calendar([connection({ backfill: { total: 4, done: 1 } })]), true],
  ['being taken off', calendar([connection({ status: 'disconnecting' })]), true],
  ['the provider keeps us waiting', calendar([connection({ status: 'degraded', pending: 2 })]), true],
  ['only its owner can mend it', calendar([connection({ status: 'reauth_required', pending: 2 })]), false],
  ['paused by the office', calendar([connection({ status: 'paused', pending: 2 })]), false],
] as const)('%s', (_name, known, changes) => {
  expect(changesByItself(known)).toBe(changes);
});
