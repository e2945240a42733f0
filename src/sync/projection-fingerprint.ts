import type { Appointment, Role } from '../domain/appointment.ts';
import { ROLES } from '../domain/appointment.ts';
import { desiredFor, digest, type CompanySetting } from './desired.ts';
import type { CalendarProvider } from './provider.ts';

/**
 * Changes whenever the events of the whole company would look different without anybody having changed an appointment: a
 * new version of the projection or of a provider's form, another business name or address of the app, other zone data.
 */
export function projectionFingerprint(
  setting: CompanySetting,
  zoneVersion: string,
  providers: Iterable<Pick<CalendarProvider, 'name' | 'normalise'>>,
): string {
  const shown = [...providers].flatMap((provider) =>
    ROLES.map((role) => {
      const desired = desiredFor(SAMPLE, ownerOf(role), setting);
      return [provider.name, role, desired.kind === 'present' ? provider.normalise(desired.content) : null];
    }),
  );
  return digest([zoneVersion, shown]);
}

const IDS: Readonly<Record<Role, number>> = { customer: 1, staff: 2, manager: 3, admin: 4 };

function ownerOf(role: Role): Parameters<typeof desiredFor>[1] {
  return { id: IDS[role], role, isActive: true, syncEnabled: true, reminderMinutes: 30 };
}

/** Every field is filled, so that every rule of the projection leaves its trace. */
const SAMPLE: Appointment = {
  id: 1,
  orderId: 1,
  status: 'scheduled',
  service: { id: 1, name: 'Service' },
  startsWall: '2026-01-02T09:00:00',
  endsWall: '2026-01-02T11:00:00',
  timeZone: 'Europe/London',
  startsAt: new Date('2026-01-02T09:00:00Z'),
  endsAt: new Date('2026-01-02T11:00:00Z'),
  arrivalWindowMinutes: 30,
  address: { line1: 'Line 1', line2: 'Line 2', city: 'City', postalCode: 'Code', country: 'GB' },
  accessNotes: 'Access',
  customer: { id: IDS.customer, name: 'Customer Name', phone: 'Phone', email: 'Mail' },
  team: [{ id: IDS.staff, name: 'Staff Name', managerId: IDS.manager }],
  notes: 'Notes',
  internalNotes: 'Internal',
  priceCents: 100,
  currency: 'GBP',
  version: 1,
  createdAt: new Date('2026-01-01T00:00:00Z'),
  updatedAt: new Date('2026-01-01T00:00:00Z'),
};
