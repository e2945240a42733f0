import { HOUR, MINUTE } from '../base/time.ts';
import { backoffMs } from './backoff.ts';
import type { Failure, Outcome } from './provider.ts';
import type { Setback } from './store.ts';

/** The longest pause of an account whose provider said "not for hours" (Google's anti-abuse limit heals within a day). */
const LONGEST_PAUSE_MS = 24 * HOUR;
/** A broken app of ours is mended by the operator, not by trying every second. */
const OPERATOR_PAUSE_MS = 1 * MINUTE;

/** Our own credentials are refused: trying them for every account would only make it worse. */
const CREDENTIALS_REFUSED = new Set([
  'invalid_client',
  'client_secret_expired',
  'unauthorized_client',
  'deleted_client',
]);

/** For how long the whole provider is left alone after this; `null`: the failure does not concern our whole app. */
export function appPause(failure: Failure): { afterMs: number | null } | null {
  if (failure.kind === 'retry_later' && failure.scope === 'app') return { afterMs: failure.afterMs };
  const refused = failure.kind === 'operator_error' && CREDENTIALS_REFUSED.has(failure.code);
  return refused ? { afterMs: OPERATOR_PAUSE_MS } : null;
}

/** The failure among these that concerns the whole account rather than one event; the most lasting one wins. */
export function accountFailure(outcomes: readonly Outcome[]): Failure | null {
  const failures = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.failure] : []));
  return (
    failures.find((failure) => failure.kind === 'reauth_required') ??
    failures.find((failure) => failure.kind === 'gone' && failure.what === 'calendar') ??
    failures.find((failure) => failure.kind === 'operator_error') ??
    longestWait(failures) ??
    null
  );
}

function longestWait(failures: readonly Failure[]): Failure | undefined {
  return failures
    .filter((failure) => failure.kind === 'retry_later' && failure.scope !== 'link')
    .toSorted((a, b) => afterMs(b) - afterMs(a))[0];
}

function afterMs(failure: Failure): number {
  return failure.kind === 'retry_later' ? (failure.afterMs ?? 0) : 0;
}

/** What the failure does to the account. `attempts`: setbacks in a row so far. */
export function setbackFor(failure: Failure, attempts: number, now: Date, random: () => number): Setback {
  const inMs = (ms: number): Date => new Date(now.getTime() + ms);
  switch (failure.kind) {
    case 'reauth_required':
      return { code: failure.code, notBefore: null, reauthRequired: true };
    case 'gone':
      return { code: 'calendar_gone', notBefore: null, reauthRequired: true };
    case 'operator_error':
      return {
        code: failure.code,
        notBefore: inMs(OPERATOR_PAUSE_MS + backoffMs(attempts, null, random)),
        reauthRequired: false,
      };
    case 'retry_later': {
      const hours = failure.afterMs !== null && failure.afterMs >= HOUR;
      const waitMs = hours
        ? Math.min(LONGEST_PAUSE_MS, (failure.afterMs ?? 0) * 2 ** Math.min(attempts, 10))
        : backoffMs(attempts, failure.afterMs, random);
      const askedToWait = failure.afterMs !== null;
      return { code: failure.code, notBefore: inMs(waitMs), askedToWait, reauthRequired: false };
    }
    case 'conflict':
    case 'refused':
    case 'unknown_outcome':
      return { code: failure.code, notBefore: inMs(backoffMs(attempts, null, random)), reauthRequired: false };
  }
}
