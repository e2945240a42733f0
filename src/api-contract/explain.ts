import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

/**
 * Turns what zod found into a sentence that says what to do. Handed to every `safeParse` of a request, here and in the
 * browser's forms; a text given in the schema itself wins. Never repeats the value, which may be a password.
 */
export function explain(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'This is needed. Add it.' : `Give ${TYPES[issue.expected] ?? issue.expected}.`;
    case 'too_small':
      return explainSmall(issue.origin, Number(issue.minimum), issue.inclusive !== false);
    case 'too_big':
      return explainBig(issue.origin, Number(issue.maximum));
    case 'invalid_value':
      return `Give one of: ${issue.values.map(String).join(', ')}.`;
    case 'unrecognized_keys':
      return 'There is no such field here. Check its name, or leave it out.';
    case 'invalid_union':
      return 'None of the allowed forms fits. See the API description.';
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'This has not the form that is asked for. See the API description.';
    default:
      return undefined;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text (a JSON string)',
  number: 'a number, without quotes',
  int: 'a whole number, without quotes',
  boolean: 'true or false, without quotes',
  array: 'a list ([…])',
  object: 'an object ({…})',
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'Give an e-mail address such as jane@example.com.',
  uuid: 'Give an id of the form 123e4567-e89b-42d3-a456-426614174000.',
};

function explainSmall(origin: string, minimum: number, inclusive: boolean): string {
  if (origin === 'string') return minimum === 1 ? 'This may not be empty.' : `Give at least ${minimum} characters.`;
  if (origin === 'array') return minimum === 1 ? 'Give at least one.' : `Give at least ${minimum}.`;
  return inclusive ? `Give ${minimum} or more.` : `Give more than ${minimum}.`;
}

function explainBig(origin: string, maximum: number): string {
  if (origin === 'string') return `Give at most ${maximum} characters.`;
  if (origin === 'array') return `Give at most ${maximum}.`;
  return `Give at most ${maximum}.`;
}
