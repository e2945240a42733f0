import { describe, expect, it } from 'vitest';
import { smtpOptions } from './smtp-post.ts';

describe('TLS', () => {
  it.each([
    ['smtp://user:secret@mail.example:587', true],
    ['smtp://user@mail.example', true],
    ['smtp://user:secret@127.0.0.1.example', true],
    ['smtp://user:secret@localhost:587', false],
    ['smtp://user:secret@127.0.0.1', false],
    ['smtp://user:secret@[::1]:25', false],
    ['smtp://mail.example:25', false],
  ])('%s: is it required? %s', (url, required) => {
    expect(smtpOptions(url).requireTLS).toBe(required);
  });
});

it('keeps what the operator says, but for what would print mails', () => {
  const { url } = smtpOptions('smtp://mail.example/?logger=true&debug=true&pool=true&tls.servername=other.example');
  expect(url).toBe('smtp://mail.example/?tls.servername=other.example');
});
