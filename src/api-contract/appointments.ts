import { z } from 'zod';
import { fault } from './faults.ts';
import {
  booleanTextSchema,
  dateSchema,
  idSchema,
  idTextSchema,
  instantOrWallSchema,
  instantSchema,
  notesSchema,
  roleSchema,
  timeZoneSchema,
  versionSchema,
} from './fields.ts';
import { pageOf, pageQueryShape } from './page.ts';

export const appointmentStatusSchema = z
  .enum(['scheduled', 'completed', 'cancelled', 'no_show'])
  .meta({ id: 'AppointmentStatus' });

/** A customer's wish for another time. */
export const rescheduleRequestSchema = z
  .object({
    id: idSchema,
    state: z.enum(['open', 'accepted', 'declined', 'ended']).meta({
      description: '`ended`: the appointment was moved, cancelled or done otherwise. What was withdrawn is not shown.',
    }),
    proposals: z
      .array(z.object({ number: z.int(), starts_at: instantSchema, ends_at: instantSchema }))
      .meta({ description: 'One to three, the most wanted first.' }),
    note: z.string().nullable(),
    accepted: z.int().nullable().meta({ description: 'The `number` of the proposal that was accepted.' }),
    reason: z.string().nullable().meta({ description: 'Why it was declined.' }),
    created_at: instantSchema,
    closed_at: instantSchema.nullable(),
  })
  .meta({
    id: 'RescheduleRequest',
    description: 'The newest wish of the customer for another time; for them and those who plan.',
  });
export type RescheduleRequestJson = z.infer<typeof rescheduleRequestSchema>;

/** Something to know that did not stop the request, such as overlapping appointments, somebody who can't come, or an occurrence in a DST gap. */
export const warningSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    appointment_id: idSchema.optional(),
    staff_id: idSchema.optional(),
    overlap: z
      .object({
        staff_name: z.string(),
        appointment_id: idSchema,
        customer_name: z.string(),
        starts_at: instantSchema,
        ends_at: instantSchema,
        time_zone: z.string(),
      })
      .optional()
      .meta({ description: 'With `overlap`: who has which visit at the same time.' }),
    absence: z
      .object({ staff_name: z.string(), from: dateSchema, until: dateSchema, note: z.string().nullable() })
      .optional()
      .meta({ description: 'With `staff_absent`: who can’t come on which days.' }),
  })
  .meta({ id: 'Warning' });
export type WarningJson = z.infer<typeof warningSchema>;

/** An appointment, reduced to what the caller may see: what they may not see is absent. */
export const appointmentSchema = z
  .object({
    id: idSchema,
    order_id: idSchema,
    status: appointmentStatusSchema,
    service: z.object({ id: idSchema, name: z.string() }),
    starts_at: instantSchema,
    ends_at: instantSchema,
    time_zone: z.string(),
    arrival_window_minutes: z.int().nullable(),
    address: z.object({
      line1: z.string(),
      line2: z.string().nullable(),
      city: z.string(),
      postal_code: z.string(),
      country: z.string(),
      access_notes: z.string().nullable().optional().meta({ description: 'Staff only, until the work is done.' }),
    }),
    customer: z
      .object({ id: idSchema, name: z.string(), phone: z.string().nullable(), email: z.string().optional() })
      .optional(),
    staff: z.array(
      z.object({
        id: idSchema,
        name: z.string(),
        absence: z
          .object({
            since: instantSchema,
            note: z.string().nullable().optional().meta({ description: 'Managers and admins only.' }),
          })
          .optional()
          .meta({ description: 'They have said that they can’t come. Not told to customers.' }),
      }),
    ),
    notes: z.string().nullable().optional(),
    internal_notes: z.string().nullable().optional().meta({ description: 'Managers and admins only.' }),
    reschedule_request: rescheduleRequestSchema.optional(),
    price_cents: z.int().optional(),
    currency: z.string().optional(),
    role: roleSchema.meta({ description: 'The part that the caller plays for this appointment.' }),
    version: versionSchema,
    created_at: instantSchema,
    updated_at: instantSchema,
    calendar_event_id: z
      .partialRecord(z.enum(['google', 'outlook', 'caldav']), z.string())
      .optional()
      .meta({ description: 'The caller’s own events by provider; absent until the provider acknowledged.' }),
  })
  .meta({ id: 'Appointment' });
