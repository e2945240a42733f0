import { describe, expect, test } from 'vitest';
import type { CalendarJson, ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { changeWords, connectionSentence, connectionStatus, overallStatus } from './connection-words.ts';

function connection(over: Partial<ConnectionJson> = {}): ConnectionJson {
  return {
    id: 5,
    provider: 'google',
    status: 'active',
    account_email: 'jane@example.com',
    calendar: { id: 'primary', name: null, kind: 'primary' },
    last_synced_at: null,
    last_change: null,
    pending: 0,
    failed: 0,
    backfill: null,
    error: null,
    ...over,
  };
}

function calendar(connections: ConnectionJson[], enabled = true): CalendarJson {
  const configured = { configured: true };
  return {
    calendar_sync_enabled: enabled,
    reminder_minutes: null,
    providers: { google: configured, outlook: configured, caldav: configured },
    connections,
    feeds: [],
  };
}

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
    expect(connectionSentence(connection({ failed: 1 }))).toMatch(/^One event could not be written/);
    expect(connectionSentence(connection({ pending: 2 }))).toBe('2 events on the way.');
    expect(connectionSentence(connection({ status: 'reauth_required' }))).toContain('reconnect');
  });
});

describe('overallStatus', () => {
  test('tells of the worst of several calendars', () => {
    const all = calendar([connection(), connection({ id: 6, provider: 'outlook', status: 'reauth_required' })]);
    expect(overallStatus(all)).toMatchObject({ tone: 'bad', word: 'A calendar needs you' });
    expect(overallStatus(all).sentence).toContain('Outlook');
  });

  test('nothing connected is no trouble', () => {
    expect(overallStatus(calendar([])).word).toBe('Not connected');
    expect(overallStatus(calendar([connection({ status: 'disconnecting' })])).word).toBe('Not connected');
  });

  test('switched off is said, even while all is well', () => {
    expect(overallStatus(calendar([connection()], false)).word).toBe('Switched off');
  });
});

describe('changeWords', () => {
  test('counts', () => {
    expect(changeWords({ kind: 'event_created', count: null, code: null })).toBe('An event was added');
    expect(changeWords({ kind: 'event_created', count: 4, code: null })).toBe('4 events were added');
  });

  test('a kind that is not known yet is told by its name', () => {
    expect(changeWords({ kind: 'zone_data_changed', count: null, code: null })).toBe('Zone data changed');
  });
});
