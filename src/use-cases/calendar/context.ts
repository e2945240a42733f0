import type { Cipher } from '../../base/cipher.ts';
import type { EventContent } from '../../domain/event-content.ts';
import type { ProviderAccess } from '../../sync/drain-context.ts';
import type { ProviderName } from '../../sync/provider.ts';
import type { UseCaseContext } from '../context.ts';
import type { Turns } from './turns.ts';

/** What the calendar use cases need beside the rest; made once in `app.ts`. */
export interface CalendarServices {
  /** The providers whose credentials are set up. */
  providers: ReadonlyMap<ProviderName, ProviderAccess>;
  cipher: Cipher;
  /** Renders events as one iCalendar file; `app.ts` passes the writer of `providers/ics`. */
  renderFile(events: readonly FileEvent[]): string;
  feeds: FeedServices;
  /** Where mails go: to a mail server, or into files that reach nobody. */
  mailDelivery: MailDelivery;
}

export interface FeedServices {
  /** Where readers find feeds: origin of the API as seen from outside, without a slash at the end. */
  origin: string;
  writer: FeedWriter;
  turns: Turns;
}

/** Writes a calendar piece by piece, as its events come; `app.ts` passes the writer of `providers/ics`. */
export interface FeedWriter {
  head(name: string): Buffer;
  /** Definitions of these zones for these calendar years, both included. */
  zones(timeZones: readonly string[], years: { first: number; last: number }): Buffer;
  events(events: readonly FileEvent[]): Buffer;
  end(): Buffer;
}

export type MailDelivery = 'server' | 'outbox';

export interface CalendarContext extends UseCaseContext, CalendarServices {}

/** An event in an iCalendar file. */
export interface FileEvent extends EventContent {
  appointmentId: number;
  /** RFC 5545 §3.8.4.7. */
  uid: string;
  /** RFC 5545 §3.8.7.4; grows with every change. */
  sequence: number;
  status: 'CONFIRMED' | 'CANCELLED';
  createdAt: Date;
  updatedAt: Date;
}
