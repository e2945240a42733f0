import { expect, test } from 'vitest';
import { appointment } from './appointment.fixture.ts';
import { calendarEvents, shownHours } from './calendar-events.ts';

test('stands at the reader’s time, and says that of its place', () => {
  const [event] = calendarEvents([appointment({ time_zone: 'America/New_York' })], 'Europe/London');
  expect(event).toMatchObject({
    id: '123',
    title: expect.stringMatching(/^Deep clean – Jane Doe \(04:00.* – 06:00.* New York time\)$/),
    start: '2026-12-01T09:00',
    end: '2026-12-01T11:00',
    url: '/appointments/123',
  });
});

test('customers do not read their own name', () => {
  const [event] = calendarEvents([appointment({ role: 'customer' })], 'Europe/London');
  expect(event?.title).toBe('Deep clean');
});

test('an unusual state is said in words, not by colour alone', () => {
  const [event] = calendarEvents([appointment({ role: 'customer', status: 'cancelled' })], 'Europe/London');
  expect(event?.title).toBe('Cancelled: Deep clean');
});

test('the hours shown grow with the visits', () => {
  const at = (start: string, end: string) => ({ start: `2026-12-01T${start}`, end: `2026-12-01T${end}` });
  expect(shownHours([])).toEqual({ slotMinTime: '07:00:00', slotMaxTime: '20:00:00' });
  expect(shownHours([at('05:30', '09:00'), at('19:00', '21:15')])).toEqual({
    slotMinTime: '05:00:00',
    slotMaxTime: '22:00:00',
  });
  expect(shownHours([at('18:00', '21:00')]).slotMaxTime).toBe('21:00:00');
  expect(shownHours([{ start: '2026-12-01T23:00', end: '2026-12-02T01:00' }])).toEqual({
    slotMinTime: '00:00:00',
    slotMaxTime: '24:00:00',
  });
});
