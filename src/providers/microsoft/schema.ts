import { z } from 'zod';

/** RFC 9110 §8.8.3. */
const etagSchema = z
  .string()
  .regex(/^(W\/)?"[\x21\x23-\x7e]*"$/)
  .optional()
  .catch(undefined);

const timeSchema = z.object({ dateTime: z.string(), timeZone: z.string().optional() }).optional().catch(undefined);

const text = z.string().nullish().catch(undefined);
const flag = z.boolean().nullish().catch(undefined);

/** What we read of an event. Answers to writes carry no extended properties, whatever was sent. */
export const eventSchema = z.object({
  id: z.string().min(1),
  '@odata.etag': etagSchema,
  /** `singleInstance` until its owner makes a series of it. */
  type: text,
  subject: text,
  body: z.object({ contentType: text, content: text }).nullish().catch(undefined),
  location: z.object({ displayName: text }).nullish().catch(undefined),
  start: timeSchema,
  end: timeSchema,
  originalStartTimeZone: text,
  showAs: text,
  sensitivity: text,
  isReminderOn: flag,
  reminderMinutesBeforeStart: z.number().nullish().catch(undefined),
  isOnlineMeeting: flag,
  transactionId: text,
  webLink: text,
  singleValueExtendedProperties: z
    .array(z.object({ id: z.string(), value: z.string() }))
    .nullish()
    .catch(undefined),
});

export type GraphEvent = z.infer<typeof eventSchema>;

/** An event of a list of which only the id and the transaction are asked for. */
export const eventListSchema = z.object({ value: z.array(eventSchema) });

export const calendarSchema = z.object({ id: z.string().min(1), name: text, canEdit: flag });

export type GraphCalendar = z.infer<typeof calendarSchema>;

export const calendarListSchema = z.object({
  value: z.array(calendarSchema),
  '@odata.nextLink': z.string().optional(),
});

/** One page of a delta round: events, and ids of what left the window or the calendar. */
export const changeListSchema = z.object({
  value: z.array(eventSchema.extend({ '@removed': z.object({}).nullish() })),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

export type ChangedEvent = z.infer<typeof changeListSchema>['value'][number];

/** A code, and the id of the event that has our transaction already. Inner errors are more precise, and nested. */
const innerSchema: z.ZodType<InnerError> = z.lazy(() =>
  z.looseObject({
    code: z.string().optional().catch(undefined),
    innerError: innerSchema.optional().catch(undefined),
    innererror: innerSchema.optional().catch(undefined),
  }),
);

export interface InnerError {
  code?: string | undefined;
  innerError?: InnerError | undefined;
  innererror?: InnerError | undefined;
  [name: string]: unknown;
}

export const errorSchema = z.object({ error: innerSchema });

/** A batch's answer; an item's body is JSON, or text for what is none. */
export const batchAnswerSchema = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.string()).nullish().catch(undefined),
      body: z.unknown().optional(),
    }),
  ),
});
