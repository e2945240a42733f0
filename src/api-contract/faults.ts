/**
 * What can be wrong with a field of a request, by a stable code; `{…}` stands for a parameter. They are listed in
 * `docs/errors.md`, and the web app has them in its other languages.
 */
export const FAULTS = {
  missing: 'This is needed. Add it.',
  not_text: 'Give text (a JSON string).',
  not_a_number: 'Give a number, without quotes.',
  not_a_whole_number: 'Give a whole number, without quotes.',
  not_a_boolean: 'Give true or false, without quotes.',
  not_a_list: 'Give a list ([…]).',
  not_an_object: 'Give an object ({…}).',
  wrong_type: 'This is of another type than is asked for. See the API description.',
  empty: 'This may not be empty.',
  too_short: 'Give at least {minimum} characters.',
  too_long: 'Give at most {maximum} characters.',
  none_given: 'Give at least one.',
  too_few: 'Give at least {minimum}.',
  too_many: 'Give at most {maximum}.',
  too_small: 'Give {minimum} or more.',
  not_above: 'Give more than {minimum}.',
  too_large: 'Give at most {maximum}.',
  not_in_range: 'Give a whole number from {minimum} to {maximum}.',
  not_among: 'Give one of: {allowed}.',
  unknown_field: 'There is no such field here. Check its name, or leave it out.',
  no_form_fits: 'None of the allowed forms fits. See the API description.',
  wrong_form: 'This has not the form that is asked for. See the API description.',
  not_an_email: 'Give an e-mail address such as jane@example.com.',
  not_a_uuid: 'Give an id of the form 123e4567-e89b-42d3-a456-426614174000.',
  several_lines: 'Give one line, without line breaks or control characters.',
  control_characters: 'Leave out control characters other than line breaks and tabs.',
  not_a_zone: 'Give the name of an IANA time zone such as Europe/London.',
  not_an_instant: 'Give an instant with offset, such as 2026-12-01T09:00:00+00:00, in the years 2000 to 2199.',
  not_a_time:
    'Give an instant with offset such as 2026-12-01T09:00:00+00:00, or a wall time without one such as 2026-12-01T09:00:00, in the years 2000 to 2199.',
  not_a_day: 'Give a day such as 2026-12-01, in the years 2000 to 2199.',
  not_a_country: 'Give the two capital letters of the country (ISO 3166-1), such as GB.',
  not_a_currency: 'Give the three capital letters of the currency (ISO 4217), such as GBP.',
  not_a_user_name: 'Give a user name without colons.',
  not_a_path: 'Give a path of the web app, such as /settings/calendar.',
  not_a_group: 'Give a code of a group, such as rate_limited.',
  reason_missing: 'Say why, so that the customer can look for another time.',
} as const;

export type FaultCode = keyof typeof FAULTS;

/** Numbers and names that a fault speaks of. */
export type FaultParams = Readonly<Record<string, string | number>>;

interface Fault {
  code: FaultCode;
  params: FaultParams;
  /** For people, in English. */
  message: string;
}

/** Names a fault as the `error` of a schema. Zod hands on nothing but a text, so code and parameters travel in it. */
export function fault(code: FaultCode, params: FaultParams = {}): string {
  return JSON.stringify({ code, params });
}

/** What `fault` named; a text that names nothing is of a check that has no words here. */
export function readFault(text: string): Fault {
  const { code, params } = named(text);
  return { code, params, message: fillIn(FAULTS[code], params) };
}

function named(text: string): Pick<Fault, 'code' | 'params'> {
  return text.startsWith('{"code":') ? (JSON.parse(text) as Fault) : { code: 'wrong_form', params: {} };
}

/** Puts the parameters where `{…}` names them. */
export function fillIn(words: string, params: FaultParams): string {
  return words.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
