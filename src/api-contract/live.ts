import { z } from 'zod';
import { idSchema } from './fields.ts';

/** Ids of what changed; `null`: more than can be named. */
const changedSchema = z.object({ ids: z.array(idSchema).nullable() });

/** The events of `GET /api/calendar/stream/` with their data. */
export const liveEventSchemas = {
  reset: z.object({}),
  appointment: changedSchema,
  order: changedSchema,
  ledger: changedSchema,
  connection: changedSchema,
  /** Of people whose calendars those who plan see the state of. */
  team: changedSchema,
  /** Of people whose absences `GET /api/absences/` tells. */
  absence: changedSchema,
  backfill: z.object({ connection_id: idSchema, done: z.int(), total: z.int() }),
  end: z.object({ reason: z.enum(['token_expired', 'signed_out', 'closing']) }),
} as const;

export type LiveEventName = keyof typeof liveEventSchemas;
/** One event as it is sent. */
export type LiveEvent = {
  [Name in LiveEventName]: { name: Name; data: z.infer<(typeof liveEventSchemas)[Name]> };
}[LiveEventName];
