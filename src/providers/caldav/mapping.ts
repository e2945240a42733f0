import { z } from 'zod';
import type { EventContent } from '../../domain/event-content.ts';
import type { ManagedFields } from '../../sync/provider.ts';
import type { Zones } from '../../zones/zones.ts';
import { writtenZone } from '../ics/event.ts';
import { localTime, utcTime } from '../ics/times.ts';
import { cleanText, clip } from '../ics/writer.ts';
import { plainLine, plainText } from '../kit/text.ts';
import { webAddress } from '../kit/web-address.ts';
import { DESCRIPTION_LENGTH, LINE_LENGTH, REMINDER_MINUTES } from './limits.ts';

/** The fields that we manage. Keys are in the order in which they are hashed. */
const fieldsSchema = z.strictObject({
  summary: z.string(),
  /** Lines are separated by `\n`. */
  description: z.string(),
  location: z.string(),
  /** IANA; `null`: the times are in UTC, as where a wall time would be ambiguous. */
  zone: z.string().nullable(),
  /** As RFC 5545 §3.3.5 writes it: `20261201T090000`, with `Z` in UTC. */
  start: z.string(),
  end: z.string(),
  /** The instants behind them, by our zone data: when that changes, definitions have to be written anew. */
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  busy: z.boolean(),
  private: z.boolean(),
  url: z.string().nullable(),
  /** `null`: none of ours, so that the calendar's own stay. */
  reminderMinutes: z.number().nullable(),
});

export type CaldavFields = z.infer<typeof fieldsSchema>;

/** Content as servers keep it. Pure. */
export function normalise(zones: Zones, content: EventContent): CaldavFields {
  const zone = writtenZone(content, zones);
  const { reminderMinutes } = content;
  return {
    summary: lineOf(content.title),
    description: clip(textOf(content.description), DESCRIPTION_LENGTH).trimEnd(),
    location: lineOf(content.location),
    zone,
    start: zone === null ? utcTime(content.startsAt) : localTime(content.startsWall),
    end: zone === null ? utcTime(content.endsAt) : localTime(content.endsWall),
    startsAt: content.startsAt.toISOString(),
    endsAt: content.endsAt.toISOString(),
    busy: content.busy,
    private: content.private,
    url: addressOf(content.url),
    reminderMinutes: reminderMinutes === null ? null : Math.min(Math.max(reminderMinutes, 0), REMINDER_MINUTES),
  };
}

/** Fields that `normalise` made, back from their general type. @throws when they are another provider's */
export function toFields(fields: ManagedFields): CaldavFields {
  return fieldsSchema.parse(fields);
}

/** A text of several lines, ours or a server's, in the form in which they are compared. */
export function textOf(text: string): string {
  return plainText(cleanText(text));
}

/** The same for one line. */
export function lineOf(text: string): string {
  return clip(plainLine(cleanText(text)), LINE_LENGTH).trimEnd();
}

/** A web address in its one spelling. */
export function addressOf(url: string | null): string | null {
  const address = webAddress(url);
  return address === null ? null : new URL(address).href;
}
