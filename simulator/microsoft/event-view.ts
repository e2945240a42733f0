import type { JsonObject } from '../kit/json.ts';
import { asHtml, asText, previewOf } from './event-body.ts';
import { renderTime } from './event-times.ts';
import { propertyResources } from './extended-properties.ts';
import { userId } from './ids.ts';
import type { IdSpace } from './ids.ts';
import type { Preferences } from './prefer.ts';
import type { Account, StoredEvent } from './state.ts';
import type { World } from './world.ts';

/** How an event is shown. */
export type View = Pick<Preferences, 'ids' | 'timeZone' | 'textBody'> & {
  /** Id of the extended property to be shown. */
  expand?: string | null;
  /** The answer to a create or change shows a text body as it was sent; every later read shows HTML. */
  echo?: boolean;
};

/** The names that `$select` may ask for. */
export const EVENT_PROPERTIES: readonly string[] = [
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'changeKey',
  'categories',
  'transactionId',
  'originalStartTimeZone',
  'originalEndTimeZone',
  'iCalUId',
  'reminderMinutesBeforeStart',
  'isReminderOn',
  'hasAttachments',
  'subject',
  'bodyPreview',
  'importance',
  'sensitivity',
  'isAllDay',
  'isCancelled',
  'isOrganizer',
  'responseRequested',
  'seriesMasterId',
  'showAs',
  'type',
  'webLink',
  'onlineMeetingUrl',
  'isOnlineMeeting',
  'onlineMeetingProvider',
  'allowNewTimeProposals',
  'isDraft',
  'hideAttendees',
  'recurrence',
  'onlineMeeting',
  'responseStatus',
  'body',
  'start',
  'end',
  'location',
  'locations',
  'attendees',
  'organizer',
];

/** The id of an event in a space. */
export function idIn(space: IdSpace, event: StoredEvent): string {
  return space === 'immutable' ? event.id : event.defaultId;
}

/** The event as Graph gives it. Extended properties show only when asked for. */
export function eventResource(world: World, account: Account, event: StoredEvent, view: View): JsonObject {
  const { draft } = event;
  const online = draft.isOnlineMeeting && account.kind === 'work';
  const resource: JsonObject = {
    '@odata.etag': `W/"${event.changeKey}"`,
    id: idIn(view.ids, event),
    createdDateTime: sevenDigits(event.created),
    lastModifiedDateTime: sevenDigits(event.lastModified),
    changeKey: event.changeKey,
    categories: draft.categories,
    ...(event.transactionId === null ? {} : { transactionId: event.transactionId }),
    originalStartTimeZone: draft.start.timeZone,
    originalEndTimeZone: draft.end.timeZone,
    iCalUId: event.iCalUId,
    reminderMinutesBeforeStart: draft.reminderMinutesBeforeStart,
    isReminderOn: draft.isReminderOn,
    hasAttachments: false,
    subject: draft.subject,
    bodyPreview: previewOf(draft.body),
    importance: draft.importance,
    sensitivity: draft.sensitivity,
    isAllDay: draft.isAllDay,
    isCancelled: false,
    isOrganizer: true,
    responseRequested: draft.responseRequested,
    seriesMasterId: null,
    showAs: draft.showAs,
    type: draft.recurrence === null ? 'singleInstance' : 'seriesMaster',
    webLink: `${world.url}${eventPath(account.email, event)}`,
    onlineMeetingUrl: null,
    isOnlineMeeting: online,
    onlineMeetingProvider: online ? 'teamsForBusiness' : 'unknown',
    allowNewTimeProposals: draft.allowNewTimeProposals,
    isDraft: false,
    hideAttendees: draft.hideAttendees,
    recurrence: draft.recurrence,
    onlineMeeting: online ? { joinUrl: `${world.url}/meet/${userId(account)}` } : null,
    responseStatus: { response: 'organizer', time: '0001-01-01T00:00:00Z' },
    body: bodyResource(event, view),
    start: renderTime(draft.start, draft.isAllDay, view.timeZone),
    end: renderTime(draft.end, draft.isAllDay, view.timeZone),
    location: locationOf(draft.locations),
    locations: draft.locations,
    attendees: draft.attendees,
    organizer: { emailAddress: { name: account.name, address: account.email } },
  };
  const expanded = view.expand ? propertyResources(event.properties, view.expand) : [];
  if (expanded.length > 0) resource['singleValueExtendedProperties'] = expanded;
  return resource;
}

/** The page of an event in the person's own calendar. */
export function eventPath(email: string, event: StoredEvent): string {
  return `/mailbox/${encodeURIComponent(email)}?${new URLSearchParams({ event: event.id }).toString()}`;
}

/** Only the selected properties; id and etag always come along. */
export function selected(resource: JsonObject, names: readonly string[] | null): JsonObject {
  if (names === null) return resource;
  const kept = ['@odata.etag', 'id', 'singleValueExtendedProperties', ...names];
  return Object.fromEntries(Object.entries(resource).filter(([name]) => kept.includes(name)));
}

function bodyResource(event: StoredEvent, view: View): JsonObject {
  const { body } = event.draft;
  if (view.textBody) return { contentType: 'text', content: asText(body) };
  if (view.echo && body.contentType === 'text') return { contentType: 'text', content: body.content };
  return { contentType: 'html', content: asHtml(body) };
}

function locationOf(locations: readonly JsonObject[]): JsonObject {
  const [first] = locations;
  if (!first)
    return { displayName: '', locationType: 'default', uniqueIdType: 'unknown', address: {}, coordinates: {} };
  const displayName = locations.map((location) => String(location['displayName'])).join('; ');
  return { address: {}, coordinates: {}, ...first, displayName, uniqueId: displayName };
}

function sevenDigits(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}0000Z`;
}
