import { sql, type Db } from '../db/sql.ts';
import type { Appointment, AppointmentStatus, TeamMember } from '../domain/appointment.ts';

interface AppointmentRow {
  id: number;
  order_id: number;
  status: AppointmentStatus;
  service_id: number;
  service_name: string;
  starts_wall: string;
  ends_wall: string;
  time_zone: string;
  starts_at: Date;
  ends_at: Date;
  arrival_window_minutes: number | null;
  notes: string | null;
  internal_notes: string | null;
  price_cents: number;
  currency: string;
  version: number;
  created_at: Date;
  updated_at: Date;
  line1: string;
  line2: string | null;
  city: string;
  postal_code: string;
  country: string;
  access_notes: string | null;
  customer_id: number;
  customer_name: string;
  customer_phone: string | null;
  customer_email: string;
  team: TeamRow[];
}

interface TeamRow {
  id: number;
  name: string;
  managerId: number | null;
  /** As PostgreSQL writes it into JSON. */
  absentSince: string | null;
  absenceNote: string | null;
}

/**
 * All facts of these appointments, soonest first (then by id), in one statement; unknown ids are left out. For the
 * engine and the use cases: what a person gets to see of it is `viewFor`'s decision.
 */
export async function loadAppointments(db: Db, ids: readonly number[]): Promise<Appointment[]> {
  if (ids.length === 0) return [];
  const found = await sql<AppointmentRow>`
    select a.id, a.order_id, a.status, a.service_id, s.name as service_name, a.starts_wall, a.ends_wall, a.time_zone,
           a.starts_at, a.ends_at, a.arrival_window_minutes, a.notes, a.internal_notes, a.price_cents, a.currency,
           a.version, a.created_at, a.updated_at,
           o.line1, o.line2, o.city, o.postal_code, o.country, o.access_notes,
           c.id as customer_id, c.name as customer_name, c.phone as customer_phone, c.email as customer_email,
           coalesce((select json_agg(json_build_object('id', u.id, 'name', u.name, 'managerId', u.manager_id,
                                       'absentSince', t.absent_since, 'absenceNote', t.absence_note)
                                     order by t.position, u.id)
                       from assignments t join users u on u.id = t.user_id
                      where t.appointment_id = a.id), '[]') as team
      from appointments a
      join orders o on o.id = a.order_id
      join users c on c.id = o.customer_id
      join services s on s.id = a.service_id
     where a.id = any(${ids}::bigint[])
     order by a.starts_at, a.id`.execute(db);
  return found.rows.map(toAppointment);
}

function toAppointment(row: AppointmentRow): Appointment {
  return {
    id: row.id,
    orderId: row.order_id,
    status: row.status,
    service: { id: row.service_id, name: row.service_name },
    startsWall: row.starts_wall,
    endsWall: row.ends_wall,
    timeZone: row.time_zone,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    arrivalWindowMinutes: row.arrival_window_minutes,
    address: {
      line1: row.line1,
      line2: row.line2,
      city: row.city,
      postalCode: row.postal_code,
      country: row.country,
    },
    accessNotes: row.access_notes,
    customer: { id: row.customer_id, name: row.customer_name, phone: row.customer_phone, email: row.customer_email },
    team: row.team.map(toTeamMember),
    notes: row.notes,
    internalNotes: row.internal_notes,
    priceCents: row.price_cents,
    currency: row.currency,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toTeamMember({ absentSince, absenceNote, ...member }: TeamRow): TeamMember {
  if (absentSince === null) return member;
  return { ...member, absence: { since: new Date(absentSince), note: absenceNote } };
}
