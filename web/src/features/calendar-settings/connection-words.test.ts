import { describe, expect, test } from 'vitest';
import { calendar, connection } from './connection.fixture.ts';
import { changeWords, connectionSentence, connectionStatus, overallStatus, stripWords } from './connection-words.ts';

describe('connectionStatus', () => {
  test.each([
    [{}, 'Connected', 'good'],
    [{ pending: 3 }, 'Updating', 'busy'],
    [{ backfill: { total: 40, done: 0 } }, 'Updating', 'busy'],
    [{ failed: 1 }, 'Some events missing', 'warn'],
    [{ status: 'degraded' }, 'Delayed', 'warn'],
    [{ status: 'reauth_required', pending: 9 }, 'Needs you', 'bad'],
    [{ status: 'paused' }, 'Paused', 'quiet'],
    [{ status: 'disconnecting' }, 'Disconnecting', 'quiet'],
  ] as const)('%o is %s', (over, word, tone) => {
    expect(connectionStatus(connection(over))).toMatchObject({ word, tone });
  });

  test('every state has a sentence', () => {
    expect(connectionSentence(connection({ failed: 1 }), true)).toMatch(/^One event could not be written/);
    expect(connectionSentence(connection({ pending: 2 }), true)).toBe('2 events on the way.');
    expect(connectionSentence(connection({ status: 'reauth_required' }), true)).toContain('reconnect');
    expect(connectionSentence(connection(), false)).toContain('switched off');
  });
});

const NOW = new Date('2026-11-30T12:00:00Z');

describe('overallStatus', () => {
  test('tells of the worst of several calendars', () => {
    const all = calendar([connection(), connection({ id: 6, provider: 'outlook', status: 'reauth_required' })]);
    expect(overallStatus(all, NOW)).toMatchObject({ tone: 'bad', word: 'A calendar needs you' });
    expect(overallStatus(all, NOW).sentence).toContain('Outlook');
  });

  test('all well says when that was found', () => {
    const checked = connection({ last_synced_at: '2026-11-30T11:55:00Z' });
    expect(overallStatus(calendar([checked]), NOW).sentence).toBe('Last synced 5 minutes ago.');
  });

  test('nothing connected is no trouble', () => {
    expect(overallStatus(calendar([]), NOW).word).toBe('Not connected');
    expect(overallStatus(calendar([connection({ status: 'disconnecting' })]), NOW).word).toBe('Not connected');
  });

  test('switched off is said, even while all is well', () => {
    expect(overallStatus(calendar([connection()], false), NOW).word).toBe('Switched off');
  });
});

describe('stripWords', () => {
  const of = (total: number, written = total, hidden = 0, more = false): string | undefined =>
    stripWords(calendar([connection({ upcoming: { total, written, hidden, more } })]))?.sentence;

  test('counts what is ahead', () => {
    expect(of(14)).toBe('All 14 upcoming appointments are in your calendar.');
    expect(of(1)).toBe('Your one upcoming appointment is in your calendar.');
    expect(of(0)).toBe('You have no upcoming appointments to show in your calendar.');
    expect(of(14, 12)).toBe('12 of 14 upcoming appointments are in your calendar, the others are on their way.');
    expect(of(999, 999, 1, true)).toBe(
      'Your next 999 appointments are in your calendar. One that you deleted there stays away.',
    );
    expect(of(1000, 12, 0, true)).toBe(
      '12 of your next 1,000 appointments are in your calendar, the others are on their way.',
    );
    expect(of(3, 3, 2)).toBe('All 3 upcoming appointments are in your calendar. 2 that you deleted there stay away.');
  });

  test('names several calendars, and the latest change of all', () => {
    const change = { kind: 'event_created', code: null, count: 1, appointment_id: 7 };
    const all = calendar([
      connection({ last_change: { ...change, at: '2026-11-30T11:00:00Z' } }),
      connection({ id: 6, provider: 'outlook', last_change: { ...change, at: '2026-11-30T11:59:48Z' } }),
    ]);
    expect(stripWords(all)).toEqual({
      sentence: 'All 14 upcoming appointments are in Google Calendar. All 14 upcoming appointments are in Outlook.',
      changedAt: '2026-11-30T11:59:48Z',
    });
  });

  test('is silent where the state says more', () => {
    expect(stripWords(calendar([connection({ failed: 1 })]))).toBeNull();
    expect(stripWords(calendar([connection({ status: 'reauth_required' })]))).toBeNull();
    expect(stripWords(calendar([connection()], false))).toBeNull();
    expect(stripWords(calendar([]))).toBeNull();
  });
});

describe('changeWords', () => {
  test('counts', () => {
    expect(changeWords({ kind: 'event_created', count: null })).toBe('An event was added');
    expect(changeWords({ kind: 'event_created', count: 4 })).toBe('4 events were added');
  });

  test('connecting tells how much there is to add', () => {
    expect(changeWords({ kind: 'connected', count: 12 })).toBe('Calendar connected, 12 appointments to add');
    expect(changeWords({ kind: 'connected', count: null })).toBe('Calendar connected');
    expect(changeWords({ kind: 'connected', count: 0 })).toBe('Calendar connected');
  });

  test('a kind that is not known yet is told by its name', () => {
    expect(changeWords({ kind: 'zone_data_changed', count: null })).toBe('Zone data changed');
  });
});
