import ICAL from 'ical.js';
import { findEvent, holds } from '../../src/providers/caldav/found-event.ts';
import { BATCH_SIZE } from '../../src/providers/caldav/limits.ts';
import { toFields } from '../../src/providers/caldav/mapping.ts';
import { uidOf } from '../../src/providers/caldav/marks.ts';
import { JANE, openCaldav, played, zones } from './caldav-setup.ts';
import { providerContract, type ContractSetup, type SeenEvent } from './contract.ts';

providerContract('caldav', openContract, {
  batchSize: BATCH_SIZE,
  idempotency: 'if-none-match',
  calendarCreation: true,
  incremental: true,
  cost: { create: 1, update: 2, check: 1, delete: 1, lookUp: 1 },
});

const CREATE = { operation: 'object.create' };
const UPDATE = { operation: 'object.update' };

async function openContract(): Promise<ContractSetup> {
  const caldav = await openCaldav();
  const { simulator, provider, session } = caldav;
  const slugOf = (path: string): string => path.split('/').at(-2) ?? '';
  const own = slugOf(session.calendarId);
  const edit = (remoteId: string, change: (event: ICAL.Component) => void): void => {
    simulator.edit(JANE.user, objectOf(remoteId), (data) => changed(data, change), own);
  };
  return {
    provider,
    session,
    primaryToken: async () => session.accessToken,
    colours: ['turquoise', 'tomato'],
    events: async (id = session.calendarId) =>
      simulator.events(JANE.user, slugOf(id)).map(({ name, data }) => seen(`${id}${name}`, data)),
    owner: {
      colour: async (id, colour) => edit(id, (event) => void event.updatePropertyWithValue('color', colour)),
      remind: async (id, minutes) =>
        edit(id, (event) => {
          const trigger = event.getFirstSubcomponent('valarm')?.getFirstProperty('trigger');
          trigger?.setValue(ICAL.Duration.fromSeconds(-60 * minutes));
        }),
      move: async (id, startsAt, endsAt) =>
        edit(id, (event) => {
          event.updatePropertyWithValue('dtstart', ICAL.Time.fromJSDate(startsAt, true)).removeParameter('tzid');
          event.updatePropertyWithValue('dtend', ICAL.Time.fromJSDate(endsAt, true)).removeParameter('tzid');
        }),
      remove: async (id) => simulator.remove(JANE.user, objectOf(id), own),
      removeCalendar: async () => simulator.removeCalendar(JANE.user, own),
    },
    network: {
      loseNextAnswer: (of) =>
        void simulator.faults.add({ match: of === 'create' ? CREATE : UPDATE, action: { kind: 'drop-after-commit' } }),
      hangNextCreate: () => ({
        reached: played(simulator, simulator.faults.add({ match: CREATE, action: { kind: 'hang' } })),
      }),
      throttleNextCreate: (ms) =>
        void simulator.faults.add({ match: CREATE, action: { kind: 'answer', status: 429, retryAfter: ms / 1000 } }),
      forgetCursors: () => simulator.forgetTokens(JANE.user),
    },
    close: caldav.close,
  };
}

function objectOf(remoteId: string): string {
  return remoteId.split('/').at(-1) ?? '';
}

function changed(data: string, change: (event: ICAL.Component) => void): string {
  const calendar = new ICAL.Component(ICAL.parse(data));
  const event = calendar.getFirstSubcomponent('vevent');
  if (event) change(event);
  return calendar.toString();
}

function seen(remoteId: string, data: string): SeenEvent {
  const component = new ICAL.Component(ICAL.parse(data)).getFirstSubcomponent('vevent') ?? new ICAL.Component('vevent');
  const event = new ICAL.Event(component);
  const colour: unknown = component.getFirstPropertyValue('color');
  const trigger: unknown = component.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger');
  return {
    remoteId,
    title: event.summary ?? '',
    startsAt: new Date(event.startDate.toUnixTime() * 1000),
    endsAt: new Date(event.endDate.toUnixTime() * 1000),
    colour: typeof colour === 'string' ? colour : null,
    reminderMinutes: trigger instanceof ICAL.Duration ? trigger.toSeconds() / -60 : null,
    guests: component.getAllProperties('attendee').length,
    shows(key, fields) {
      const found = findEvent(data, uidOf(key));
      return found !== null && holds(found, toFields(fields), zones);
    },
  };
}
