import { z } from 'zod';

/** RFC 9110 §8.8.3; sent back in a header, so nothing else may pass. */
const etagSchema = z
  .string()
  .regex(/^(W\/)?"[\x21\x23-\x7e]*"$/)
  .optional()
  .catch(undefined);

const timeSchema = z.looseObject({ dateTime: z.string().optional(), timeZone: z.string().optional() });

/** An event as Google gives it. What we do not name passes through: an update sends it back as it was. */
export const eventSchema = z.looseObject({
  id: z.string().min(1),
  etag: etagSchema,
  /** `cancelled` is a tombstone, of which Google promises no more than the id. */
  status: z.string().optional(),
  htmlLink: z.string().optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  location: z.string().optional(),
  start: timeSchema.optional(),
  end: timeSchema.optional(),
  transparency: z.string().optional(),
  visibility: z.string().optional(),
  source: z.looseObject({ title: z.string().optional(), url: z.string().optional() }).optional(),
  extendedProperties: z.looseObject({ private: z.record(z.string(), z.string()).optional() }).optional(),
});

export type GoogleEvent = z.infer<typeof eventSchema>;

/** What the answer to a write tells (`fields` asks for no more). */
export const writtenSchema = z.object({
  id: z.string().min(1),
  etag: etagSchema,
  htmlLink: z.string().optional(),
});

export const calendarSchema = z.object({ id: z.string().min(1), summary: z.string().optional() });

/** A page of events, of which we read only the calendar's name. */
export const eventListSchema = z.object({ summary: z.string().optional() });

const changedEventSchema = z.object({
  id: z.string().min(1),
  etag: etagSchema,
  status: z.string().optional(),
  extendedProperties: z.object({ private: z.record(z.string(), z.string()).optional() }).optional(),
});

export type ChangedEvent = z.infer<typeof changedEventSchema>;

/** A page of changed events. */
export const changeListSchema = z.object({
  items: z.array(changedEventSchema).optional(),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
});

/** Both error envelopes: the Calendar backend's has no `status`, the API front end's has, often with `details`. */
export const errorSchema = z.object({
  error: z.object({
    code: z.number().optional(),
    errors: z
      .array(z.object({ reason: z.string().optional() }))
      .optional()
      .catch(undefined),
    status: z.string().optional().catch(undefined),
    details: z
      .array(
        z.object({
          reason: z.string().optional(),
          metadata: z.record(z.string(), z.string()).optional().catch(undefined),
        }),
      )
      .optional()
      .catch(undefined),
  }),
});
