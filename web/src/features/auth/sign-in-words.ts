import { messageOf, Problem } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';

/** Why a sign-in did not work, and what to do next. */
export function signInWords(error: unknown): { title: string; message: string } {
  if (error instanceof Problem && error.status === 401) {
    return { title: t('auth.wrongPair'), message: t('auth.wrongPairNext') };
  }
  if (error instanceof Problem && error.status === 429) {
    return { title: t('auth.tooManyTries'), message: waitWords(error.retryAfterSeconds) };
  }
  return { title: t('auth.signInFailed'), message: messageOf(error) };
}

/** `Wait about 3 minutes …`; rounded up, so that nobody comes back too early. */
export function waitWords(seconds: number | null): string {
  return seconds === null ? t('auth.waitSome') : t('auth.wait', { minutes: Math.ceil(seconds / 60) });
}
