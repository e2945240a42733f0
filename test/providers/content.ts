import type { EventContent } from '../../src/domain/event-content.ts';

const HOUR_MS = 3_600_000;

/** A visit in Zurich on a winter morning, with what a test wants to be different. */
export function visit(change: Partial<EventContent> = {}): EventContent {
  return {
    title: 'Deep clean – Jane Doe',
    description: 'Team: Sarah M.\nOrder: #45\nhttps://app.example/appointments/7',
    location: '12 High St, 8001 Zürich, CH',
    startsWall: '2026-12-01T09:00:00',
    endsWall: '2026-12-01T11:30:00',
    timeZone: 'Europe/Zurich',
    startsAt: new Date('2026-12-01T08:00:00Z'),
    endsAt: new Date('2026-12-01T10:30:00Z'),
    startsTwice: false,
    endsTwice: false,
    busy: true,
    private: true,
    url: 'https://app.example/appointments/7',
    reminderMinutes: 60,
    ...change,
  };
}

/** 02:30 in the night in which Zurich's clocks go back: `first` in summer time, the other one in winter time. */
export function visitInTheDoubleHour(first: boolean): EventContent {
  const startsAt = new Date(first ? '2026-10-25T00:30:00Z' : '2026-10-25T01:30:00Z');
  return visit({
    startsWall: '2026-10-25T02:30:00',
    startsAt,
    startsTwice: true,
    endsWall: '2026-10-25T04:30:00',
    endsAt: new Date('2026-10-25T03:30:00Z'),
    endsTwice: false,
  });
}

/** A visit whose end lies before its start, as no calendar takes it. */
export function impossibleVisit(): EventContent {
  const { startsAt } = visit();
  return visit({ endsWall: '2026-12-01T08:00:00', endsAt: new Date(startsAt.getTime() - HOUR_MS) });
}
