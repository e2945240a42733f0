import { expect, test } from 'vitest';
import type { RescheduleRequestJson } from '../../../../../src/api-contract/appointments.ts';
import { appointment } from '../appointment.fixture.ts';
import { isWorthShowing } from './request-words.ts';

const REQUEST: RescheduleRequestJson = {
  id: 1,
  state: 'open',
  proposals: [
    { number: 1, starts_at: '2026-12-02T10:00:00+00:00', ends_at: '2026-12-02T12:00:00Z' },
    { number: 2, starts_at: '2026-12-03T10:00:00+00:00', ends_at: '2026-12-03T12:00:00Z' },
  ],
  note: null,
  accepted: null,
  reason: null,
  created_at: '2026-11-20T09:00:00Z',
  closed_at: null,
};

const withRequest = (over: Partial<RescheduleRequestJson>, more = {}) =>
  isWorthShowing(appointment({ reschedule_request: { ...REQUEST, ...over }, ...more }));

test('an open wish and a declined one are shown while the visit is to come', () => {
  expect(isWorthShowing(appointment())).toBe(false);
  expect(withRequest({})).toBe(true);
  expect(withRequest({ state: 'declined', reason: 'Busy' })).toBe(true);
  expect(withRequest({ state: 'declined', reason: 'Busy' }, { status: 'cancelled' })).toBe(false);
});

test('an accepted one is shown while the visit is at that time', () => {
  const accepted = { state: 'accepted', accepted: 2 } as const;
  expect(withRequest(accepted, { starts_at: '2026-12-03T10:00:00Z' })).toBe(true);
  expect(withRequest(accepted, { starts_at: '2026-12-04T10:00:00Z' })).toBe(false);
});
