import { useSyncExternalStore } from 'react';
import { createTranslator } from 'use-intl/core';
import { fillIn, type FaultParams } from '../../../src/api-contract/faults.ts';
import { withBusinessName } from '../messages/business-name.ts';
import { en } from '../messages/en.ts';
import { server as englishServerWords } from '../messages/en/server.ts';
import { BUSINESS } from './business.ts';
import { pickLocale, type Language } from './language.ts';

type Kind = 'problem' | 'fault' | 'trouble' | 'operator' | 'warning' | 'credentials' | 'reminder';

/** By kind of what is told, then by its code. */
type ServerWords = { readonly [Each in Kind]?: Readonly<Record<string, string>> };

interface Told {
  code: string;
  /** The server's own words. */
  message: string;
  params?: FaultParams;
}

type Translator = ReturnType<typeof createTranslator<typeof en>>;

/**
 * The words of a key in the language of the page: `t('orders.placed', { moment })`. Keys and arguments are typed by
 * `messages/en`. It is called while something is shown, never while a module is loaded: the language may change.
 */
export let t: Translator = createTranslator({ locale: 'en', messages: withBusinessName(en, BUSINESS.name) });

let spoken = { language: 'en' as Language, locale: localeFor('en') };
let serverWords: ServerWords = englishServerWords;
const listeners = new Set<() => void>();

/** For dates, money and sorting: the reader's own kind of the language of the page. */
export function locale(): string {
  return spoken.locale;
}

/** The language of the page. */
export function language(): Language {
  return spoken.language;
}

/** Whoever uses it is shown anew when the language changes; pages do so by `lazyPage`, and all that they consist of. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => spoken.language);
}

/** What the server tells under a stable code, in the language of the page where we have it; the server speaks English. */
export function ofServer(kind: Kind, { code, message, params = {} }: Told): string {
  const words = serverWords[kind]?.[code];
  return words === undefined ? message : fillIn(words, params);
}

/** Changes the language of everything that is shown from now on. Rejects when its words can't be fetched. */
export async function speak(language: Language): Promise<void> {
  const words = await LOADERS[language]();
  const messages = withBusinessName(words.messages as typeof en, BUSINESS.name);
  t = createTranslator<typeof en>({ locale: language, messages });
  serverWords = words.server;
  spoken = { language, locale: localeFor(language) };
  for (const listener of listeners) listener();
}

const LOADERS = {
  en: () => Promise.resolve({ messages: en, server: englishServerWords }),
  de: async () => {
    const { de, server } = await import('../messages/de.ts');
    return { messages: de, server };
  },
};

function localeFor(language: Language): string {
  return pickLocale(language, typeof navigator === 'undefined' ? [] : navigator.languages);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