export type AppointmentJson = z.infer<typeof appointmentSchema>;

export const appointmentPageSchema = pageOf(appointmentSchema).meta({ id: 'AppointmentPage' });
export type AppointmentPageJson = z.infer<typeof appointmentPageSchema>;

/** The answer to a change of an appointment: the appointment, and what to know about it. */
export const changedAppointmentSchema = appointmentSchema
  .extend({ warnings: z.array(warningSchema) })
  .meta({ id: 'ChangedAppointment' });
export type ChangedAppointmentJson = z.infer<typeof changedAppointmentSchema>;

const EDGE =
  'An instant with offset; a wall time or a day without one is meant in the time zone of the caller’s account.';

/** An edge of a span in a query. Days begin at midnight; see `instantTextSchema` for the space. */
const edgeTextSchema = z
  .string()
  .transform((text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text.replace(/ (?=\d\d:\d\d$)/, '+')))
  .pipe(instantOrWallSchema);

export const listAppointmentsQuerySchema = z.strictObject({
  ...pageQueryShape,
  from: edgeTextSchema.optional().meta({ description: `Only what ends after this. ${EDGE}` }),
  to: edgeTextSchema.optional().meta({ description: `Only what starts before this. ${EDGE}` }),
  status: appointmentStatusSchema.optional(),
  staff_id: idTextSchema.optional(),
  customer_id: idTextSchema.optional(),
  needs_staff: booleanTextSchema.optional().meta({
    description:
      'Only scheduled ones that nobody is assigned to, or where somebody of the team can’t come (`true`), or all others (`false`).',
  }),
  sort: z
    .enum(['starts_at', '-starts_at'])
    .optional()
    .meta({ description: '`starts_at` is the soonest first, as when left out; `-starts_at` the latest first.' }),
  reschedule_requested: booleanTextSchema.optional().meta({
    description:
      'Only those whose customer waits for an answer to a wish for another time (`true`), or all others (`false`).',
  }),
});
export type ListAppointmentsQuery = z.infer<typeof listAppointmentsQuerySchema>;

export const changeAppointmentSchema = z
  .strictObject({
    starts_at: instantOrWallSchema.optional(),
    ends_at: instantOrWallSchema.optional(),
    time_zone: timeZoneSchema
      .optional()
      .meta({ description: 'The zone of wall times given here; the appointment’s own when left out.' }),
    notes: notesSchema.nullable().optional(),
    internal_notes: notesSchema.nullable().optional(),
    arrival_window_minutes: z.int().min(0).max(1440).nullable().optional(),
    version: versionSchema.optional(),
  })
  .meta({ id: 'ChangeAppointment' });
export type ChangeAppointmentRequest = z.infer<typeof changeAppointmentSchema>;

export const assignStaffSchema = z
  .strictObject({
    staff_ids: z.array(idSchema).max(50).meta({ description: 'The whole new team; the first leads.' }),
    version: versionSchema.optional(),
  })
  .meta({ id: 'AssignStaff' });
export type AssignStaffRequest = z.infer<typeof assignStaffSchema>;

/** Body of cancel, complete and no-show; may be left out. */
export const closeAppointmentSchema = z
  .strictObject({ version: versionSchema.optional() })
  .meta({ id: 'CloseAppointment' });
export type CloseAppointmentRequest = z.infer<typeof closeAppointmentSchema>;

/** Body of cannot-come; may be left out. */
export const reportAbsenceSchema = z
  .strictObject({
    note: notesSchema.nullable().optional().meta({ description: 'Why, for those who plan.' }),
  })
  .meta({ id: 'ReportAbsence' });
