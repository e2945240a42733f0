import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';

/** An appointment for tests. */
export function appointment(over: Partial<AppointmentJson> = {}): AppointmentJson {
  return {
    id: 123,
    order_id: 45,
    status: 'scheduled',
    service: { id: 1, name: 'Deep clean' },
    starts_at: '2026-12-01T09:00:00+00:00',
    ends_at: '2026-12-01T11:00:00+00:00',
    time_zone: 'Europe/London',
    arrival_window_minutes: null,
    address: { line1: '1 High Street', line2: null, city: 'London', postal_code: 'N1 1AA', country: 'GB' },
    customer: { id: 7, name: 'Jane Doe', phone: null },
    staff: [],
    role: 'staff',
    version: 1,
    created_at: '2026-11-01T09:00:00+00:00',
    updated_at: '2026-11-01T09:00:00+00:00',
    ...over,
  };
}
