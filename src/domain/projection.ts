import type {
  Absence,
  Address,
  Appointment,
  AppointmentStatus,
  RescheduleRequest,
  Role,
  TeamMember,
  WallTime,
} from './appointment.ts';

export interface TeamMemberView {
  id: number;
  /** Customers get first names. */
  name: string;
  /** That they can't come; for the team and those who plan. Why, only the latter read. */
  absence?: { since: Date; note?: string | null };
}

/**
 * What one role may see of an appointment, and nothing else. Every output (calendars, files, the API) is made from this,
 * never from the appointment itself: a field that is not copied here can't leak anywhere.
 */
export interface AppointmentView {
  role: Role;
  id: number;
  orderId: number;
  status: AppointmentStatus;
  service: { id: number; name: string };
  startsWall: WallTime;
  endsWall: WallTime;
  timeZone: string;
  startsAt: Date;
  endsAt: Date;
  arrivalWindowMinutes: number | null;
  address: Address;
  accessNotes?: string | null;
  customer?: { id: number; name: string; phone: string | null; email?: string };
  team: TeamMemberView[];
  notes?: string | null;
  internalNotes?: string | null;
  rescheduleRequest?: RescheduleRequest;
  priceCents?: number;
  currency?: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** The allow-list: which optional fields each role sees (design decision "Projection"; one table for all outputs). */
const ALLOWED = {
  customer: {
    absence: 'none',
    team: 'first names',
    customer: 'none',
    accessNotes: false,
    internalNotes: false,
    price: true,
    request: true,
  },
  staff: {
    absence: 'that',
    team: 'full names',
    customer: 'name and phone',
    accessNotes: true,
    internalNotes: false,
    price: false,
    request: false,
  },
  manager: {
    absence: 'all',
    team: 'full names',
    customer: 'all',
    accessNotes: false,
    internalNotes: true,
    price: false,
    request: true,
  },
  admin: {
    absence: 'all',
    team: 'full names',
    customer: 'all',
    accessNotes: false,
    internalNotes: true,
    price: true,
    request: true,
  },
} as const satisfies Record<Role, object>;

/** Reduces an appointment to what `role` may see. */
export function viewFor(appointment: Appointment, role: Role): AppointmentView {
  const allowed = ALLOWED[role];
  const { id, orderId, status, startsWall, endsWall, timeZone, startsAt, endsAt } = appointment;
  const { arrivalWindowMinutes, version, createdAt, updatedAt } = appointment;
  const { line1, line2, city, postalCode, country } = appointment.address;
  const view: AppointmentView = {
    role,
    ...{ id, orderId, status, startsWall, endsWall, timeZone, startsAt, endsAt },
    ...{ arrivalWindowMinutes, version, createdAt, updatedAt },
    service: { id: appointment.service.id, name: appointment.service.name },
    address: { line1, line2, city, postalCode, country },
    team: appointment.team.map((member) => memberViewFor(member, role)),
    notes: appointment.notes,
  };
  const { customer } = appointment;
  if (allowed.customer !== 'none') view.customer = { id: customer.id, name: customer.name, phone: customer.phone };
  if (allowed.customer === 'all' && view.customer) view.customer.email = customer.email;
  if (allowed.accessNotes && appointment.status === 'scheduled') view.accessNotes = appointment.accessNotes;
  if (allowed.internalNotes) view.internalNotes = appointment.internalNotes;
  const { rescheduleRequest: request } = appointment;
  if (allowed.request && request && request.state !== 'withdrawn') view.rescheduleRequest = request;
  if (allowed.price) Object.assign(view, { priceCents: appointment.priceCents, currency: appointment.currency });
  return view;
}

function memberViewFor({ id, name, absence }: TeamMember, role: Role): TeamMemberView {
  const allowed = ALLOWED[role];
  const view: TeamMemberView = { id, name: allowed.team === 'first names' ? firstName(name) : name };
  if (absence && allowed.absence !== 'none') view.absence = absenceViewFor(absence, allowed.absence);
  return view;
}

function absenceViewFor({ since, note }: Absence, allowed: 'that' | 'all'): NonNullable<TeamMemberView['absence']> {
  return allowed === 'all' ? { since, note } : { since };
}

/** `Sarah Miller` → `Sarah`. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}

/** `Sarah Miller` → `Sarah M.`; a single name stays as it is. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? [...(words.at(-1) ?? '')][0] : undefined;
  return last ? `${words[0]} ${last}.` : (words[0] ?? '');
}
