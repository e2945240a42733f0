import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../base/time.ts';
import { backoffMs } from './backoff.ts';
import { Pacing } from './pacing.ts';
import type { Failure, Outcome } from './provider.ts';
import { accountFailure, setbackFor } from './setback.ts';

const now = new Date('2026-11-20T09:00:00Z');
const half = (): number => 0.5;

function waitMs(failure: Failure, attempts: number): number {
  const { notBefore } = setbackFor(failure, attempts, now, half);
  if (notBefore === null) throw new Error('expected a wait');
  return notBefore.getTime() - now.getTime();
}

const wait = (afterMs: number | null): Failure => ({
  kind: 'retry_later',
  code: 'rate_limited',
  afterMs,
  scope: 'connection',
});
const outcome = (failure: Failure): Outcome => ({ kind: 'failed', failure });

describe('setbackFor', () => {
  it('waits at least as long as the provider asks', () => {
    expect(waitMs(wait(30 * SECOND), 0)).toBeGreaterThanOrEqual(30 * SECOND);
  });

  it('doubles pauses of hours, up to a day', () => {
    expect(waitMs(wait(HOUR), 0)).toBe(HOUR);
    expect(waitMs(wait(HOUR), 2)).toBe(4 * HOUR);
    expect(waitMs(wait(HOUR), 20)).toBe(24 * HOUR);
  });

  it('disconnects nobody for a fault of our app', () => {
    const setback = setbackFor({ kind: 'operator_error', code: 'invalid_client' }, 0, now, half);
    expect(setback.reauthRequired).toBe(false);
    expect(waitMs({ kind: 'operator_error', code: 'invalid_client' }, 0)).toBeGreaterThanOrEqual(MINUTE);
  });

  it('asks the owner only when the grant or the calendar is gone', () => {
    expect(setbackFor({ kind: 'reauth_required', code: 'invalid_grant' }, 0, now, half).reauthRequired).toBe(true);
    expect(setbackFor({ kind: 'gone', what: 'calendar' }, 0, now, half).reauthRequired).toBe(true);
  });
});

describe('accountFailure', () => {
  it('ignores the troubles of single events', () => {
    expect(accountFailure([outcome({ kind: 'refused', code: 'invalid' })])).toBeNull();
    expect(accountFailure([{ kind: 'deleted' }])).toBeNull();
  });

  it('finds the most lasting one', () => {
    expect(accountFailure([outcome(wait(SECOND)), outcome(wait(HOUR))])).toMatchObject({ afterMs: HOUR });
    const dead: Failure = { kind: 'reauth_required', code: 'invalid_grant' };
    expect(accountFailure([outcome(wait(HOUR)), outcome(dead)])).toBe(dead);
  });
});

describe('backoffMs', () => {
  it('grows, never passes an hour, and is jittered', () => {
    expect(backoffMs(0, null, () => 0.999)).toBeLessThanOrEqual(SECOND);
    expect(backoffMs(40, null, () => 0.999)).toBeLessThanOrEqual(HOUR);
    expect(backoffMs(5, null, () => 0)).toBeLessThan(backoffMs(5, null, () => 0.9));
  });
});

describe('Pacing', () => {
  it('shrinks batches when throttled and grows them when not', () => {
    const pacing = new Pacing();
    const first = pacing.batchFor(1, 0);
    pacing.spent(1, first, true, 50, 0);
    expect(pacing.batchFor(1, 0)).toBe(Math.floor(first / 2));
    pacing.spent(1, 1, false, 50, 0);
    expect(pacing.batchFor(1, 0)).toBeGreaterThan(Math.floor(first / 2));
  });

  it('holds the sliding minute of one account and leaves others alone', () => {
    const pacing = new Pacing();
    pacing.adopt(1, 600, [], 0);
    expect(pacing.freeAt(1, 1, false, 0)).toBeNull();
    pacing.spent(1, 300, false, 50, 0);
    pacing.spent(1, 300, false, 50, 20 * SECOND);
    expect(pacing.room(1, 30 * SECOND).urgent).toBe(0);
    expect(pacing.freeAt(1, 1, false, 30 * SECOND)?.getTime()).toBe(61 * SECOND);
    expect(pacing.freeAt(2, 1, false, 30 * SECOND)).toBeNull();
    expect(pacing.room(1, 61 * SECOND).urgent).toBe(300);
    expect(pacing.freeAt(1, 301, false, 61 * SECOND)?.getTime()).toBe(81 * SECOND);
  });

  it('keeps a part of the budget for what people wait for', () => {
    const pacing = new Pacing();
    pacing.adopt(1, 600, [], 0);
    pacing.spent(1, 550, false, 50, 0);
    expect(pacing.room(1, 0)).toEqual({ urgent: 50, backfill: -10 });
    expect(pacing.freeAt(1, 1, true, 0)).not.toBeNull();
    expect(pacing.freeAt(1, 1, false, 0)).toBeNull();
  });

  it('takes over what another node has spent, once', () => {
    const pacing = new Pacing();
    pacing.adopt(1, 600, [[0, 400]], 10 * SECOND);
    expect(pacing.room(1, 10 * SECOND).urgent).toBe(200);
    pacing.spent(1, 50, false, 50, 10 * SECOND);
    pacing.adopt(1, 600, pacing.spentLately(1, 10 * SECOND), 11 * SECOND);
    expect(pacing.room(1, 11 * SECOND).urgent).toBe(150);
    expect(pacing.room(1, 61 * SECOND).urgent).toBe(550);
  });
});
