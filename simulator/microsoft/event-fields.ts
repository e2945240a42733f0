import { isObject } from '../kit/json.ts';
import type { Json, JsonObject } from '../kit/json.ts';
import type { EventBody } from './event-body.ts';
import type { EventDraft } from './event-draft.ts';
import { readTime, requireOrder } from './event-times.ts';
import { readProperties } from './extended-properties.ts';
import { GraphError, badRequest, invalidProperty } from './graph-error.ts';
import type { ExtendedProperty } from './extended-properties.ts';

/** A request to create or change an event, checked. */
export interface EventChange {
  fields: Partial<EventDraft>;
  properties: ExtendedProperty[];
  transactionId: string | null;
}

/** What an event is that says no more than its times: https://learn.microsoft.com/graph/api/resources/event */
const DEFAULTS: Omit<EventDraft, 'start' | 'end'> = {
  subject: '',
  body: { contentType: 'html', content: '' },
  isAllDay: false,
  locations: [],
  isReminderOn: true,
  reminderMinutesBeforeStart: 15,
  showAs: 'busy',
  sensitivity: 'normal',
  importance: 'normal',
  categories: [],
  attendees: [],
  allowNewTimeProposals: true,
  responseRequested: true,
  hideAttendees: false,
  isOnlineMeeting: false,
  recurrence: null,
};

// PidTagSubject; longer ones are cut or refused, so here they are refused.
const MAX_SUBJECT = 255;
const MAX_ATTENDEES = 500;
const MAX_CATEGORY = 255;
const SET_BY_SERVER = [
  'id',
  'changeKey',
  'createdDateTime',
  'lastModifiedDateTime',
  'iCalUId',
  'uid',
  'webLink',
  'bodyPreview',
  'type',
  'seriesMasterId',
  'isOrganizer',
  'isCancelled',
  'isDraft',
  'organizer',
  'responseStatus',
  'hasAttachments',
  'onlineMeeting',
  'onlineMeetingUrl',
  'originalStart',
  'originalStartTimeZone',
  'originalEndTimeZone',
];

type Reader = (value: Json, name: string) => Partial<EventDraft>;

const READERS: Record<string, Reader> = {
  subject: (value, name) => ({ subject: text(value, name, MAX_SUBJECT) }),
  body: (value, name) => ({ body: readBody(value, name) }),
  start: (value, name) => ({ start: readTime(value, name) }),
  end: (value, name) => ({ end: readTime(value, name) }),
  isAllDay: (value, name) => ({ isAllDay: flag(value, name) }),
  location: (value, name) => ({ locations: isEmptyLocation(value) ? [] : [readLocation(value, name)] }),
  locations: (value, name) => ({ locations: list(value, name).map((item) => readLocation(item, name)) }),
  isReminderOn: (value, name) => ({ isReminderOn: flag(value, name) }),
  reminderMinutesBeforeStart: (value, name) => ({ reminderMinutesBeforeStart: minutes(value, name) }),
  showAs: (value, name) => ({ showAs: oneOf(value, name, ['free', 'tentative', 'busy', 'oof', 'workingElsewhere']) }),
  sensitivity: (value, name) => ({
    sensitivity: oneOf(value, name, ['normal', 'personal', 'private', 'confidential']),
  }),
  importance: (value, name) => ({ importance: oneOf(value, name, ['low', 'normal', 'high']) }),
  categories: (value, name) => ({ categories: list(value, name).map((item) => text(item, name, MAX_CATEGORY)) }),
  attendees: (value, name) => ({ attendees: readAttendees(value, name) }),
  allowNewTimeProposals: (value, name) => ({ allowNewTimeProposals: flag(value, name) }),
  responseRequested: (value, name) => ({ responseRequested: flag(value, name) }),
  hideAttendees: (value, name) => ({ hideAttendees: flag(value, name) }),
  isOnlineMeeting: (value, name) => ({ isOnlineMeeting: flag(value, name) }),
  onlineMeetingProvider: (value, name) => {
    oneOf(value, name, ['unknown', 'teamsForBusiness', 'skypeForBusiness', 'skypeForConsumer']);
    return {};
  },
  recurrence: (value, name) => ({ recurrence: readRecurrence(value, name) }),
};

/** Checks what a caller sends of an event. Throws GraphError 400. */
export function readChange(body: JsonObject, mode: 'create' | 'patch'): EventChange {
  const change: EventChange = { fields: {}, properties: [], transactionId: null };
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined || name.startsWith('@odata.')) continue;
    if (name === 'singleValueExtendedProperties') change.properties = readProperties(value, name);
    else if (name === 'transactionId') change.transactionId = readTransactionId(value, mode);
    else Object.assign(change.fields, readField(name, value));
  }
  return change;
}

/** A whole event from a create. Throws GraphError 400. */
export function newDraft({ fields }: EventChange): EventDraft {
  const { start, end } = fields;
  if (!start || !end) throw invalidProperty("The properties 'start' and 'end' are required.");
  return checked({ ...structuredClone(DEFAULTS), ...fields, start, end });
}

/** The event after a PATCH. Throws GraphError 400. */
export function patchedDraft(draft: EventDraft, { fields }: EventChange): EventDraft {
  return checked({ ...draft, ...fields });
}

/** What in a request deserves a second look by whoever reads the request log. */
export function flagsOf(change: EventChange): string[] {
  const flags: string[] = [];
  if ((change.fields.attendees ?? []).length > 0) flags.push('ATTENDEES SENT');
  if (change.fields.isOnlineMeeting) flags.push('online meeting asked for');
  return flags;
}

