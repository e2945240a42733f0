import { pickLanguage, type Language } from './language.ts';
import { wholePart } from './problem.ts';
import { speak } from './t.ts';

const STORAGE_KEY = 'valclean.language';

/** The first language of the page. English stays when the words of another can't be fetched. */
export async function startLanguage(): Promise<void> {
  const language = pickLanguage(window.localStorage.getItem(STORAGE_KEY), navigator.languages);
  if (language !== 'en') await use(language).catch(() => undefined);
}

/** Changes the language here and for the next visits with this browser. @throws {Problem} `part_missing` */
export async function chooseLanguage(language: Language): Promise<void> {
  await use(language);
  window.localStorage.setItem(STORAGE_KEY, language);
}

async function use(language: Language): Promise<void> {
  await wholePart(speak(language));
  document.documentElement.lang = language;
}
