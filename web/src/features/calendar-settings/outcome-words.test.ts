import { describe, expect, test } from 'vitest';
import { connectedWords, errorWords } from './outcome-words.ts';

/** The codes of the callback, as the API's contract lists them. */
const CODES = [
  'access_denied',
  'scope_missing',
  'state_mismatch',
  'account_already_linked',
  'admin_consent_required',
  'provider_unavailable',
  'provider_error',
];

test('a success names the calendar', () => {
  expect(connectedWords('google').title).toBe('Google Calendar connected');
  expect(connectedWords('outlook').title).toBe('Outlook connected');
  expect(connectedWords('<script>').title).toBe('Your calendar connected');
});

describe.each(CODES)('%s', (code) => {
  test.each(['google', 'outlook', undefined])('has words of its own for %s', (provider) => {
    const words = errorWords(code, provider);
    const others = CODES.filter((other) => other !== code).map((other) => errorWords(other, provider).title);
    expect(others).not.toContain(words.title);
    expect(`${words.title} ${words.text}`).not.toMatch(/undefined|null|_/);
  });
});

test('an error that is not known yet still says what to do', () => {
  expect(errorWords('surprise', 'google')).toEqual({
    title: 'Google Calendar was not connected',
    text: 'Nothing was changed. Press Connect again; if it happens once more, tell the office.',
  });
});
