import { describe, expect, it } from 'vitest';
import { isPlainAddress } from './letter.ts';
import { senderOf, toMessage } from './post.ts';

describe('the sender', () => {
  it.each([
    ['VALClean <office@example.com>', 'VALClean', 'office@example.com'],
    ['"Val, Clean & Co" <office@example.com>', 'Val, Clean & Co', 'office@example.com'],
    [String.raw`"The \"Clean\" Company" <office@example.com>`, 'The "Clean" Company', 'office@example.com'],
    ['office@example.com', 'Sparkle', 'office@example.com'],
    ['<office@example.com>', 'Sparkle', 'office@example.com'],
    [null, 'Sparkle', 'no-reply@app.example.com'],
  ])('%s is %s, %s', (mailFrom, name, address) => {
    expect(senderOf(mailFrom, 'Sparkle', 'https://app.example.com:8443/base')).toEqual({ name, address });
  });
});

it('the Message-ID is that of the mail, at the domain of the sender', () => {
  const letter = { id: 'f00d', to: { name: 'Jane', address: 'jane@example.com' }, subject: 'Hi', text: '', html: '' };
  const more = { unsubscribeUrl: 'https://app.example.com/off', calendarFile: null };
  const message = toMessage({ ...letter, ...more }, { name: 'VALClean', address: 'office@valclean.example' });
  expect(message.messageId).toBe('<f00d@valclean.example>');
});

it('who can’t do without a mail gets no button that stops it', () => {
  const letter = { id: 'f00d', to: { name: 'Jane', address: 'jane@example.com' }, subject: 'Hi', text: '', html: '' };
  const sender = { name: 'VALClean', address: 'office@valclean.example' };
  const headersOf = (unsubscribeUrl: string | null): string[] =>
    Object.keys(toMessage({ ...letter, unsubscribeUrl, calendarFile: null }, sender).headers ?? {});
  expect(headersOf(null)).toEqual(['Auto-Submitted']);
  expect(headersOf('https://app.example.com/off')).toContain('List-Unsubscribe-Post');
});

it('takes every address that people can sign up with', () => {
  const addresses = [`jane.o'doe+clean@sub.example.co.uk`, 'j_d-1@xn--mller-kva.example', 'jane@münchen.example'];
  for (const address of addresses) expect(isPlainAddress(address), address).toBe(true);
  expect(isPlainAddress(`${'x'.repeat(250)}@example.com`)).toBe(false);
});
