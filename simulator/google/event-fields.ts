import { invalid } from './api-error.ts';
import { readTimes } from './event-times.ts';
import { readExtendedProperties } from './extended-properties.ts';
import { isObject } from '../kit/json.ts';
import type { Json, JsonObject } from '../kit/json.ts';
import type { StoredEvent } from './state.ts';

/** What a caller asks an event to be, checked and in the form in which it is kept. */
export type EventDraft = Pick<StoredEvent, 'status' | 'start' | 'end' | 'fields'>;

// The Event resource of the discovery document, revision 20260708. What the server alone sets is taken and ignored.
const SET_BY_SERVER = [
  'kind',
  'etag',
  'htmlLink',
  'created',
  'updated',
  'creator',
  'organizer',
  'hangoutLink',
  'locked',
  'privateCopy',
  'attendeesOmitted',
  'endTimeUnspecified',
  'recurringEventId',
  'originalStartTime',
];
const HANDLED_ELSEWHERE = ['id', 'iCalUID', 'sequence', 'status', 'start', 'end'];

// Limits seen at Google (reference, section 3.2): about 8,000 characters of description; title and place are
// held to the 1,024 that its own editor allows.
const MAX_DESCRIPTION = 8000;
const MAX_LINE = 1024;

type Reader = (value: Json, name: string) => Json | undefined;

// Each reader checks one field and gives the value to keep, or undefined when it equals the default.
const READERS: Record<string, Reader> = {
  summary: (value, name) => text(value, name, MAX_LINE),
  description: (value, name) => text(value, name, MAX_DESCRIPTION),
  location: (value, name) => text(value, name, MAX_LINE),
  colorId: oneOf(Array.from({ length: 11 }, (_, index) => String(index + 1))),
  eventLabelId: (value, name) => text(value, name, MAX_LINE),
  transparency: oneOf(['opaque', 'transparent'], 'opaque'),
  visibility: oneOf(['default', 'public', 'private', 'confidential'], 'default'),
  eventType: oneOf(['default'], 'default'),
  reminders: readReminders,
  source: readSource,
  extendedProperties: readExtendedProperties,
  recurrence: readRecurrence,
  attendees: readAttendees,
  attachments: (value, name) => list(value, name),
  conferenceData: (value) => value,
  gadget: (value) => value,
  birthdayProperties: refused,
  focusTimeProperties: refused,
  outOfOfficeProperties: refused,
  workingLocationProperties: refused,
  guestsCanInviteOthers: flag(true),
  guestsCanModify: flag(false),
  guestsCanSeeOtherGuests: flag(true),
  anyoneCanAddSelf: flag(false),
};

/** Checks a whole event as a caller sends it. Throws ApiError 400 with Google's reasons. */
export function readDraft(body: JsonObject): EventDraft {
  const fields: JsonObject = {};
  for (const [name, value] of Object.entries(body)) {
    if (SET_BY_SERVER.includes(name) || HANDLED_ELSEWHERE.includes(name)) continue;
    const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
    if (!reader)
      throw invalid(`Invalid JSON payload received. Unknown name "${name.slice(0, 40)}": Cannot find field.`);
    const kept = value === null || value === undefined ? undefined : reader(value, name);
    if (kept !== undefined) fields[name] = kept;
  }
  return { status: readStatus(body['status']), ...readTimes(body), fields };
}

/** What in a request deserves a second look by whoever reads the request log. */
export function flagsOf(body: JsonObject, draft: EventDraft): string[] {
  const flags: string[] = [];
  if (Array.isArray(body['attendees']) && body['attendees'].length > 0) flags.push('ATTENDEES SENT');
  if (body['conferenceData']) flags.push('conference data sent');
  for (const time of [draft.start, draft.end]) {
    if (time.kind === 'instant' && time.offsetDisagrees && !flags.includes('offset and zone disagree')) {
      flags.push('offset and zone disagree');
    }
  }
  return flags;
}

