import type { CalendarEvent } from './event.ts';

/** An event for tests; give what the test is about. */
export function sampleEvent(given: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    uid: '8a4c3f1e-6f0b-4a53-9a35-3d1d0c6f8f10.staff@valclean.example',
    appointmentId: 123,
    sequence: 3,
    status: 'CONFIRMED',
    createdAt: new Date('2026-11-01T10:00:00Z'),
    updatedAt: new Date('2026-11-20T09:30:00Z'),
    title: 'Window cleaning – Zoë Çelik',
    description: 'Team: Sarah Miller\nPhone: +41 44 555 01 00',
    location: 'Bahnhofstrasse 12, 8001 Zürich, CH',
    startsWall: '2026-12-01T09:00:00',
    endsWall: '2026-12-01T11:00:00',
    timeZone: 'Europe/Zurich',
    startsAt: new Date('2026-12-01T08:00:00Z'),
    endsAt: new Date('2026-12-01T10:00:00Z'),
    busy: true,
    private: true,
    url: 'https://app.valclean.example/appointments/123',
    reminderMinutes: 60,
    ...given,
  };
}
