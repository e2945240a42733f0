import type { Language } from '../../domain/user.ts';
import { de } from './de.ts';
import { en, type LetterWords } from './en.ts';

export const WORDS: Readonly<Record<Language, LetterWords>> = { en, de };
