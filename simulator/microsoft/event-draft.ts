import type { JsonObject } from '../kit/json.ts';
import type { EventBody } from './event-body.ts';
import type { EventTime } from './event-times.ts';

/** What an event says, checked and in the form in which it is kept. */
export interface EventDraft {
  subject: string;
  body: EventBody;
  start: EventTime;
  end: EventTime;
  isAllDay: boolean;
  /** The first is `location`. */
  locations: JsonObject[];
  isReminderOn: boolean;
  reminderMinutesBeforeStart: number;
  showAs: string;
  sensitivity: string;
  importance: string;
  categories: string[];
  attendees: JsonObject[];
  allowNewTimeProposals: boolean;
  responseRequested: boolean;
  hideAttendees: boolean;
  isOnlineMeeting: boolean;
  recurrence: JsonObject | null;
}
