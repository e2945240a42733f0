import type { Cipher } from '../../base/cipher.ts';
import type { EventContent } from '../../domain/event-content.ts';
import type { ProviderAccess } from '../../sync/drain-context.ts';
import type { ProviderName } from '../../sync/provider.ts';
import type { UseCaseContext } from '../context.ts';

/** What the calendar use cases need beside the rest; made once in `app.ts`. */
export interface CalendarServices {
  /** The providers whose credentials are set up. */
  providers: ReadonlyMap<ProviderName, ProviderAccess>;
  cipher: Cipher;
  /** Renders events as one iCalendar file; `app.ts` passes the writer of `providers/ics`. */
  renderFile(events: readonly FileEvent[]): string;
}

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
