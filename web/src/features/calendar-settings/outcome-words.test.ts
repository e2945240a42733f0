import { describe, expect, test } from 'vitest';
import { adminConsentWords, connectedWords, errorWords } from './outcome-words.ts';

/** The codes of the callback, as the API's contract lists them. */
const CODES = [
  'access_denied',
  'scope_missing',
  'state_mismatch',
  'account_already_linked',
  'admin_consent_required',
  'no_mailbox',
  'provider_unavailable',
  'provider_error',
];

test('a success names the calendar', () => {
  expect(connectedWords('google').title).toBe('Google Calendar connected');
  expect(connectedWords('outlook').title).toBe('Outlook connected');
  expect(connectedWords('<script>').title).toBe('Your calendar connected');
});

test('an administrator’s consent connects nobody, and says so', () => {
  expect(adminConsentWords('outlook').text).toBe('Everybody in it can now connect Outlook here, each for themselves.');
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
