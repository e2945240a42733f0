import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';

const SOURCE = flattened(en);

describe.each([
  ['en', en],
  ['de', de],
] as const)('%s', (language, messages) => {
  const own = flattened(messages);

  test('has the keys of the source, and every one has words', () => {
    expect([...own.keys()].toSorted()).toEqual([...SOURCE.keys()].toSorted());
    expect([...own].filter(([, words]) => words.trim() === '')).toEqual([]);
  });

  test('takes the arguments of the source', () => {
    const differing = [...own].filter(([key, words]) => argumentsOf(words) !== argumentsOf(SOURCE.get(key) ?? ''));
    expect(differing).toEqual([]);
  });

  test('knows every plural of its language', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const lacking = [...own].filter(([, words]) =>
      pluralsOf(parse(words)).some((known) => known.size > 1 && forms.some((form) => !known.has(form))),
    );
    expect(lacking).toEqual([]);
  });
});

test('German is written with German signs', () => {
  const foreign = [...flattened(de)].filter(([, words]) => /["'’“]|\w…|\.\.\./.test(words.replaceAll(/„[^“]*“/g, '')));
  expect(foreign).toEqual([]);
});

/** `orders.one.title` and its words, for every message. */
function flattened(messages: object, before = ''): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string' ? [[before + key, value]] : [...flattened(value as object, `${before}${key}.`)],
    ),
  );
}

/** `count:plural link:tag name:argument`, in the order of the alphabet. */
function argumentsOf(words: string): string {
  return [...new Set(elementsOf(parse(words)).flatMap(nameOf))].toSorted().join(' ');
}

function nameOf(element: MessageFormatElement): string[] {
  if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
  return [`${element.value}:${TYPE[element.type]}`];
}

/** The options of each plural; those with one for everything say the same of every number. */
function pluralsOf(elements: readonly MessageFormatElement[]): Set<string>[] {
  return elementsOf(elements).flatMap((element) =>
    element.type === TYPE.plural ? [new Set(Object.keys(element.options))] : [],
  );
}

/** With all that stands inside plurals, choices and tags. */
function elementsOf(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.tag) return [element, ...elementsOf(element.children)];
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [element];
    return [element, ...Object.values(element.options).flatMap((option) => elementsOf(option.value))];
  });
}
