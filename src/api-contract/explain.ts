import type { z } from 'zod';
import { fault, type FaultCode } from './faults.ts';

type Issue = z.core.$ZodRawIssue;

/**
 * Names what zod found, for `readFault`. Handed to every `safeParse` of a request; a fault that the schema names itself
 * wins. Never repeats the value, which may be a password.
 */
export function explain(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return fault(issue.input === undefined ? 'missing' : (TYPES[issue.expected] ?? 'wrong_type'));
    case 'too_small':
      return explainSmall(issue.origin, Number(issue.minimum), issue.inclusive !== false);
    case 'too_big':
      return explainBig(issue.origin, Number(issue.maximum));
    case 'invalid_value':
      return fault('not_among', { allowed: issue.values.map(String).join(', ') });
    case 'unrecognized_keys':
      return fault('unknown_field');
    case 'invalid_union':
      return fault('no_form_fits');
    case 'invalid_format':
      return fault(FORMATS[issue.format] ?? 'wrong_form');
    default:
      return undefined;
  }
}

const TYPES: Readonly<Record<string, FaultCode>> = {
  string: 'not_text',
  number: 'not_a_number',
  int: 'not_a_whole_number',
  boolean: 'not_a_boolean',
  array: 'not_a_list',
  object: 'not_an_object',
};

const FORMATS: Readonly<Record<string, FaultCode>> = { email: 'not_an_email', uuid: 'not_a_uuid' };

function explainSmall(origin: string, minimum: number, inclusive: boolean): string {
  if (origin === 'string') return minimum === 1 ? fault('empty') : fault('too_short', { minimum });
  if (origin === 'array') return minimum === 1 ? fault('none_given') : fault('too_few', { minimum });
  return fault(inclusive ? 'too_small' : 'not_above', { minimum });
}

function explainBig(origin: string, maximum: number): string {
  if (origin === 'string') return fault('too_long', { maximum });
  return fault(origin === 'array' ? 'too_many' : 'too_large', { maximum });
}