function readStatus(value: Json | undefined): EventDraft['status'] {
  if (value === undefined || value === null) return 'confirmed';
  if (value === 'confirmed' || value === 'tentative' || value === 'cancelled') return value;
  throw invalid('Invalid value for: status');
}

function text(value: Json, name: string, max: number): string | undefined {
  if (typeof value !== 'string') throw invalid(`Invalid value for: ${name}`);
  if (value.length > max) throw invalid('A provided value exceeds the allowed size limit.');
  return value === '' ? undefined : value;
}

function oneOf(allowed: readonly string[], standard?: string): Reader {
  return (value, name) => {
    if (typeof value !== 'string' || !allowed.includes(value)) throw invalid(`Invalid value for: ${name}`);
    return value === standard ? undefined : value;
  };
}

function flag(standard: boolean): Reader {
  return (value, name) => {
    if (typeof value !== 'boolean') throw invalid(`Invalid value for: ${name}`);
    return value === standard ? undefined : value;
  };
}

function list(value: Json, name: string): Json[] | undefined {
  if (!Array.isArray(value)) throw invalid(`Invalid value for: ${name}`);
  return value.length === 0 ? undefined : value;
}

function refused(_value: Json, name: string): never {
  throw invalid(`Invalid value for: ${name}`);
}

function readReminders(value: Json, name: string): Json | undefined {
  if (!isObject(value)) throw invalid(`Invalid value for: ${name}`);
  const overrides = value['overrides'] === undefined || value['overrides'] === null ? [] : value['overrides'];
  const useDefault = value['useDefault'] ?? false;
  if (typeof useDefault !== 'boolean' || !Array.isArray(overrides)) throw invalid(`Invalid value for: ${name}`);
  if (useDefault && overrides.length > 0) {
    throw invalid('Cannot specify both default reminders and overrides at the same time.');
  }
  if (overrides.length > 5) throw invalid('The specified number of reminders exceeds the limit of 5.');
  if (useDefault) return undefined;
  const kept = overrides.map(readReminder);
  return kept.length === 0 ? { useDefault: false } : { useDefault: false, overrides: kept };
}

function readReminder(value: Json): JsonObject {
  if (!isObject(value)) throw invalid('Invalid value for: reminders.overrides');
  const { method, minutes } = value;
  if (method !== 'email' && method !== 'popup') throw invalid('Invalid value for: reminders.overrides.method');
  // Four weeks in minutes is the longest reminder (discovery document).
  if (typeof minutes !== 'number' || !Number.isInteger(minutes) || minutes < 0 || minutes > 40_320) {
    throw invalid('Invalid value for: reminders.overrides.minutes');
  }
  return { method, minutes };
}

function readSource(value: Json, name: string): Json | undefined {
  if (!isObject(value) || typeof value['url'] !== 'string') throw invalid(`Invalid value for: ${name}`);
  if (!URL.canParse(value['url']) || !/^https?:$/.test(new URL(value['url']).protocol)) {
    throw invalid('Invalid value for: source.url');
  }
  const title = value['title'] ?? '';
  if (typeof title !== 'string') throw invalid('Invalid value for: source.title');
  return { url: value['url'], ...(title === '' ? {} : { title }) };
}

function readRecurrence(value: Json, name: string): Json | undefined {
  const rules = list(value, name);
  for (const rule of rules ?? []) {
    if (typeof rule !== 'string' || !/^(RRULE|EXRULE|RDATE|EXDATE)[;:]/.test(rule)) {
      throw invalid('Invalid recurrence rule.');
    }
  }
  return rules;
}

function readAttendees(value: Json, name: string): Json | undefined {
  return list(value, name)?.map((attendee) => {
    if (!isObject(attendee) || typeof attendee['email'] !== 'string' || !attendee['email'].includes('@')) {
      throw invalid('Invalid attendee email.');
    }
    return { responseStatus: 'needsAction', ...attendee };
  });
}
