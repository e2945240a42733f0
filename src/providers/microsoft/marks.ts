import { createHash } from 'node:crypto';
import type { EventKey } from '../../sync/provider.ts';
import type { GraphEvent } from './schema.ts';

/*
 * What marks an event, and a calendar, as ours: a named property under a property set of our own
 * (https://learn.microsoft.com/graph/api/resources/extended-properties-overview). It is seen by nobody but us, and comes
 * back only when asked for by name.
 */
const SET = '{6a1f2f0e-5d39-4c7c-9b57-0c6b9a2f5e31}';
/** `<link>:<generation>:<reminder>`: the key, and the reminder that we set last, for its owner may choose another. */
const EVENT = `String ${SET} Name ValcleanRef`;
/** On a calendar that we made. */
const CALENDAR = `String ${SET} Name ValcleanCalendar`;

/** Begins every transaction id of ours: "vcln" in ASCII. */
const TAG = '76636c6e';

/** A named property as it is sent. */
export interface Mark {
  id: string;
  value: string;
}

/**
 * The key against making an event twice: the same for the same key, whoever asks. A UUID of version 8 (RFC 9562 §5.8)
 * rather than 5, so that ours can be told from those that Outlook itself gives to its owner's events.
 */
export function transactionId({ link, generation }: EventKey): string {
  const hex = createHash('sha256').update(`${link}:${generation}`).digest('hex');
  return `${TAG}-${hex.slice(0, 4)}-8${hex.slice(4, 7)}-a${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}

/** Whether a transaction id is certainly not one of ours; Exchange may leave it out. */
export function isForeignTransaction(id: string | null | undefined): boolean {
  return typeof id === 'string' && !id.toLowerCase().startsWith(`${TAG}-`);
}

/** The mark of an event. */
export function eventMark(key: EventKey, reminderMinutes: number): Mark {
  return { id: EVENT, value: `${prefixOf(key)}${reminderMinutes}` };
}

/** The mark of a calendar. */
export function calendarMark(): Mark {
  return { id: CALENDAR, value: '1' };
}

/** Whether an event was made under this key. Either sign is enough: neither is ever given to another event. */
export function isOurs(event: GraphEvent, key: EventKey): boolean {
  return markOf(event).startsWith(prefixOf(key)) || event.transactionId?.toLowerCase() === transactionId(key);
}

/** Whether an event carries the mark of its key and its reminder. */
export function isMarked(event: GraphEvent, key: EventKey, reminderMinutes: number): boolean {
  return markOf(event) === eventMark(key, reminderMinutes).value;
}

/** The reminder that we set last, in minutes; `null` when the mark is not there. */
export function reminderSet(event: GraphEvent): number | null {
  const [, , minutes] = markOf(event).split(':');
  return minutes === undefined ? null : Number(minutes);
}

/** The query that finds the events of a key. */
export function findByKey(key: EventKey): string {
  return anyWith(EVENT, `startswith(ep/value,'${prefixOf(key)}')`);
}

/** The query that finds our calendar. */
export function findOwnCalendar(): string {
  return anyWith(CALENDAR, `ep/value eq '${calendarMark().value}'`);
}

/** The query that makes an event's mark come along. */
export const WITH_MARK = `$expand=${encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${EVENT}')`)}`;

function anyWith(id: string, condition: string): string {
  return `$filter=${encodeURIComponent(`singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ${condition})`)}`;
}

function prefixOf({ link, generation }: EventKey): string {
  return `${link}:${generation}:`;
}

/** Exchange gives property names back in its own spelling of the set's letters. */
function markOf(event: GraphEvent): string {
  const wanted = EVENT.toLowerCase();
  return event.singleValueExtendedProperties?.find(({ id }) => id.toLowerCase() === wanted)?.value ?? '';
}
