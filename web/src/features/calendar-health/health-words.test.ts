import { describe, expect, it } from 'vitest';
import type { ProviderHealthJson, SyncHealthJson } from '../../../../src/api-contract/health.ts';
import { speak } from '../../lib/t.ts';
import {
  connectionCounts,
  credentialsWords,
  durationWords,
  endWords,
  overallStatus,
  providerStatus,
  rateWords,
  reminderWords,
} from './health-words.ts';

const QUEUE = { due: 0, later: 0, held: 0, stuck: 0, oldest_due_at: null };
const LAG = { p50_ms: null, p95_ms: null, events: 0 };
const GOOGLE: ProviderHealthJson = {
  ...{ provider: 'google', configured: true, paused: false, switched_at: null, switched_by: null },
  ...{ blocked_until: null, lag: LAG, done: 0, failed: 0, throttled: 0, success_rate: null, queue: QUEUE },
  connections: { active: 3, degraded: 0, reauth_required: 1, paused: 0, disconnecting: 0 },
  needs_owner: 1,
  credentials: {
    ...{ outcome: 'accepted', message: 'Fine.', refused_as: null, checked_at: null },
    ...{ secret_expires_on: null, secret_days_left: null, secret_ends_soon: false },
  },
};

function health(google: Partial<ProviderHealthJson>, more: Partial<SyncHealthJson> = {}): SyncHealthJson {
  return {
    ...{ at: '2026-11-20T09:00:00Z', window_minutes: 60, lag: LAG, queue: QUEUE, success_rate: null, throttled: 0 },
    ...{ needs_owner: 0, providers: [{ ...GOOGLE, ...google }], failing: [], ...more },
  };
}

it.each([
  [400, '0.4 s'],
  [12_000, '12 s'],
  [180_000, '3 min'],
  [7_200_000, '2 h'],
])('%i ms is %s', (ms, words) => expect(durationWords(ms)).toBe(words));

it('nearly all is not all', () => {
  expect(rateWords(0.9999)).toBe('99.9 %');
  expect(rateWords(1)).toBe('100 %');
});

describe('the page as a whole tells the worst first', () => {
  const ending = { ...GOOGLE.credentials, secret_days_left: 12, secret_ends_soon: true };
  it.each([
    ['Google Calendar paused', health({ paused: true, credentials: ending }, { needs_owner: 2 })],
    [
      'Google Calendar refuses our credentials',
      health({ credentials: { ...ending, outcome: 'refused' } }, { queue: { ...QUEUE, stuck: 2 } }),
    ],
    ['Our secret at Google Calendar ends in 12 days', health({ credentials: ending }, { needs_owner: 2 })],
    ['2 events can’t be written', health({}, { queue: { ...QUEUE, stuck: 2, due: 5 }, needs_owner: 1 })],
    ['1 calendar needs its owner', health({}, { needs_owner: 1, queue: { ...QUEUE, due: 5 } })],
    ['Changes are on their way', health({}, { queue: { ...QUEUE, due: 5 } })],
    ['All calendars are up to date', health({})],
  ])('%s', (word, state) => expect(overallStatus(state).word).toBe(word));
});

it('states of a provider', () => {
  expect(providerStatus({ ...GOOGLE, configured: false }).word).toBe('Not set up');
  expect(providerStatus({ ...GOOGLE, blocked_until: '2026-11-20T09:10:00Z' }).word).toBe('Asked us to wait');
  expect(providerStatus(GOOGLE).word).toBe('Working');
  expect(connectionCounts(GOOGLE)).toBe('3 connected, 1 needs its owner');
});

it('the end of a secret', () => {
  expect([-1, 0, 1, 30].map(endWords)).toEqual([
    'It has ended.',
    'It ends today.',
    'It ends in 1 day.',
    'It ends in 30 days.',
  ]);
});

it('reminders say who was left out and why', () => {
  const today = { reason: 'reminded_today' as const, message: 'Reminded already.' };
  const outcome = {
    reminded: [1],
    not_reminded: [
      { id: 2, ...today },
      { id: 3, ...today },
    ],
  };
  expect(reminderWords(outcome, true)).toEqual({
    title: '1 owner reminded by mail',
    message: '2 not: Reminded already.',
  });
  expect(reminderWords(outcome, false)).toEqual({
    title: '1 reminder written, but not sent',
    message:
      'No mail server is set up. Mails are kept as files in DATA_DIR/outbox. Set SMTP_URL and MAIL_FROM to send them. 2 not: Reminded already.',
  });
  expect(reminderWords({ ...outcome, reminded: [] }, false)).toMatchObject({ message: '2 not: Reminded already.' });
});

it('why our credentials are refused is said in German, too', async () => {
  const refused = { ...GOOGLE.credentials, outcome: 'refused', message: 'In English.' } as const;
  await speak('de');
  try {
    expect(
      overallStatus(health({ credentials: { ...refused, refused_as: 'client_secret_expired' } })).sentence,
    ).toMatch(/^Unser Clientschlüssel ist abgelaufen\./);
    expect(credentialsWords({ ...refused, refused_as: null })).toMatch(/^Der Anbieter lehnt unsere Client-ID/);
    expect(credentialsWords({ ...refused, refused_as: 'of_tomorrow' })).toBe('In English.');
  } finally {
    await speak('en');
  }
});
