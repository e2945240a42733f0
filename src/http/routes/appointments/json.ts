import type {
  AppointmentJson,
  ChangedAppointmentJson,
  RescheduleRequestJson,
  WarningJson,
} from '../../../api-contract/appointments.ts';
import type { RescheduleRequest } from '../../../domain/appointment.ts';
import type { AppointmentView, TeamMemberView } from '../../../domain/projection.ts';
import type { BookingWarning } from '../../../use-cases/booking-warning.ts';
import { instantText } from '../../../use-cases/read-time.ts';
import type { ChangedAppointment, SeenAppointment } from '../../../use-cases/see-appointments.ts';

/** An appointment as the contract spells it. Made from the view alone, so nothing but the allow-list can be in it. */
export function appointmentJson({ view, ownEvents }: SeenAppointment): AppointmentJson {
  return {
    id: view.id,
    order_id: view.orderId,
    status: view.status,
    service: view.service,
    starts_at: instantText({ wall: view.startsWall, at: view.startsAt }),
    ends_at: instantText({ wall: view.endsWall, at: view.endsAt }),
    time_zone: view.timeZone,
    arrival_window_minutes: view.arrivalWindowMinutes,
    address: addressJson(view),
    ...(view.customer && { customer: view.customer }),
    staff: view.team.map(memberJson),
    ...(view.notes !== undefined && { notes: view.notes }),
    ...(view.internalNotes !== undefined && { internal_notes: view.internalNotes }),
    ...(view.rescheduleRequest && { reschedule_request: requestJson(view, view.rescheduleRequest) }),
    ...(view.priceCents !== undefined && { price_cents: view.priceCents }),
    ...(view.currency !== undefined && { currency: view.currency }),
    role: view.role,
    version: view.version,
    created_at: view.createdAt.toISOString(),
    updated_at: view.updatedAt.toISOString(),
    ...(Object.keys(ownEvents).length > 0 && { calendar_event_id: ownEvents }),
  };
}

function requestJson(view: AppointmentView, request: RescheduleRequest): RescheduleRequestJson | undefined {
  const { id, state, proposals, note, accepted, reason, createdAt, closedAt } = request;
  if (state === 'withdrawn') return undefined;
  const lengthMs = view.endsAt.getTime() - view.startsAt.getTime();
  return {
    ...{ id, state, note, accepted, reason },
    proposals: proposals.map(({ wall, at }, position) => ({
      number: position + 1,
      starts_at: instantText({ wall, at }),
      ends_at: new Date(at.getTime() + lengthMs).toISOString(),
    })),
    created_at: createdAt.toISOString(),
    closed_at: closedAt?.toISOString() ?? null,
  };
}

function memberJson({ id, name, absence }: TeamMemberView): AppointmentJson['staff'][number] {
  if (!absence) return { id, name };
  const { since, note } = absence;
  return { id, name, absence: { since: since.toISOString(), ...(note !== undefined && { note }) } };
}

function addressJson({ address, accessNotes }: AppointmentView): AppointmentJson['address'] {
  const { line1, line2, city, postalCode, country } = address;
  const json = { line1, line2, city, postal_code: postalCode, country };
  return accessNotes === undefined ? json : { ...json, access_notes: accessNotes };
}

/** The answer to a change. */
export function changedAppointmentJson(changed: ChangedAppointment): ChangedAppointmentJson {
  return { ...appointmentJson(changed), warnings: changed.warnings.map(warningJson) };
}

export function warningJson({ code, message, appointmentId, staffId, overlap, absence }: BookingWarning): WarningJson {
  return {
    code,
    message,
    ...(appointmentId !== undefined && { appointment_id: appointmentId }),
    ...(staffId !== undefined && { staff_id: staffId }),
    ...(overlap && {
      overlap: {
        staff_name: overlap.staffName,
        appointment_id: overlap.appointmentId,
        customer_name: overlap.customerName,
        starts_at: overlap.startsAt.toISOString(),
        ends_at: overlap.endsAt.toISOString(),
        time_zone: overlap.timeZone,
      },
    }),
    ...(absence && {
      absence: {
        staff_name: absence.staffName,
        from: absence.firstDay,
        until: absence.lastDay,
        note: absence.note,
      },
    }),
  };
}
