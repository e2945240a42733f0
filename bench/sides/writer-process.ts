import { createHash } from 'node:crypto';
import process from 'node:process';
import type { CalendarEvent } from '../../src/providers/ics/event.ts';
import { CALENDAR_WRITERS, readEvents, sampleEvents, type CalendarWriterName } from '../support/calendar-writers.ts';
import { measure, type Effort } from '../support/effort.ts';
import { serveSide } from '../support/side.ts';

/* One writer of calendars, from the events to the octets that are sent. */

// ical-generator takes wall times to be the machine's own, some of which may not exist there.
process.env.TZ = 'UTC';

let writer: CalendarWriterName = 'ours';
let events: CalendarEvent[] = [];

const jobs = {
  open(job: { writer: CalendarWriterName; events: number }): void {
    writer = job.writer;
    events = sampleEvents(job.events);
  },
  /** @returns a digest of what a reader finds in some of it: the same for all that wrote the same */
  check({ events: count }: { events: number }): string {
    const found = readEvents(Buffer.concat(CALENDAR_WRITERS[writer](events.slice(0, count))).toString());
    if (found.length !== count) throw new Error(`${writer} wrote ${found.length} events of ${count}`);
    return createHash('sha256').update(found.join('\n')).digest('hex');
  },
  write: ({ times }: { times: number }): Promise<Effort> =>
    measure(times * events.length, async () => {
      for (let time = 0; time < times; time += 1) CALENDAR_WRITERS[writer](events);
    }),
};

export type WriterJobs = typeof jobs;

serveSide(jobs);
