import { expect, test } from 'vitest';
import { Problem } from '../../lib/problem.ts';
import { signInWords, waitWords } from './sign-in-words.ts';

test('a wrong pair does not tell which of the two is wrong', () => {
  expect(signInWords(new Problem(401, 'x', 'x')).title).toBe('E-mail or password is wrong');
});

test('too many tries name the time to wait, rounded up', () => {
  const problem = new Problem(429, 'x', 'x', { retryAfterSeconds: 170 });
  expect(signInWords(problem).message).toBe('Wait about 3 minutes before you try again.');
  expect(waitWords(20)).toBe('Wait a minute before you try again.');
  expect(waitWords(null)).toBe('Wait a few minutes before you try again.');
});
