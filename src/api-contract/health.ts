import { z } from 'zod';
import { connectionStatusSchema } from './calendar.ts';
import { fault } from './faults.ts';
import { booleanTextSchema, dateSchema, idSchema, instantSchema, providerSchema, roleSchema } from './fields.ts';
import { pageOf, pageQueryShape } from './page.ts';

/** What administrators see of the engine, and what they can do. */

const troubleSchema = z
  .object({ code: z.string(), message: z.string() })
  .meta({ id: 'Trouble', description: 'A trouble in words for administrators.' });

const personSchema = z.object({ id: idSchema, name: z.string() });

const lagSchema = z
  .object({
    p50_ms: z.int().nullable().meta({ description: '`null`: there was nothing to measure.' }),
    p95_ms: z.int().nullable(),
    events: z.int().meta({ description: 'How many events these are of.' }),
  })
  .meta({
    id: 'SyncLag',
    description:
      'Over the last hour, from when a change that people wait for was due until its calendar acknowledged it; exact to a tenth.',
  });

const queueSchema = z
  .object({
    due: z.int().meta({ description: 'May be written now.' }),
    later: z.int().meta({ description: 'Wait for a retry, or for a provider’s word.' }),
    held: z.int().meta({ description: 'The account is paused or needs its owner, or the provider is paused.' }),
    stuck: z.int().meta({ description: 'Not tried again before somebody acts.' }),
    oldest_due_at: instantSchema.nullable().meta({ description: 'Since when the oldest of `due` waits.' }),
  })
  .meta({ id: 'SyncQueue', description: 'Events that are behind; each is in one of the numbers.' });

const credentialsSchema = z
  .object({
    outcome: z.enum(['accepted', 'refused', 'unreachable', 'not_needed', 'not_configured', 'unchecked']),
    message: z.string(),
    refused_as: z.string().nullable().meta({ description: 'Why they are refused, as the codes of troubles.' }),
    checked_at: instantSchema.nullable(),
    secret_expires_on: dateSchema.nullable().meta({ description: 'Entered by hand.' }),
    secret_days_left: z.int().nullable(),
    secret_ends_soon: z.boolean().meta({ description: 'Within 30 days, or it has ended.' }),
  })
  .meta({
    id: 'CredentialsHealth',
    description: 'What is known of our own credentials at a provider; never a secret.',
  });

export const providerHealthSchema = z
  .object({
    provider: providerSchema,
    configured: z.boolean(),
    paused: z.boolean().meta({ description: 'Nothing is sent to it; work is kept.' }),
    switched_at: instantSchema.nullable().meta({ description: 'When it was paused or resumed last.' }),
    switched_by: personSchema.nullable(),
    blocked_until: instantSchema.nullable().meta({ description: 'It asked our whole app to wait.' }),
    lag: lagSchema,
    done: z.int().meta({ description: 'Operations of the last hour that succeeded.' }),
    failed: z.int(),
    throttled: z.int().meta({ description: 'Of the failed: we were too fast.' }),
    success_rate: z.number().nullable().meta({ description: '0–1; `null`: nothing was sent.' }),
    queue: queueSchema,
    connections: z.object({
      active: z.int(),
      degraded: z.int(),
      reauth_required: z.int(),
      paused: z.int(),
      disconnecting: z.int(),
    }),
    needs_owner: z.int(),
    credentials: credentialsSchema,
  })
  .meta({ id: 'ProviderHealth' });
export type ProviderHealthJson = z.infer<typeof providerHealthSchema>;

const failingGroupSchema = z
  .object({
    provider: providerSchema,
    code: z.string(),
    message: z.string(),
    count: z.int(),
    retried: z.int().meta({ description: 'Of these: tried again by themselves.' }),
    people: z.int(),
  })
  .meta({ id: 'FailingGroup', description: 'Events that could not be written for one reason.' });
export type FailingGroupJson = z.infer<typeof failingGroupSchema>;

