import { z } from 'zod';
import { fault } from './faults.ts';
import { idSchema, instantSchema, providerSchema, roleSchema } from './fields.ts';
import { feedSchema } from './feeds.ts';
import { pageOf, pageQueryShape } from './page.ts';

export const calendarKindSchema = z.enum(['primary', 'dedicated']).meta({ id: 'CalendarKind' });

export const connectionStatusSchema = z
  .enum(['active', 'degraded', 'reauth_required', 'paused', 'disconnecting'])
  .meta({ id: 'ConnectionStatus' });

/** Why something does not work, and what its owner can do about it (`null`: nothing, it is being tried again). */
export const syncErrorSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    action: z.string().nullable().meta({ description: 'What the person can do, such as `reconnect` or `retry`.' }),
  })
  .meta({ id: 'SyncError' });
export type SyncErrorJson = z.infer<typeof syncErrorSchema>;

const changeShape = {
  kind: z.string(),
  code: z.string().nullable(),
  count: z.int().nullable(),
  appointment_id: idSchema.nullable(),
  at: instantSchema,
};

export const connectionSchema = z
  .object({
    id: idSchema,
    provider: providerSchema,
    status: connectionStatusSchema,
    account_email: z.string(),
    calendar: z.object({ id: z.string().nullable(), name: z.string().nullable(), kind: calendarKindSchema }),
    last_synced_at: instantSchema.nullable(),
    last_change: z.object(changeShape).nullable().meta({ description: 'The newest line of its activity.' }),
    pending: z.int().meta({ description: 'Events that wait to be written.' }),
    failed: z.int(),
    upcoming: z.object({ total: z.int(), written: z.int(), hidden: z.int(), more: z.boolean() }).meta({
      description:
        'Of the next 1,000 appointments that belong into it: how many there are, how many of them are in it, and those that ' +
        'its owner deleted there. `more`: there may be others after these.',
    }),
    backfill: z
      .object({ total: z.int(), done: z.int() })
      .nullable()
      .meta({ description: 'Progress of the first filling; `null` when it is over.' }),
    error: syncErrorSchema.nullable(),
    question: z
      .object({ kind: z.enum(['removal', 'deletion']), count: z.int(), of: z.int() })
      .nullable()
      .meta({
        description:
          'While `paused`: whether `count` of `of` events may go. `removal`: their owner seems to have deleted them; `deletion`: new rules would.',
      }),
    horizon: z
      .object({ days: z.int(), until: instantSchema, beyond: z.int() })
      .meta({ description: 'How far ahead events are written, and how many appointments lie beyond.' }),
  })
  .meta({ id: 'Connection', description: 'A calendar account of the caller.' });
export type ConnectionJson = z.infer<typeof connectionSchema>;

const configuredSchema = z.object({ configured: z.boolean() });
const outlookSchema = configuredSchema.extend({
  admin_consent_url: z.string().nullable().meta({
    description: 'Where an administrator of the person’s organisation allows the app for everybody in it.',
  }),
});

const mailChoicesShape = {
  calendar_trouble: z.boolean().meta({ description: 'A calendar account needs its owner. On unless switched off.' }),
  appointment_files: z
    .boolean()
    .meta({ description: 'The file of an appointment, when the person asks for it. On unless switched off.' }),
  appointment_changes: z.boolean().meta({
    description: 'A file whenever an appointment is confirmed, moved or cancelled, while no calendar is connected.',
  }),
  weekly_overview: z.boolean().meta({ description: 'The coming week, on Monday morning in the person’s time zone.' }),
  team_absences: z.boolean().meta({
    description:
      'Somebody can’t come to visits that the person plans: of their own team; administrators: of those without a manager. On unless switched off.',
  }),
  reschedule_requests: z.boolean().meta({
    description:
      'The customer of a visit that the person plans asks for another time: of their own team; administrators: where nobody of the team has a manager. On unless switched off.',
  }),
  request_answers: z
    .boolean()
    .meta({ description: 'The person’s wish for another time is accepted or declined. On unless switched off.' }),
};

export const mailChoiceSchema = z
  .enum([
    'calendar_trouble',
    'appointment_files',
    'appointment_changes',
    'weekly_overview',
    'team_absences',
    'reschedule_requests',
    'request_answers',
  ])
  .meta({ id: 'MailChoice', description: 'A kind of mail that people switch on and off.' });
