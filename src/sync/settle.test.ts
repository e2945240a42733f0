import { describe, expect, it } from 'vitest';
import { planLink, type LinkRecord, type Step, type Target } from './plan.ts';
import type { Failure } from './provider.ts';
import { settle } from './settle.ts';

const now = new Date('2026-11-20T09:00:00Z');
/** Since when the link has been due. */
const since = new Date('2026-11-20T08:59:00Z');
const circumstances = { now, random: () => 0.5 };
const present: Target = { kind: 'present', fields: { summary: 'Deep clean' }, hash: 'hash-2', shape: 'shape-2' };
const absent: Target = { kind: 'absent' };

function link(given: Partial<LinkRecord> = {}): LinkRecord {
  return {
    id: 1,
    key: '4f1b5c1e-8a53-4d0c-9b9f-1f1f5b1b0001',
    appointmentId: 7,
    generation: 1,
    state: 'pending',
    desired: 3,
    priority: 0,
    dueAt: since,
    wasInFlight: false,
    recheck: false,
    asked: true,
    corrections: 0,
    formerCalendarId: null,
    hiddenRemoteId: null,
    event: null,
    webLink: null,
    appliedHash: null,
    appliedShape: null,
    suppressedShape: null,
    attempts: 0,
    ...given,
  };
}

const acknowledged: Partial<LinkRecord> = {
  state: 'synced',
  event: { remoteId: 'vc1', etag: '"1"' },
  appliedHash: 'hash-1',
  appliedShape: 'shape-1',
};

function failed(step: Step, failure: Failure): ReturnType<typeof settle> {
  return settle(step, { kind: 'failed', failure }, circumstances);
}

describe('planLink', () => {
  it('creates what is not there and updates what differs, in place', () => {
    expect(planLink(link(), present)).toMatchObject({ kind: 'call', operation: { kind: 'create' } });
    expect(planLink(link(acknowledged), present)).toMatchObject({
      kind: 'call',
      operation: { kind: 'update', event: { remoteId: 'vc1' } },
    });
  });

  it('plans nothing for an unchanged event', () => {
    const step = planLink(link({ ...acknowledged, appliedHash: 'hash-2' }), present);
    expect(step).toMatchObject({ kind: 'nothing', state: 'synced' });
  });

  it('writes an unchanged event again when an earlier call was never resolved', () => {
    const step = planLink(link({ ...acknowledged, appliedHash: 'hash-2', wasInFlight: true }), present);
    expect(step).toMatchObject({ kind: 'call', operation: { kind: 'update' } });
  });

  it('removes what should be absent, looks up what may exist, and leaves alone what never was', () => {
    expect(planLink(link(acknowledged), absent)).toMatchObject({
      operation: { kind: 'delete', event: { remoteId: 'vc1' } },
    });
    expect(planLink(link({ wasInFlight: true }), absent)).toMatchObject({ operation: { kind: 'delete', event: null } });
    expect(planLink(link(), absent)).toMatchObject({ kind: 'nothing', state: 'removed' });
  });

  it('leaves a hidden event hidden until time, place or status change', () => {
    const hidden = link({ state: 'suppressed', suppressedShape: 'shape-2', generation: 2 });
    expect(planLink(hidden, present)).toMatchObject({ kind: 'nothing', state: 'suppressed' });
    expect(planLink({ ...hidden, suppressedShape: 'shape-1' }, present)).toMatchObject({
      operation: { kind: 'create' },
    });
  });
});

describe('settle', () => {
  const create = planLink(link({ wasInFlight: false }), present);
  const update = planLink(link({ ...acknowledged, appliedShape: 'shape-2' }), present);

  it('remembers what was acknowledged', () => {
    const outcome = { kind: 'written' as const, event: { remoteId: 'vc1', etag: '"2"' }, webLink: 'https://x.example' };
    expect(settle(create, outcome, circumstances)).toMatchObject({
      done: true,
      state: 'synced',
      remoteId: 'vc1',
      remoteEtag: '"2"',
      appliedHash: 'hash-2',
      appliedShape: 'shape-2',
      inFlight: false,
      activity: 'event_created',
    });
  });

  it('gives the next event of a removed one a new generation', () => {
    const remove = planLink(link(acknowledged), absent);
    const result = settle(remove, { kind: 'deleted' }, circumstances);
    expect(result).toMatchObject({ done: true, state: 'removed', generation: 2, remoteId: null, appliedHash: null });
  });

  it('respects that its owner deleted the event', () => {
    const result = failed(update, { kind: 'gone', what: 'event' });
    expect(result).toMatchObject({ done: true, state: 'suppressed', suppressedShape: 'shape-2', generation: 2 });
  });

  it('brings a deleted event back when the appointment has moved since', () => {
    const moved = planLink(link(acknowledged), present);
    const result = failed(moved, { kind: 'gone', what: 'event' });
    expect(result).toMatchObject({ done: false, generation: 2, remoteId: null, dueAt: since });
  });

  it('does not take its own unresolved deletion for one by the owner', () => {
    const unresolved = planLink(link({ ...acknowledged, appliedShape: 'shape-2', wasInFlight: true }), present);
    expect(failed(unresolved, { kind: 'gone', what: 'event' })).toMatchObject({ done: false, generation: 2 });
  });

  it('keeps an unknown outcome in flight, so that it is looked up', () => {
    const result = failed(create, { kind: 'unknown_outcome', code: 'no_answer' });
    expect(result).toMatchObject({ done: false, inFlight: true, attempts: 1, errorCode: 'no_answer' });
    expect(result.dueAt > now).toBe(true);
  });

  it('keeps an earlier unknown outcome in flight through a refusal of the account', () => {
    const unresolved = planLink(link({ wasInFlight: true }), present);
    const failure: Failure = { kind: 'retry_later', code: 'rate_limited', afterMs: 1000, scope: 'connection' };
    expect(failed(unresolved, failure)).toMatchObject({ done: false, inFlight: true, attempts: 0, dueAt: since });
  });

  it('shows what keeps failing, and goes on trying', () => {
    const stubborn = planLink(link({ attempts: 4 }), present);
    const result = failed(stubborn, { kind: 'retry_later', code: 'backend_error', afterMs: null, scope: 'link' });
    expect(result).toMatchObject({ state: 'failed', attempts: 5, activity: 'event_failed' });
    expect(result.dueAt).not.toBe('never');
  });

  it('waits for somebody to act when the provider refuses the event for good', () => {
    expect(failed(create, { kind: 'refused', code: 'invalid' })).toMatchObject({ state: 'failed', dueAt: 'never' });
  });

  it('starts a new generation on a foreign or dead event id', () => {
    const result = failed(create, { kind: 'conflict', code: 'foreign_event' });
    expect(result).toMatchObject({ done: false, generation: 2, remoteId: null });
  });
});
