/** The languages of the app, each by the name that its readers call it. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof LANGUAGES;

/** Where the reader's languages name no region: English has many date orders, so the one that is understood by most. */
const USUAL_LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

/** The language that was chosen here before, otherwise the first of the reader's that we have, otherwise English. */
export function pickLanguage(chosen: string | null, wanted: readonly string[]): Language {
  for (const tag of [chosen ?? '', ...wanted]) {
    const language = languageOf(tag);
    if (language !== null) return language;
  }
  return 'en';
}

/** The reader's own kind of a language (`en-US`, `de-AT`): its order of dates, its separators. */
export function pickLocale(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => languageOf(tag) === language) ?? USUAL_LOCALES[language];
}

function languageOf(tag: string): Language | null {
  const name = tag.split('-', 1)[0]?.toLowerCase();
  return name === 'en' || name === 'de' ? name : null;
}