export type MailChoiceJson = z.infer<typeof mailChoiceSchema>;

export const mailDeliverySchema = z.enum(['server', 'outbox']).meta({
  id: 'MailDelivery',
  description: '`outbox`: the operator has set no mail server; mails become files in a folder and reach nobody.',
});

export const mailsSchema = z
  .object({ ...mailChoicesShape, delivery: mailDeliverySchema })
  .meta({ id: 'Mails', description: 'Which mails the caller gets.' });
export type MailsJson = z.infer<typeof mailsSchema>;

export const calendarSchema = z
  .object({
    calendar_sync_enabled: z.boolean(),
    reminder_minutes: z.int().nullable().meta({ description: '`null`: the calendar’s own default.' }),
    providers: z.object({ google: configuredSchema, outlook: outlookSchema, caldav: configuredSchema }),
    connections: z.array(connectionSchema),
    feeds: z.array(feedSchema).meta({ description: 'Subscription feeds.' }),
    mails: mailsSchema,
  })
  .meta({ id: 'Calendar', description: 'The caller’s calendar settings and connections.' });
export type CalendarJson = z.infer<typeof calendarSchema>;

/** Four weeks: the longest reminder that Google takes (Events resource, `reminders.overrides[].minutes`). */
const LONGEST_REMINDER_MINUTES = 40_320;

export const changeCalendarSchema = z
  .strictObject({
    calendar_sync_enabled: z.boolean().optional(),
    reminder_minutes: z.int().min(0).max(LONGEST_REMINDER_MINUTES).nullable().optional(),
    mails: z.strictObject(mailChoicesShape).partial().optional(),
  })
  .meta({ id: 'ChangeCalendar' });
export type ChangeCalendarRequest = z.infer<typeof changeCalendarSchema>;

/** The answer to who has asked for a file by mail. */
export const fileMailSchema = z
  .object({
    email: z.string().meta({ description: 'Where it is sent: the caller’s own address.' }),
    delivery: mailDeliverySchema,
  })
  .meta({ id: 'FileMail' });
export type FileMailJson = z.infer<typeof fileMailSchema>;

const tokenSchema = z.string().min(1).max(500).meta({ description: 'From the link in the mail.' });
export const unsubscribeQuerySchema = z.strictObject({ token: tokenSchema });
/** Links are cut by mail programs and people; whoever follows one gets a page all the same. */
export const unsubscribeLinkQuerySchema = z.looseObject({ token: tokenSchema.optional().catch(undefined) });
export const unsubscribedSchema = z.object({ choice: mailChoiceSchema }).meta({ id: 'Unsubscribed' });

/** The providers that are connected by a consent page. */
export const oauthProviderSchema = z.enum(['google', 'outlook']);
export const oauthProviderParamsSchema = z.strictObject({ provider: oauthProviderSchema });

/** All of them. */
export const providerParamsSchema = z.strictObject({ provider: providerSchema });

const loginShape = {
  server_url: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .meta({ description: 'Address of the CalDAV server, its domain, or an e-mail address there.' }),
  username: z
    .string()
    .min(1)
    .max(254)
    .regex(/^[^:\p{Cc}]+$/u, { error: fault('not_a_user_name') }),
  password: z
    .string()
    .min(1)
    .max(500)
    .regex(/^\P{Cc}+$/u, { error: fault('several_lines') })
    .meta({ description: 'An app password; stored encrypted, as the tokens of others are.' }),
};

export const caldavLoginSchema = z.strictObject(loginShape).meta({ id: 'CaldavLogin' });
export type CaldavLogin = z.infer<typeof caldavLoginSchema>;

export const accountCalendarsSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        is_default: z.boolean().meta({ description: 'Where the account’s own appointments go as a rule.' }),
      }),
    ),
  })
  .meta({ id: 'AccountCalendars', description: 'Calendars of an account that can be written to.' });
export type AccountCalendarsJson = z.infer<typeof accountCalendarsSchema>;

export const connectCaldavSchema = z
  .strictObject({
    ...loginShape,
    calendar: calendarKindSchema.optional(),
    calendar_id: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .meta({ description: 'One of the account’s calendars; instead of `calendar`.' }),
  })
  .meta({ id: 'ConnectCaldav' });
export type ConnectCaldavRequest = z.infer<typeof connectCaldavSchema>;

