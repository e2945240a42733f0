import type { Language } from '../domain/user.ts';
import type { Letter } from './letter.ts';
import type { LetterContent } from './render.ts';

/** What differs from kind to kind of letter. */
export interface LetterParts extends Omit<LetterContent, 'language' | 'greeting' | 'signature' | 'unsubscribe'> {
  calendarFile?: Letter['calendarFile'];
  /** Left out: the reader, by their name, in their language. */
  to?: Letter['to'];
  greeting?: string;
  language?: Language;
}
