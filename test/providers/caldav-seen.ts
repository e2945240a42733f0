import ICAL from 'ical.js';
import { findEvent, holds } from '../../src/providers/caldav/found-event.ts';
import { toFields } from '../../src/providers/caldav/mapping.ts';
import { uidOf } from '../../src/providers/caldav/marks.ts';
import { zones } from './caldav-setup.ts';
import type { SeenEvent } from './contract.ts';

/** An object's event as its owner's program shows it. */
export function seenObject(remoteId: string, data: string): SeenEvent {
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

/** What its owner's program makes of an object. */
export const edits = {
  colour: (colour: string) => edited((event) => void event.updatePropertyWithValue('color', colour)),
  remind: (minutes: number) =>
    edited((event) => {
      const trigger = event.getFirstSubcomponent('valarm')?.getFirstProperty('trigger');
      trigger?.setValue(ICAL.Duration.fromSeconds(-60 * minutes));
    }),
  move: (startsAt: Date, endsAt: Date) =>
    edited((event) => {
      event.updatePropertyWithValue('dtstart', ICAL.Time.fromJSDate(startsAt, true)).removeParameter('tzid');
      event.updatePropertyWithValue('dtend', ICAL.Time.fromJSDate(endsAt, true)).removeParameter('tzid');
    }),
};

function edited(change: (event: ICAL.Component) => void): (data: string) => string {
  return (data) => {
    const calendar = new ICAL.Component(ICAL.parse(data));
    const event = calendar.getFirstSubcomponent('vevent');
    if (event) change(event);
    return calendar.toString();
  };
}
