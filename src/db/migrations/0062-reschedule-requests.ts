import { sql, type Kysely } from 'kysely';

/** Customers ask for another time, and get a mail with the answer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...requests, ...mails]) await sql.raw(statement).execute(db);
}

const requests = [
  `create table reschedule_requests (
    id bigint generated always as identity primary key,
    appointment_id bigint not null references appointments (id),
    -- 'ended': the appointment was moved, cancelled or done otherwise.
    state text not null default 'open' check (state in ('open', 'accepted', 'declined', 'withdrawn', 'ended')),
    -- In the customer's order of preference: [{ wall, at }]; walls are of the appointment's own zone.
    proposals jsonb not null check (jsonb_array_length(proposals) between 1 and 3),
    -- The customer's own words.
    note text,
    -- Which of the proposals was accepted, counted from 1; why it was declined.
    accepted smallint,
    reason text,
    answered_by bigint references users (id),
    created_at timestamptz not null,
    -- When it was answered, withdrawn or ended.
    closed_at timestamptz,
    check ((state = 'open') = (closed_at is null)),
    check ((state = 'accepted') = (accepted is not null))
  )`,
  `create unique index reschedule_requests_open on reschedule_requests (appointment_id) where state = 'open'`,
  // The newest of an appointment.
  `create index reschedule_requests_appointment on reschedule_requests (appointment_id, id)`,
];

const mails = [
  `alter table users add column mail_request_answers boolean not null default true`,
  `alter table mails
    drop constraint mails_kind_check,
    add constraint mails_kind_check check (kind in
      ('reauth_required', 'appointment_file', 'appointment_changes', 'weekly_overview', 'connection_reminder', 'absence',
       'request_answer')),
    add column reschedule_request_id bigint references reschedule_requests (id)`,
];
