import { SegmentedControl } from '@mantine/core';
import type { ReactElement } from 'react';
import { LANGUAGES, type Language } from '../lib/language.ts';
import { chooseLanguage } from '../lib/language-choice.ts';
import { t, useLanguage } from '../lib/t.ts';
import { tellFailure } from '../lib/tell.ts';

const CHOICES = (Object.keys(LANGUAGES) as Language[]).map((language) => ({
  value: language,
  label: <span lang={language}>{LANGUAGES[language]}</span>,
}));

/** Each language by its own name: whoever looks for theirs may not read the present one. */
export function LanguageChoice(): ReactElement {
  const language = useLanguage();
  return (
    <SegmentedControl
      aria-label={t('common.language')}
      size="sm"
      value={language}
      onChange={(value) => void changeLanguage(value as Language)}
      data={CHOICES}
    />
  );
}

/** Tells it when the words can't be fetched; the present language stays. @returns whether it is spoken now */
export async function changeLanguage(language: Language): Promise<boolean> {
  try {
    await chooseLanguage(language);
    return true;
  } catch (error) {
    tellFailure(t('common.languageNotLoaded'), error);
    return false;
  }
}