function readField(name: string, value: Json): Partial<EventDraft> {
  const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (reader) return reader(value, name);
  if (SET_BY_SERVER.includes(name)) {
    throw new GraphError(400, 'ErrorInvalidPropertySet', `Set action is invalid for property '${name}'.`);
  }
  throw badRequest(
    `The property '${name.slice(0, 40)}' does not exist on type 'microsoft.graph.event'. Make sure to only use property names that are defined by the type.`,
    'RequestBodyRead',
  );
}

function readTransactionId(value: Json, mode: 'create' | 'patch'): string | null {
  if (mode === 'patch') {
    throw new GraphError(400, 'ErrorInvalidProperty', "The property 'transactionId' cannot be changed.");
  }
  return value === null ? null : text(value, 'transactionId', 255);
}

function checked(draft: EventDraft): EventDraft {
  requireOrder(draft.start, draft.end, draft.isAllDay);
  return draft;
}

function text(value: Json, name: string, max: number): string {
  if (value === null) return '';
  if (typeof value !== 'string') throw invalidProperty(`The property '${name}' must be a text.`);
  if (value.length > max) throw invalidProperty(`The property '${name}' is longer than ${max} characters.`);
  return value;
}

function flag(value: Json, name: string): boolean {
  if (typeof value !== 'boolean') throw invalidProperty(`The property '${name}' must be true or false.`);
  return value;
}

function list(value: Json, name: string): Json[] {
  if (!Array.isArray(value)) throw invalidProperty(`The property '${name}' must be a list.`);
  return value;
}

function oneOf(value: Json, name: string, allowed: readonly string[]): string {
  if (typeof value === 'string' && allowed.includes(value)) return value;
  throw badRequest(`Requested value '${String(value).slice(0, 40)}' was not found for '${name}'.`, 'RequestBodyRead');
}

function minutes(value: Json, name: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw invalidProperty(`The property '${name}' must be a whole number of minutes.`);
  }
  return value;
}

function readBody(value: Json, name: string): EventBody {
  if (value === null) return { contentType: 'html', content: '' };
  if (!isObject(value)) throw invalidProperty(`The property '${name}' must be an object.`);
  const contentType = oneOf(String(value['contentType'] ?? 'text').toLowerCase(), 'contentType', ['html', 'text']);
  const content = value['content'] ?? '';
  if (typeof content !== 'string') throw invalidProperty("The property 'content' must be a text.");
  return { contentType: contentType === 'html' ? 'html' : 'text', content };
}

function isEmptyLocation(value: Json): boolean {
  return value === null || (isObject(value) && !value['displayName'] && !isObject(value['address']));
}

const LOCATION_MEMBERS = ['displayName', 'address', 'coordinates', 'locationUri', 'locationEmailAddress'];
const LOCATION_BY_SERVER = ['locationType', 'uniqueId', 'uniqueIdType'];
const ADDRESS_MEMBERS = ['street', 'city', 'state', 'countryOrRegion', 'postalCode', 'type'];

function readLocation(value: Json, name: string): JsonObject {
  if (!isObject(value)) throw invalidProperty(`The property '${name}' must be an object.`);
  requireMembers(value, [...LOCATION_MEMBERS, ...LOCATION_BY_SERVER], 'location');
  const { address, coordinates } = value;
  if (isObject(address)) requireMembers(address, ADDRESS_MEMBERS, 'physicalAddress');
  const displayName = text(value['displayName'] ?? '', 'displayName', 255);
  return {
    displayName,
    locationType: 'default',
    uniqueId: displayName,
    uniqueIdType: 'private',
    ...(isObject(address) ? { address } : {}),
    ...(isObject(coordinates) ? { coordinates } : {}),
  };
}

function requireMembers(value: JsonObject, known: readonly string[], type: string): void {
  for (const name of Object.keys(value)) {
    if (known.includes(name) || name.startsWith('@odata.')) continue;
    throw badRequest(
      `The property '${name.slice(0, 40)}' does not exist on type 'microsoft.graph.${type}'.`,
      'RequestBodyRead',
    );
  }
}

function readAttendees(value: Json, name: string): JsonObject[] {
  const attendees = list(value, name);
  if (attendees.length > MAX_ATTENDEES) throw invalidProperty('An event can have at most 500 attendees.');
  return attendees.map((attendee) => {
    const address = isObject(attendee) && isObject(attendee['emailAddress']) ? attendee['emailAddress'] : null;
    if (!address || typeof address['address'] !== 'string' || !address['address'].includes('@')) {
      throw invalidProperty('An attendee needs an e-mail address.');
    }
    const type = isObject(attendee) ? (attendee['type'] ?? 'required') : 'required';
    return {
      type,
      status: { response: 'none', time: '0001-01-01T00:00:00Z' },
      emailAddress: { name: address['name'] ?? address['address'], address: address['address'] },
    };
  });
}

const PATTERNS = ['daily', 'weekly', 'absoluteMonthly', 'relativeMonthly', 'absoluteYearly', 'relativeYearly'];
const RANGES = ['endDate', 'noEnd', 'numbered'];

function readRecurrence(value: Json, name: string): JsonObject | null {
  if (value === null) return null;
  const pattern = isObject(value) ? value['pattern'] : undefined;
  const range = isObject(value) ? value['range'] : undefined;
  if (!isObject(value) || !isObject(pattern) || !isObject(range)) {
    throw invalidProperty(`The property '${name}' needs a pattern and a range.`);
  }
  oneOf(pattern['type'] ?? null, 'type', PATTERNS);
  oneOf(range['type'] ?? null, 'type', RANGES);
  return value;
}
