import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { MINUTE, SECOND } from '../../base/time.ts';
import { BusinessError } from '../../domain/errors.ts';
import { countFailures, failureTime, insertFailures } from '../../store/login-failures.ts';
import type { UseCaseContext } from '../context.ts';

/** Failures that end the trying for a while. */
export const FAILURES_PER_ACCOUNT = 10;
export const FAILURES_PER_ADDRESS = 50;
/** Forgotten passwords that an address may tell of. */
const FORGOTTEN_PER_ADDRESS = 20;
/** Other e-mail addresses that may be asked for from an address. */
const EMAILS_PER_ADDRESS = 20;
export const WINDOW_MS = 15 * MINUTE;

/** What a try is counted for, and how many failures each of these bears. */
export type Attempt = readonly { counted: string; most: number }[];

/** `address`: the caller's IP address. Of IPv6 the first 64 bits count, which is what one household or host is given. */
export function signInAttempt(email: string, address: string): Attempt {
  const account = createHash('sha256').update(email.toLowerCase()).digest('base64url');
  return [{ counted: `account:${account}`, most: FAILURES_PER_ACCOUNT }, ...addressAttempt(address)];
}

/** Where nobody says whose account it is. Counts together with the failed sign-ins of the address. */
export function addressAttempt(address: string): Attempt {
  return [{ counted: `address:${networkOf(address)}`, most: FAILURES_PER_ADDRESS }];
}

/** For being mailed a new password; apart, because these are no failures. */
export function askForPasswordAttempt(address: string): Attempt {
  return [{ counted: `forgot:${networkOf(address)}`, most: FORGOTTEN_PER_ADDRESS }];
}

/** For being mailed a link to another e-mail address; against those who make accounts to have mails sent. */
export function askForEmailAttempt(address: string): Attempt {
  return [{ counted: `email:${networkOf(address)}`, most: EMAILS_PER_ADDRESS }];
}

function networkOf(address: string): string {
  return isIPv6(address) ? firstHalf(address) : address;
}

/** For somebody signed in who proves their password once more; apart, so that they can't lock themselves out. */
export function passwordProofAttempt(userId: number): Attempt {
  return [{ counted: `proof:${userId}`, most: FAILURES_PER_ACCOUNT }];
}

/** @throws {BusinessError} 429 when something that the try is counted for had too many failures in the last 15 minutes. */
export async function refuseTooMany({ database, clock }: UseCaseContext, attempt: Attempt): Promise<void> {
  const now = clock.now().getTime();
  const since = new Date(now - WINDOW_MS);
  const names = attempt.map(({ counted }) => counted);
  const counts = new Map((await countFailures(database.db, names, since)).map((row) => [row.counted, row.failures]));
  const full = attempt.filter(({ counted, most }) => (counts.get(counted) ?? 0) >= most);
  if (full.length === 0) return;
  const deciding = await Promise.all(
    full.map(({ counted, most }) => failureTime(database.db, counted, since, most - 1)),
  );
  const freeAt = Math.max(...deciding.map((at) => (at?.getTime() ?? now) + WINDOW_MS));
  throw tooMany(Math.max(1, Math.ceil((freeAt - now) / SECOND)));
}

export async function recordFailure({ database, clock }: UseCaseContext, attempt: Attempt): Promise<void> {
  const names = attempt.map(({ counted }) => counted);
  await insertFailures(database.db, names, clock.now());
}

function tooMany(retryAfterSeconds: number): BusinessError {
  return new BusinessError(
    'too_many',
    'too_many_attempts',
    `Too many attempts. Wait ${Math.ceil(retryAfterSeconds / 60)} min, then try again.`,
    { retryAfterSeconds },
  );
}

/** The first four groups of an IPv6 address, `::` written out. An IPv4 address in IPv6 form counts as itself. */
function firstHalf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  const [before = '', after] = (address.split('%')[0] ?? '').split('::');
  const [head, tail] = [before.split(':').filter(Boolean), (after ?? '').split(':').filter(Boolean)];
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  return [...head, ...Array<string>(zeros).fill('0'), ...tail].slice(0, 4).join(':');
}
