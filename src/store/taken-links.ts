import { sql, type Db } from '../db/sql.ts';
import type { Appointment } from '../domain/appointment.ts';
import type { LinkRecord, LinkState } from '../sync/plan.ts';
import type { DueLink } from '../sync/store.ts';
import { loadAppointments } from './appointments.ts';

/** A taken link as JSON, column by column. */
export interface TakenLink {
  id: number;
  key: string;
  appointment_id: number;
  generation: number;
  state: LinkState;
  desired: number;
  was_in_flight: boolean;
  remote_id: string | null;
  remote_etag: string | null;
  web_link: string | null;
  applied_hash: string | null;
  applied_shape: string | null;
  suppressed_shape: string | null;
  attempts: number;
  priority: 0 | 1;
  due_at: string;
  recheck: boolean;
  asked: boolean;
  corrections: number;
  calendar_id: string | null;
  hidden_remote_id: string | null;
}

/** The columns of {@link TakenLink} but `was_in_flight`. */
export const LINK_COLUMNS = sql`links.id, links.key, links.appointment_id, links.generation, links.state, links.desired,
  links.remote_id, links.remote_etag, links.web_link, links.applied_hash, links.applied_shape, links.suppressed_shape,
  links.attempts, links.priority, links.starts_at, links.due_at, links.recheck, links.asked, links.corrections, links.calendar_id,
  links.hidden_remote_id`;

/**
 * Lists of links with their appointments, read in one statement of its own *after* the links: never older than these.
 */
export async function withAppointments(db: Db, lists: readonly (readonly TakenLink[])[]): Promise<DueLink[][]> {
  const appointments = await loadAppointments(db, [...new Set(lists.flat().map((link) => link.appointment_id))]);
  const byId = new Map<number, Appointment>(appointments.map((appointment) => [appointment.id, appointment]));
  return lists.map((links) =>
    links.flatMap((link) => {
      const appointment = byId.get(link.appointment_id);
      return appointment ? [{ record: toRecord(link), appointment }] : [];
    }),
  );
}

function toRecord(link: TakenLink): LinkRecord {
  return {
    id: link.id,
    key: link.key,
    appointmentId: link.appointment_id,
    generation: link.generation,
    state: link.state,
    priority: link.priority,
    dueAt: new Date(link.due_at),
    desired: link.desired,
    wasInFlight: link.was_in_flight,
    recheck: link.recheck,
    asked: link.asked,
    corrections: link.corrections,
    formerCalendarId: link.calendar_id,
    hiddenRemoteId: link.hidden_remote_id,
    event: link.remote_id === null ? null : { remoteId: link.remote_id, etag: link.remote_etag },
    webLink: link.web_link,
    appliedHash: link.applied_hash,
    appliedShape: link.applied_shape,
    suppressedShape: link.suppressed_shape,
    attempts: link.attempts,
  };
}
