import type { Language } from '../domain/user.ts';
import type { CalendarContext } from '../use-cases/calendar/context.ts';

/** What letters are written with. */
export interface LetterDesk extends Pick<
  CalendarContext,
  'database' | 'clock' | 'zones' | 'settings' | 'cipher' | 'renderFile'
> {
  /** What the app says of the trouble of an account that needs its owner, by its code. */
  troubleOf(code: string | null, language: Language): string;
}