export const connectSchema = z
  .strictObject({
    calendar: calendarKindSchema.optional(),
    return_to: z
      .string()
      .max(500)
      .regex(/^\/(?![/\\])[\x21-\x7e]*$/, { error: fault('not_a_path') })
      .optional()
      .meta({ description: 'Path of the web app to come back to.' }),
  })
  .meta({ id: 'ConnectCalendar' });
export type ConnectRequest = z.infer<typeof connectSchema>;

export const authorizationSchema = z.object({ authorization_url: z.string() }).meta({ id: 'Authorization' });
export type AuthorizationJson = z.infer<typeof authorizationSchema>;

/** Written by the provider, so it holds whatever the provider adds to it (`scope`, `iss`, `session_state` …). */
export const callbackQuerySchema = z.looseObject({
  state: z.string().max(1000).optional(),
  code: z.string().max(8000).optional(),
  error: z.string().max(500).optional(),
  error_description: z.string().max(8000).optional(),
});
export type CallbackQuery = z.infer<typeof callbackQuerySchema>;

export const answerGuardSchema = z.strictObject({ answer: z.enum(['proceed', 'keep']) }).meta({ id: 'AnswerGuard' });
export type AnswerGuardRequest = z.infer<typeof answerGuardSchema>;

export const confirmConnectionSchema = z
  .strictObject({
    flow_id: z.uuid(),
    replace: z
      .boolean()
      .optional()
      .meta({ description: 'Another account came back than the one that was reconnected: disconnect that one.' }),
  })
  .meta({ id: 'ConfirmConnection' });
export type ConfirmConnectionRequest = z.infer<typeof confirmConnectionSchema>;

export const disconnectSchema = z
  .strictObject({
    remove_events: z.boolean().optional().meta({ description: 'Whether our events are removed; default true.' }),
    connection_id: idSchema
      .optional()
      .meta({ description: 'Needed when several accounts of the provider are connected.' }),
  })
  .meta({ id: 'DisconnectCalendar' });
export type DisconnectRequest = z.infer<typeof disconnectSchema>;

export const disconnectedSchema = z
  .object({ id: idSchema, provider: providerSchema, status: z.literal('disconnecting') })
  .meta({ id: 'Disconnecting' });
export type DisconnectedJson = z.infer<typeof disconnectedSchema>;

export const syncAcceptedSchema = z
  .object({ connections: z.int().meta({ description: 'How many calendar accounts are looked at again.' }) })
  .meta({ id: 'SyncAccepted' });
export type SyncAcceptedJson = z.infer<typeof syncAcceptedSchema>;

export const activitySchema = z
  .object({
    id: idSchema,
    connection_id: idSchema.nullable(),
    provider: providerSchema.nullable(),
    ...changeShape,
    appointment: z.object({ service: z.string(), starts_at: instantSchema }).nullable().meta({
      description: 'The appointment as it is now; `null` where there is none, or the caller has no part in it.',
    }),
  })
  .meta({ id: 'Activity', description: 'One thing that was done for the caller’s calendars.' });
export type ActivityJson = z.infer<typeof activitySchema>;

export const activityPageSchema = pageOf(activitySchema).meta({ id: 'ActivityPage' });
export type ActivityPageJson = z.infer<typeof activityPageSchema>;

export const activityQuerySchema = z.strictObject({
  ...pageQueryShape,
  provider: providerSchema.optional().meta({ description: 'Only what was done for calendars of this provider.' }),
  about: z
    .enum(['events', 'settings'])
    .optional()
    .meta({ description: '`events`: what happened to single events; `settings`: everything else.' }),
});
export type ActivityQuery = z.infer<typeof activityQuerySchema>;

/** How an event looks for one part that people play; of an invented visit. */
export const eventPreviewSchema = z
  .object({
    role: roleSchema,
    title: z.string(),
    description: z.string(),
    location: z.string(),
    starts_at: instantSchema,
    ends_at: instantSchema,
    time_zone: z.string(),
    busy: z.boolean().meta({ description: 'Whether it blocks its owner’s time.' }),
    reminder_minutes: z.int().nullable().meta({ description: '`null`: the owner’s own default reminders.' }),
  })
  .meta({ id: 'EventPreview' });
export type EventPreviewJson = z.infer<typeof eventPreviewSchema>;
export const eventPreviewsSchema = z.object({ items: z.array(eventPreviewSchema) });
