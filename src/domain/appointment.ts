/**
 * The business's own words. An *appointment* is ours, an *event* is what a calendar shows, a *connection* is a person's
 * calendar account, a *link* joins an appointment and a connection.
 */

/** What a person is in the company. Also the part a person plays for one appointment (see `audience.ts`). */
export type Role = 'customer' | 'staff' | 'manager' | 'admin';

export const ROLES: readonly Role[] = ['customer', 'staff', 'manager', 'admin'];

export type AppointmentStatus = 'scheduled' | 'completed' | 'cancelled' | 'no_show';

/** A wall time without offset, `YYYY-MM-DDTHH:MM:SS`; it means something only together with an IANA zone. */
export type WallTime = string;

export interface Address {
  line1: string;
  line2: string | null;
  city: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

export interface Contact {
  id: number;
  name: string;
  phone: string | null;
  email: string;
}

/** A staff member on an appointment's team; the first of the team leads. */
export interface TeamMember {
  id: number;
  name: string;
  managerId: number | null;
  /** They have said that they can't come; they stay on the team until somebody else is found. */
  absence?: Absence | null;
}

export interface Absence {
  since: Date;
  /** Their own words, for those who plan. */
  note: string | null;
}

/** Everything that is known of one appointment. Only `projection.ts` decides who sees which part of it. */
export interface Appointment {
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
  accessNotes: string | null;
  customer: Contact;
  team: readonly TeamMember[];
  /** The customer's own words, from the order. */
  notes: string | null;
  internalNotes: string | null;
  /** The newest wish for another time; only where people look at it, calendars know nothing of it. */
  rescheduleRequest?: RescheduleRequest | null;
  priceCents: number;
  /** ISO 4217. */
  currency: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** `ended`: the appointment was moved, cancelled or done otherwise, so there is nothing to answer any more. */
export type RequestState = 'open' | 'accepted' | 'declined' | 'withdrawn' | 'ended';

/** A start that the customer proposes instead; the length stays. */
export interface Proposal {
  /** In the appointment's own zone. */
  wall: WallTime;
  at: Date;
}

/** A customer asks for another time. An appointment has one that is open, at most. */
export interface RescheduleRequest {
  id: number;
  state: RequestState;
  /** One to three, in the order of preference. */
  proposals: readonly Proposal[];
  /** The customer's own words. */
  note: string | null;
  /** Which of the proposals was accepted, counted from 1. */
  accepted: number | null;
  /** Why it was declined. */
  reason: string | null;
  createdAt: Date;
  /** `null` while it is open. */
  closedAt: Date | null;
}

/** As many as a person looks through. */
export const MOST_PROPOSALS = 3;
