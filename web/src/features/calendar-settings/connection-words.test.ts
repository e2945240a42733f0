import { describe, expect, test } from 'vitest';
import { calendar, connection } from './connection.fixture.ts';
import { changeWords, connectionSentence, connectionStatus, overallStatus } from './connection-words.ts';

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
