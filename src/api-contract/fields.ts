import { z } from 'zod';
import { fault } from './faults.ts';

/** Beyond 2^53 - 1 a JSON number no longer holds every integer (RFC 8259 §6). */
const LARGEST_ID = Number.MAX_SAFE_INTEGER;

/** The id of a thing, in a body. */
export const idSchema = z.int().min(1).max(LARGEST_ID).meta({ description: 'Id of a thing: a positive integer.' });

/** A whole number in a path or query, where everything arrives as text: plain digits, no sign, no spaces, no exponent. */
export function integerText(minimum: number, maximum: number): z.ZodType<number, string> {
  const error = fault('not_in_range', { minimum, maximum });
  return z
    .string({ error })
    .regex(/^\d{1,16}$/, { error })
    .transform(Number)
    .pipe(z.int({ error }).min(minimum, { error }).max(maximum, { error }))
    .meta({ type: 'integer', minimum, maximum, pattern: undefined });
}

/** The id of a thing in a path or query. */
export const idTextSchema = integerText(1, LARGEST_ID);

/** A path that names one thing: `…/{id}/`. */
export const idParamsSchema = z.strictObject({ id: idTextSchema });

/** `true` or `false` in a query. */
export const booleanTextSchema = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ type: 'boolean', enum: undefined });

/** Line breaks and other control characters have no place in what becomes a mail header or a calendar's title line. */
const CONTROL = /\p{Cc}/u;
/** In longer texts line breaks and tabs are welcome. */
const CONTROL_BUT_BREAKS = /[^\P{Cc}\n\r\t]/u;

/** One line of text without control characters; space around it is dropped. */
export function lineSchema(most: number): z.ZodType<string, string> {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !CONTROL.test(text), { error: fault('several_lines') });
}

/** Names and address lines. */
export const nameSchema = lineSchema(200);

/** A phone number as people write it, with words where they like; nobody dials it but people. */
export const phoneSchema = lineSchema(50);

/** Notes of any kind: several lines; space around them is dropped. Empty text is kept out by saying `null`. */
export const notesSchema = z
  .string()
  .trim()
  .max(5000)
  .refine((text) => !CONTROL_BUT_BREAKS.test(text), { error: fault('control_characters') });

/** At most 254 characters (RFC 5321 §4.5.3.1.3, less the brackets). Compared without regard to case. */
export const emailSchema = z.email().max(254);

/** Length is the only rule: rules about kinds of characters make passwords worse (NIST SP 800-63B §3.1.1.2). */
export const passwordSchema = z.string().min(10).max(200);

/** The name of a time zone; whether it is known is asked of the zone data. */
export const timeZoneSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_+\-/]+$/, { error: fault('not_a_zone') })
  .meta({ description: 'IANA time zone, such as Europe/London.', examples: ['Europe/London'] });

/** The `version` of what was read; a stale one gets 409 `version_conflict`. */
export const versionSchema = z.int().min(1).max(2_147_483_647);

const DATE = String.raw`(?:20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?`;
const OFFSET = String.raw`(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)`;
const INSTANT = new RegExp(`^${DATE}T${TIME}${OFFSET}$`);
const INSTANT_OR_WALL = new RegExp(`^${DATE}T${TIME}${OFFSET}?$`);

/** Whether the day exists: 30 February has the right form and is no day. */
function dayExists(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const NO_INSTANT = fault('not_an_instant');
const NO_TIME = fault('not_a_time');

/**
 * An instant in a query. An offset's `+` that was sent unescaped arrives as a space (form encoding); nothing else can
 * have been meant, so it is read as `+`.
 */
export const instantTextSchema = z
  .string({ error: NO_INSTANT })
  .transform((text) => text.replace(/ (?=\d\d:\d\d$)/, '+'))
  .pipe(z.string().regex(INSTANT, { error: NO_INSTANT }).refine(dayExists, { error: NO_INSTANT, abort: true }))
  .meta({ format: 'date-time' });

/** An instant with offset, or a wall time without one that is read in the `time_zone` beside it. */
export const instantOrWallSchema = z
  .string()
  .regex(INSTANT_OR_WALL, { error: NO_TIME, abort: true })
  .refine(dayExists, { error: NO_TIME })
  .meta({ description: 'An instant with offset (RFC 3339), or a wall time without one, read in `time_zone`.' });

const WHOLE_DATE = new RegExp(`^${DATE}$`);
const NO_DAY = fault('not_a_day');

/** A day without a time. */
export const dateSchema = z
  .string()
  .regex(WHOLE_DATE, { error: NO_DAY, abort: true })
  .refine(dayExists, { error: NO_DAY })
  .meta({ format: 'date' });

/** An instant in an answer: RFC 3339 with offset. */
export const instantSchema = z
  .string()
  .meta({ format: 'date-time', description: 'RFC 3339 with offset.', examples: ['2026-12-01T09:00:00+00:00'] });

export const roleSchema = z.enum(['customer', 'staff', 'manager', 'admin']).meta({ id: 'Role' });

/** In which language people are written to. */
export const languageSchema = z.enum(['en', 'de']).meta({ id: 'Language' });

export const providerSchema = z.enum(['google', 'outlook', 'caldav']).meta({ id: 'Provider' });