export const syncHealthSchema = z
  .object({
    at: instantSchema,
    window_minutes: z.int(),
    lag: lagSchema,
    queue: queueSchema,
    success_rate: z.number().nullable(),
    throttled: z.int(),
    needs_owner: z.int(),
    providers: z.array(providerHealthSchema),
    failing: z.array(failingGroupSchema),
  })
  .meta({ id: 'SyncHealth', description: 'How the engine is doing.' });
export type SyncHealthJson = z.infer<typeof syncHealthSchema>;

export const watchedConnectionSchema = z
  .object({
    id: idSchema,
    user: personSchema.extend({ role: roleSchema }),
    provider: providerSchema,
    account_email: z.string(),
    status: connectionStatusSchema,
    error: troubleSchema.nullable(),
    needs_owner: z.boolean().meta({ description: 'Only its owner can get it going again.' }),
    asks_owner: z.boolean().meta({ description: 'The deletion guard waits for its owner’s answer.' }),
    last_synced_at: instantSchema.nullable(),
    not_before: instantSchema.nullable(),
    pending: z.int(),
    failed: z.int(),
    reminded_at: instantSchema.nullable(),
  })
  .meta({ id: 'WatchedConnection', description: 'Somebody’s calendar account.' });
export type WatchedConnectionJson = z.infer<typeof watchedConnectionSchema>;

export const watchedConnectionPageSchema = pageOf(watchedConnectionSchema).meta({ id: 'WatchedConnectionPage' });

export const listConnectionsQuerySchema = z.strictObject({
  ...pageQueryShape,
  status: connectionStatusSchema.optional(),
  provider: providerSchema.optional(),
  needs_owner: booleanTextSchema.optional(),
  search: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Part of the owner’s name or e-mail address, or of the account’s address.' }),
});

const MOST_REMINDERS = 200;

export const remindSchema = z
  .strictObject({ ids: z.array(idSchema).min(1).max(MOST_REMINDERS).meta({ description: 'Of connections.' }) })
  .meta({ id: 'Remind' });

export const reminderOutcomeSchema = z
  .object({
    reminded: z.array(idSchema),
    not_reminded: z.array(
      z.object({
        id: idSchema,
        reason: z.enum(['unknown', 'needs_nobody', 'reminded_today', 'owner_inactive', 'mails_switched_off']),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: 'ReminderOutcome', description: 'Whose owners get a mail, and why others do not.' });
export type ReminderOutcomeJson = z.infer<typeof reminderOutcomeSchema>;

/** The codes of troubles are words in small letters. */
const codeSchema = z
  .string()
  .max(100)
  .regex(/^[a-z0-9_]+$/, { error: fault('not_a_group') });

export const failingItemSchema = z
  .object({
    id: idSchema,
    appointment: z.object({ id: idSchema, starts_at: instantSchema, service: z.string() }),
    connection_id: idSchema,
    user: personSchema,
    provider: providerSchema,
    account_email: z.string(),
    error: troubleSchema,
    attempts: z.int(),
    next_attempt_at: instantSchema.nullable().meta({ description: '`null`: not before somebody acts.' }),
  })
  .meta({ id: 'FailingItem', description: 'An event that could not be written.' });
export type FailingItemJson = z.infer<typeof failingItemSchema>;

export const failingItemPageSchema = pageOf(failingItemSchema).meta({ id: 'FailingItemPage' });

export const listFailingQuerySchema = z.strictObject({
  ...pageQueryShape,
  provider: providerSchema.optional(),
  code: codeSchema.optional(),
});

export const retryFailingSchema = z
  .strictObject({ provider: providerSchema.optional(), code: codeSchema.optional() })
  .meta({ id: 'RetryFailing', description: 'Of which group; without either: all.' });

export const retriedSchema = z.object({ retried: z.int() }).meta({ id: 'Retried' });

export const changeProviderSchema = z
  .strictObject({
    secret_expires_on: dateSchema.nullable().meta({
      description: 'The day on which our secret ends, as the provider’s console tells it; `null`: not known.',
    }),
  })
  .meta({ id: 'ChangeProvider' });
