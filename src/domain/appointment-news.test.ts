import { describe, expect, it } from 'vitest';
import { newsBetween, type KnownAppointment } from './appointment-news.ts';

const NOW = new Date('2026-11-20T09:00:00Z');

function known(over: Partial<KnownAppointment> = {}): KnownAppointment {
  return {
    status: 'scheduled',
    startsWall: '2026-12-01T09:00:00',
    endsWall: '2026-12-01T11:00:00',
    timeZone: 'Europe/London',
    startsAt: new Date('2026-12-01T09:00:00Z'),
    endsAt: new Date('2026-12-01T11:00:00Z'),
    arrivalWindowMinutes: null,
    ...over,
  };
}

const LATER = known({ startsAt: new Date('2026-12-02T09:00:00Z'), endsAt: new Date('2026-12-02T11:00:00Z') });
const CANCELLED = known({ status: 'cancelled' });
const OVER = known({ startsAt: new Date('2026-11-19T09:00:00Z'), endsAt: new Date('2026-11-19T11:00:00Z') });

describe('what there is to tell', () => {
  it.each([
    ['it is new to them', null, known(), 'confirmed'],
    ['it was moved', known(), LATER, 'moved'],
    ['it was promised more exactly', known(), known({ arrivalWindowMinutes: 30 }), 'moved'],
    ['it was cancelled', known(), CANCELLED, 'cancelled'],
    ['it was moved and cancelled', known(), { ...LATER, status: 'cancelled' as const }, 'cancelled'],
    ['somebody else goes there', known(), null, 'gone'],
    ['a cancelled one is theirs again', CANCELLED, known(), 'confirmed'],
    ['what was over is to come again', OVER, known(), 'moved'],
    ['what is to come is over', known(), OVER, 'moved'],
  ] as const)('%s', (_, was, is, news) => {
    expect(newsBetween(was, is, NOW)).toBe(news);
  });

  it.each([
    ['nothing changed, or it was changed back', known(), known()],
    ['it came and went before they were told', null, CANCELLED],
    ['it never concerned them', null, null],
    ['it stays cancelled', CANCELLED, CANCELLED],
    ['they lose one that is cancelled', CANCELLED, null],
    ['it is done', known(), known({ status: 'completed' })],
    ['nobody was at home', known(), known({ status: 'no_show' })],
    ['it was over all the time', null, OVER],
    ['one that is over is cancelled', OVER, { ...OVER, status: 'cancelled' as const }],
  ] as const)('nothing: %s', (_, was, is) => {
    expect(newsBetween(was, is, NOW)).toBe(null);
  });
});
