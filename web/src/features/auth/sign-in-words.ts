import { messageOf, Problem } from '../../lib/problem.ts';

/** Why a sign-in did not work, and what to do next. */
export function signInWords(error: unknown): { title: string; message: string } {
  if (error instanceof Problem && error.status === 401) {
    return {
      title: 'E-mail or password is wrong',
      message: 'Check both and try again. Mind capital letters in the password.',
    };
  }
  if (error instanceof Problem && error.status === 429) {
    return { title: 'Too many tries', message: `Wait ${waitWords(error.retryAfterSeconds)} before you try again.` };
  }
  return { title: 'Signing in didn’t work', message: messageOf(error) };
}

/** `about 3 minutes`; rounded up, so that nobody comes back too early. */
export function waitWords(seconds: number | null): string {
  if (seconds === null) return 'a few minutes';
  if (seconds <= 60) return 'a minute';
  return `about ${Math.ceil(seconds / 60)} minutes`;
}
