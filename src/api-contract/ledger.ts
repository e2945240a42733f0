import { z } from 'zod';
import { syncErrorSchema } from './calendar.ts';
import { idSchema, instantSchema, providerSchema, roleSchema } from './fields.ts';
import { pageOf } from './page.ts';

const linkStateSchema = z
  .enum(['pending', 'synced', 'failed', 'suppressed', 'removed'])
  .meta({ id: 'LinkState', description: '`suppressed`: hidden by its owner.' });

/** One row per person and connection: what their calendar holds of an appointment. */
export const ledgerRowSchema = z
  .object({
    connection_id: idSchema,
    user: z.object({ id: idSchema, name: z.string() }),
    role: roleSchema.nullable().meta({ description: '`null`: no longer concerned; the event is being removed.' }),
    provider: providerSchema,
    account_email: z.string(),
    state: linkStateSchema,
    remote_event_id: z.string().nullable(),
    web_link: z.string().nullable(),
    synced_at: instantSchema.nullable().meta({ description: 'When it was last written or removed.' }),
    since: instantSchema.nullable().meta({
      description: 'Since when `state` holds; with `synced`: when it was last written. `null` while it waits.',
    }),
    error: syncErrorSchema.nullable(),
    next_attempt_at: instantSchema.nullable(),
  })
  .meta({ id: 'LedgerRow' });
export type LedgerRowJson = z.infer<typeof ledgerRowSchema>;

export const withoutCalendarSchema = z
  .object({
    user: z.object({ id: idSchema, name: z.string() }),
    role: roleSchema.meta({ description: 'The part that they play for the appointment.' }),
    reason: z
      .enum(['no_calendar', 'sync_off', 'account_closed', 'cancelled', 'over', 'beyond_horizon', 'being_filled'])
      .meta({
        description:
          '`no_calendar`: none is connected; `sync_off`: they have switched sync off; `account_closed`: they can’t sign in any more; `cancelled`: the appointment is; `over`: it was before they connected; `beyond_horizon`: further ahead than calendars are filled; `being_filled`: on its way.',
      }),
    expected_at: instantSchema
      .nullable()
      .meta({ description: 'With `beyond_horizon`: from when on it is written, within a day.' }),
  })
  .meta({
    id: 'WithoutCalendar',
    description: 'Somebody concerned in whose calendars the appointment is not, and why.',
  });
export type WithoutCalendarJson = z.infer<typeof withoutCalendarSchema>;

export const ledgerSchema = pageOf(ledgerRowSchema)
  .extend({ without_calendar: z.array(withoutCalendarSchema) })
  .meta({ id: 'Ledger' });
export type LedgerJson = z.infer<typeof ledgerSchema>;

export const restoreEventSchema = z.strictObject({ connection_id: idSchema }).meta({ id: 'RestoreEvent' });
export type RestoreEventRequest = z.infer<typeof restoreEventSchema>;
