import type { FileEvent } from '../use-cases/calendar/context.ts';
import type { LetterEntry } from './render.ts';
import { whenWords, type Reader } from './when.ts';

/** What a letter says of an event: as much as the calendar would, or only what, when and where. */
export function eventEntry(event: FileEvent, reader: Reader, much: 'all' | 'short'): LetterEntry {
  const more = much === 'all' ? event.description.split('\n').filter((line) => line !== event.url) : [];
  return { heading: event.title, lines: [whenWords(event, reader), event.location, ...more].filter(Boolean) };
}
