import { expect, test } from 'vitest';
import { findPassages, type Passage } from './find-passages.ts';

const passage = (page: string, heading: string | null, text: string): Passage => ({ href: '#', page, heading, text });

const PASSAGES = [
  passage('E-mails', null, 'Each kind has a switch. Reminders are not sent by e-mail.'),
  passage('Reminders', null, 'Remind me, under Preferences.'),
  passage('Reminders', 'At Google', 'Their own reminders stay.'),
];

const found = (typed: string): string[] => findPassages(PASSAGES, typed).map(({ page, heading }) => heading ?? page);

test('titles come before texts', () => {
  expect(found('reminders')).toEqual(['Reminders', 'E-mails', 'At Google']);
});

test('every word has to be there; beginnings of words will do', () => {
  expect(found('rem goo')).toEqual(['At Google']);
  expect(found('googles')).toEqual(['At Google']);
  expect(found('reminders outlook')).toEqual([]);
});

test('words in a row come before words here and there', () => {
  const apart = passage('Subscribe', null, 'You make it for what the program needs.');
  const together = passage('Cards', 'What a card says', 'Needs you: the service no longer lets us in.');
  expect(findPassages([apart, together], 'needs you')).toEqual([together, apart]);
});

test('small words are not asked for, unless there are no others', () => {
  expect(found('my reminders are not on Google')).toEqual(['At Google']);
  expect(found('not')).toEqual(['E-mails']);
});

test('words that people use for a page count like its title', () => {
  const text = passage('Subscribe', null, 'Revoke the address.');
  const named = { ...passage('Take back the permission', null, 'Here and there.'), words: 'revoke, remove access' };
  expect(findPassages([text, named], 'revoke')).toEqual([named, text]);
  expect(findPassages([text, named], 'remove access')).toEqual([named]);
  expect(findPassages([text, named], 'won’t remove my access')).toEqual([named]);
});

test('nothing is found for nothing', () => {
  expect(found('  … ')).toEqual([]);
});
