import type { Tx } from '../../db/sql.ts';
import { BusinessError } from '../../domain/errors.ts';
import {
  deleteEmailLinksOf,
  endEmailChangesOf,
  findEmailChange,
  type LinkedChange,
} from '../../store/email-changes.ts';
import { queueEmailLetter } from '../../store/mails.ts';
import { markPersonEverywhere } from '../../store/mark-calendars.ts';
import { lockAudience } from '../../store/mark-links.ts';
import { deletePasswordLinksOf } from '../../store/password-links.ts';
import { revokeSessionsOf } from '../../store/refresh-tokens.ts';
import { isEmailTaken, lockUser, updateUser } from '../../store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { markingNow } from '../marking.ts';
import { hashOfToken } from '../tokens.ts';
import { addressAttempt, recordFailure, refuseTooMany } from './sign-in-limits.ts';

/**
 * Gives the person whose link it is the address to which it went, and tells the former one. Links to set their password,
 * which went there, end, and so do all their sessions but the one that asked. When somebody else has the address by now, the
 * link is spent, and only that address is told why.
 * @param address the caller's IP address
 * @throws {BusinessError} 422 `invalid_link`; 429 `too_many_attempts`
 */
export async function confirmEmailChange(
  context: UseCaseContext,
  { token, address }: { token: string; address: string },
): Promise<void> {
  const attempt = addressAttempt(address);
  await refuseTooMany(context, attempt);
  const hash = hashOfToken(token);
  const { database, clock } = context;
  const wanted = await findEmailChange(database.db, hash, clock.now());
  if (wanted === null) {
    await recordFailure(context, attempt);
    throw invalidLink();
  }
  try {
    await database.transaction((tx) => carryOut(context, tx, wanted.userId, hash));
  } catch (error) {
    if (!isEmailTaken(error)) throw error;
    await database.transaction((tx) => tellAddress(context, tx, wanted, hash));
    throw invalidLink();
  }
}

async function carryOut(context: UseCaseContext, tx: Tx, userId: number, hash: Buffer): Promise<void> {
  const marking = markingNow(context);
  const { now } = marking;
  await lockAudience(tx, 'people');
  const user = await lockUser(tx, userId);
  // Of two who use the link at once, the second finds it gone.
  const wanted = await findEmailChange(tx, hash, now);
  if (user === null || !user.isActive || wanted === null) throw invalidLink();
  await updateUser(tx, user, { email: wanted.email }, now);
  await endEmailChangesOf(tx, userId, now);
  await deletePasswordLinksOf(tx, userId);
  await revokeSessionsOf(tx, userId, wanted.session, now);
  await queueEmailLetter(tx, { kind: 'email_changed', userId, toEmail: user.email }, now);
  await markPersonEverywhere(tx, userId, { ...marking, past: false });
}

/** The letter is written anew, and says that the address is taken, or has another link if it is free again. */
async function tellAddress({ clock }: UseCaseContext, tx: Tx, wanted: LinkedChange, hash: Buffer): Promise<void> {
  const now = clock.now();
  await lockUser(tx, wanted.userId);
  const still = await findEmailChange(tx, hash, now);
  if (still === null) return;
  await deleteEmailLinksOf(tx, still.id);
  await queueEmailLetter(tx, { kind: 'email_confirmation', userId: still.userId, emailChangeId: still.id }, now);
}

function invalidLink(): BusinessError {
  return new BusinessError(
    'invalid',
    'invalid_link',
    'This link has been used or is too old. Ask for a new one in your account.',
  );
}
