import { describe, expect, it } from 'vitest';
import { calendar, connection } from './connection.fixture.ts';
import { glance } from './glance-words.ts';

const NOW = new Date('2026-12-01T09:00:00Z');

describe('the calendar in one sentence', () => {
  it('invites who has none', () => {
    expect(glance(calendar([]), NOW)).toMatchObject({
      word: 'Not connected',
      sentence: 'Connect a calendar once, and your visits appear in it by themselves.',
    });
  });

  it('names the calendars in which all is well, and when that was', () => {
    const synced = connection({ last_synced_at: '2026-12-01T08:55:00Z' });
    expect(glance(calendar([synced]), NOW)).toMatchObject({
      tone: 'good',
      sentence: 'Your visits are in Google Calendar. Last synced 5 minutes ago.',
    });
  });

  it('names the calendar that needs its owner, not the one beside it', () => {
    const dead = connection({ id: 6, provider: 'outlook', status: 'reauth_required' });
    expect(glance(calendar([connection(), dead]), NOW)).toMatchObject({
      tone: 'bad',
      sentence: 'Outlook no longer lets us in. Reconnect it, and it goes on where it stopped.',
    });
  });

  it('says that sync is switched off', () => {
    expect(glance(calendar([connection()], false), NOW).word).toBe('Switched off');
  });
});
