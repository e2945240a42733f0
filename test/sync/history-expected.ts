import { sql, type Db } from '../../src/db/sql.ts';
import type { AppointmentStatus, Role } from '../../src/domain/appointment.ts';

/** What one calendar has to show of one appointment; worked out from the tables of the business alone. */
export interface Expected {
  appointmentId: number;
  title: string;
  startsAt: string;
  endsAt: string;
  location: string;
  busy: boolean;
  /** Lines that the description has to hold, and words that it must not. */
  says: string[];
  conceals: string[];
  status: AppointmentStatus;
}

interface CalendarRow {
  connectionId: number;
  calendarId: string;
  userId: number;
  role: Role;
  provider: string;
}

interface AppointmentRow {
  id: number;
  orderId: number;
  status: AppointmentStatus;
  startsAt: Date;
  endsAt: Date;
  window: number | null;
  notes: string | null;
  internalNotes: string | null;
  customerId: number;
  customerName: string;
  team: { id: number; name: string; manager: number | null }[];
}

/**
 * Every calendar that is kept up to date, by its id, with what it has to show by appointment. Written from the words of
 * the design (who is concerned, what each may see), not from the code that does it.
 */
export async function expectedCalendars(db: Db): Promise<Map<string, Map<number, Expected>>> {
  const calendars = await sql<CalendarRow>`
    select c.id as "connectionId", c.calendar_id as "calendarId", c.provider, u.id as "userId", u.role
      from connections c join users u on u.id = c.user_id
     where c.status in ('active', 'degraded', 'reauth_required', 'paused')`.execute(db);
  const switchedOn = await sql<{ id: number }>`
    select id from users where is_active and calendar_sync_enabled`.execute(db);
  const on = new Set(switchedOn.rows.map((row) => row.id));
  const appointments = await sql<AppointmentRow>`
    select a.id, a.order_id as "orderId", a.status, a.starts_at as "startsAt", a.ends_at as "endsAt",
           a.arrival_window_minutes as "window", a.notes, a.internal_notes as "internalNotes",
           o.customer_id as "customerId", c.name as "customerName",
           coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name, 'manager', s.manager_id) order by t.position)
              from assignments t join users s on s.id = t.user_id where t.appointment_id = a.id), '[]') as team
      from appointments a join orders o on o.id = a.order_id join users c on c.id = o.customer_id
     where a.status <> 'cancelled'`.execute(db);
  return new Map(
    calendars.rows.map((calendar) => [
      calendar.calendarId,
      new Map(
        appointments.rows.flatMap((appointment) => {
          const part = on.has(calendar.userId) ? partOf(calendar, appointment) : null;
          return part === null ? [] : [[appointment.id, eventOf(appointment, part)]];
        }),
      ),
    ]),
  );
}

function partOf({ userId, role }: CalendarRow, { customerId, team }: AppointmentRow): Role | null {
  if (customerId === userId) return 'customer';
  if (team.some((member) => member.id === userId)) return 'staff';
  if (team.some((member) => member.manager === userId)) return 'manager';
  return role === 'admin' ? 'admin' : null;
}

function eventOf(appointment: AppointmentRow, part: Role): Expected {
  const { id, orderId, status, startsAt, endsAt, window, notes, internalNotes, customerName, team } = appointment;
  const visit = `Deep clean – ${customerName}`;
  const overview = `${team.map(({ name }) => short(name)).join(', ') || 'Unassigned'} · ${visit}`;
  const titles = {
    customer: 'VALClean: Deep clean',
    staff: visit,
    manager: overview,
    admin: `${overview} #${orderId}`,
  };
  const promised = part === 'customer' ? (window ?? 0) * 60_000 : 0;
  const insiders = part === 'manager' || part === 'admin';
  const keys = part === 'staff' && status === 'scheduled';
  return {
    appointmentId: id,
    title: titles[part],
    startsAt: startsAt.toISOString(),
    endsAt: new Date(endsAt.getTime() + promised).toISOString(),
    location: '1 High Street, N1 1AA London, GB',
    busy: !insiders,
    says: [
      ...(notes ? [`Notes: ${notes}`] : []),
      ...(insiders && internalNotes ? [`Internal notes: ${internalNotes}`] : []),
      ...(keys ? ['Access: Key safe 4411'] : []),
      ...(status === 'completed' ? ['Completed'] : []),
      ...(status === 'no_show' ? ['Nobody was at home'] : []),
    ],
    conceals: [
      ...(keys ? [] : ['4411']),
      ...(insiders ? [] : ['Internal notes:']),
      ...(status === 'completed' ? [] : ['Completed']),
    ],
    status,
  };
}

/** `Sarah Miller` → `Sarah M.` */
function short(name: string): string {
  const [first = '', last = ''] = name.split(' ');
  return `${first} ${last.charAt(0)}.`;
}
