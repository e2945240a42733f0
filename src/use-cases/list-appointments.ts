import type { AppointmentStatus } from '../domain/appointment.ts';
import { invalidField } from '../domain/errors.ts';
import { listAppointmentIds } from '../store/appointment-lists.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { zoneOf } from '../store/people.ts';
import { decodeCursor, limitOf, pageFrom, type Page, type PageRequest } from './page.ts';
import { readEdge } from './read-time.ts';
import { seeAppointments, type SeenAppointment } from './see-appointments.ts';

/** `from` and `to` select what overlaps `[from, to)`: instants with offset, or wall times of the caller's own zone. */
export interface AppointmentListRequest extends PageRequest {
  from?: string | undefined;
  to?: string | undefined;
  status?: AppointmentStatus | undefined;
  staffId?: number | undefined;
  customerId?: number | undefined;
  needsStaff?: boolean | undefined;
  latestFirst?: boolean | undefined;
  rescheduleRequested?: boolean | undefined;
}

/** The appointments that the caller may know of, soonest first or latest first. @throws BusinessError 422 */
export async function listAppointments(
  context: UseCaseContext,
  caller: Caller,
  request: AppointmentListRequest,
): Promise<Page<SeenAppointment>> {
  const { status, staffId, customerId, needsStaff, rescheduleRequested, latestFirst = false } = request;
  const { db } = context.database;
  const { from, to } = await readSpan(context, caller, request);
  const limit = limitOf(request);
  const key = decodeCursor(request, ['instant', 'integer']);
  const after = key === null ? null : { startsAt: new Date(key[0] ?? 0), id: Number(key[1]) };
  const wanted = { status, staffId, customerId, needsStaff, rescheduleRequested, latestFirst };
  const filter = { from, to, ...wanted, after, limit: limit + 1 };
  const rows = await listAppointmentIds(db, caller, filter);
  const page = pageFrom(
    rows,
    limit,
    (row) => row.id,
    (row) => [row.startsAt.toISOString(), row.id],
  );
  const soonestFirst = await seeAppointments(db, caller, page.items);
  return { ...page, items: latestFirst ? soonestFirst.toReversed() : soonestFirst };
}

async function readSpan(
  { database, zones }: UseCaseContext,
  caller: Caller,
  request: AppointmentListRequest,
): Promise<{ from?: Date; to?: Date }> {
  if (request.from === undefined && request.to === undefined) return {};
  const zone = await zoneOf(database.db, caller.id);
  const from = request.from === undefined ? undefined : readEdge(zones, zone, request.from, 'from');
  const to = request.to === undefined ? undefined : readEdge(zones, zone, request.to, 'to');
  if (from !== undefined && to !== undefined && to <= from) {
    throw invalidField('invalid_request', 'to', 'Give a time after `from`.');
  }
  return { ...(from && { from }), ...(to && { to }) };
}