export type ReportAbsenceRequest = z.infer<typeof reportAbsenceSchema>;

const dayOfOwnZoneSchema = dateSchema.optional();

export const reportAbsentDaysSchema = z
  .strictObject({
    from: dayOfOwnZoneSchema.meta({
      description: 'The first day, in the zone of the caller’s account. Today when left out.',
    }),
    until: dayOfOwnZoneSchema.meta({ description: 'The last day, at most the 31st. As `from` when left out.' }),
    note: notesSchema.nullable().optional().meta({ description: 'Why, for those who plan.' }),
  })
  .meta({ id: 'ReportAbsentDays' });
export type ReportAbsentDaysRequest = z.infer<typeof reportAbsentDaysSchema>;

export const takeBackAbsentDaysSchema = z
  .strictObject({
    from: dayOfOwnZoneSchema.meta({
      description: 'The first day, in the zone of the caller’s account. Today when left out.',
    }),
    until: dayOfOwnZoneSchema.meta({ description: 'The last day. As `from` when left out.' }),
  })
  .meta({ id: 'TakeBackAbsentDays' });
export type TakeBackAbsentDaysRequest = z.infer<typeof takeBackAbsentDaysSchema>;

/** Days on which one of the staff can't come. */
export const absenceSchema = z
  .object({
    user_id: idSchema,
    from: dateSchema.meta({ description: 'The first day, in `time_zone`.' }),
    until: dateSchema.meta({ description: 'The last day.' }),
    starts_at: instantSchema,
    ends_at: instantSchema,
    time_zone: z.string().meta({ description: 'The zone of the person’s account.' }),
    note: z.string().nullable(),
    since: instantSchema.meta({ description: 'When they said so.' }),
  })
  .meta({ id: 'Absence', description: 'Days on which one of the staff has said that they can’t come.' });
export type AbsenceJson = z.infer<typeof absenceSchema>;

export const absencePageSchema = pageOf(absenceSchema).meta({ id: 'AbsencePage' });
export type AbsencePageJson = z.infer<typeof absencePageSchema>;

export const listAbsencesQuerySchema = z.strictObject({
  ...pageQueryShape,
  from: dateSchema.optional().meta({ description: 'Only what is not over before this day.' }),
  until: dateSchema.optional().meta({ description: 'Only what begins on this day or before.' }),
});

/** Appointments of the caller in these days: those that they can't come to, or can after all. */
export const absentDaysSchema = z.object({ items: z.array(appointmentSchema) }).meta({ id: 'AbsentDays' });
export type AbsentDaysJson = z.infer<typeof absentDaysSchema>;

export const askRescheduleSchema = z
  .strictObject({
    proposals: z.array(instantOrWallSchema).min(1).max(3).meta({ description: 'Other starts, the most wanted first.' }),
    time_zone: timeZoneSchema
      .optional()
      .meta({ description: 'The zone of wall times given here; the appointment’s own when left out.' }),
    note: notesSchema.nullable().optional(),
  })
  .meta({ id: 'AskReschedule' });
export type AskRescheduleRequest = z.infer<typeof askRescheduleSchema>;

/** Which request is answered: another may have taken its place meanwhile. */
const requestIdSchema = idSchema.meta({ description: 'The `id` of `reschedule_request`.' });

export const acceptRescheduleSchema = z
  .strictObject({
    request_id: requestIdSchema,
    number: z.int().min(1).max(3).meta({ description: 'Which of the proposals.' }),
    version: versionSchema.optional(),
  })
  .meta({ id: 'AcceptReschedule' });
export type AcceptRescheduleRequest = z.infer<typeof acceptRescheduleSchema>;

export const declineRescheduleSchema = z
  .strictObject({
    request_id: requestIdSchema,
    reason: notesSchema
      .refine((text) => text !== '', { error: fault('reason_missing') })
      .meta({ description: 'Why; the customer reads it.' }),
  })
  .meta({ id: 'DeclineReschedule' });
export type DeclineRescheduleRequest = z.infer<typeof declineRescheduleSchema>;
