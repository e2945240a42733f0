import { DAY, HOUR } from '../../base/time.ts';
import type { Appointment, Role } from '../../domain/appointment.ts';
import { eventContent, type EventContent } from '../../domain/event-content.ts';
import { viewFor } from '../../domain/projection.ts';
import { calendarChoices } from '../../store/calendar-overview.ts';
import { zoneOf } from '../../store/people.ts';
import type { Caller } from '../context.ts';
import { eventSetting } from '../event-setting.ts';
import { placeOccurrence } from '../recurrence.ts';
import type { CalendarContext } from './context.ts';

/** How the event of an invented visit looks for one part that people play. */
export interface EventPreview {
  role: Role;
  content: EventContent;
}

/** Whose events the caller may compare with their own: those whom they look after. */
const COMPARED: Readonly<Record<Role, readonly Role[]>> = {
  customer: ['customer'],
  staff: ['staff'],
  manager: ['manager', 'staff', 'customer'],
  admin: ['admin', 'manager', 'staff', 'customer'],
};

/** What events look like before there are any: the caller's own first. Nobody in it is real. */
export async function previewEvents(context: CalendarContext, caller: Caller): Promise<EventPreview[]> {
  const { db } = context.database;
  const choices = await calendarChoices(db, caller.id);
  const timeZone = await zoneOf(db, caller.id);
  const setting = { ...eventSetting(context), reminderMinutes: choices?.reminderMinutes ?? null };
  const example = exampleVisit(context, timeZone);
  return COMPARED[caller.role].map((role) => ({ role, content: eventContent(viewFor(example, role), setting) }));
}

/** A visit of two hours a week from now, at nine, with something in every field that events show. */
function exampleVisit({ clock, zones }: CalendarContext, timeZone: string): Appointment {
  const now = clock.now();
  const day = zones.toWall(timeZone, new Date(now.getTime() + 7 * DAY)).slice(0, 10);
  const { startsWall, startsAt } = placeOccurrence(zones, timeZone, `${day}T09:00:00`);
  const endsAt = new Date(startsAt.getTime() + 2 * HOUR);
  return {
    ...{ id: 1, orderId: 1, status: 'scheduled', service: { id: 1, name: 'Deep clean' } },
    ...{ startsWall, endsWall: zones.toWall(timeZone, endsAt), timeZone },
    ...{ startsAt, endsAt, arrivalWindowMinutes: 30 },
    address: { line1: '1 High Street', line2: null, city: 'London', postalCode: 'N1 1AA', country: 'GB' },
    accessNotes: 'Key safe by the door',
    customer: { id: 1, name: 'Jane Doe', phone: '+44 20 7946 0123', email: 'jane@example.com' },
    team: [{ id: 2, name: 'Sarah Miller', managerId: 3 }],
    notes: 'Please mind the cat',
    internalNotes: 'Regular since spring',
    ...{ priceCents: 12_000, currency: 'GBP', version: 1, createdAt: now, updatedAt: now },
  };
}
