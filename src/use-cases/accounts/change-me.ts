import { notFound } from '../../domain/errors.ts';
import { endEmailChangesOf } from '../../store/email-changes.ts';
import { markPersonEverywhere } from '../../store/mark-calendars.ts';
import { lockAudience } from '../../store/mark-links.ts';
import { deletePasswordLinksOf } from '../../store/password-links.ts';
import { revokeSessionsOf } from '../../store/refresh-tokens.ts';
import type { Language, User } from '../../domain/user.ts';
import { lockUser, updateUser, type UserChange } from '../../store/users.ts';
import type { Caller } from '../context.ts';
import { checkVersion } from '../check-version.ts';
import { markingNow } from '../marking.ts';
import { knownZone } from './checks.ts';
import type { AccountContext } from './context.ts';
import { provePassword } from './prove-password.ts';

/** Absent fields stay. */
export interface MyChange {
  name?: string | undefined;
  phone?: string | null | undefined;
  timeZone?: string | undefined;
  language?: Language | undefined;
  newPassword?: string | undefined;
  currentPassword?: string | undefined;
  /** The version that the caller saw; `null`: whatever it is. */
  version: number | null;
}

/**
 * Changes the caller's own account. A new password ends all their sessions but the one that asks (`sessionId`), and
 * whatever else was asked for under the old one.
 * @throws {BusinessError} 409 `version_conflict`, 422 `unknown_time_zone`, `wrong_password`; 429 `too_many_attempts`; 503 `busy`
 */
export async function changeMe(
  context: AccountContext,
  caller: Caller,
  sessionId: string,
  change: MyChange,
): Promise<User> {
  if (change.timeZone !== undefined) knownZone(context, change.timeZone);
  const passwordHash = await newPasswordHash(context, caller, change);
  return context.database.transaction(async (tx) => {
    const now = context.clock.now();
    if (change.name !== undefined || change.phone !== undefined) await lockAudience(tx, 'people');
    const user = await lockUser(tx, caller.id);
    if (user === null) throw notFound('account');
    checkVersion(user.version, change.version);
    const updated = await updateUser(tx, user, fieldsOf(change, passwordHash), now);
    if (passwordHash !== undefined) {
      await revokeSessionsOf(tx, user.id, sessionId, now);
      await deletePasswordLinksOf(tx, user.id);
      await endEmailChangesOf(tx, user.id, now);
    }
    if (updated.name !== user.name || updated.phone !== user.phone) {
      await markPersonEverywhere(tx, user.id, { ...markingNow(context), past: false });
    }
    return updated;
  });
}

function fieldsOf({ name, phone, timeZone, language }: MyChange, passwordHash: string | undefined): UserChange {
  return {
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(language === undefined ? {} : { language }),
    ...(passwordHash === undefined ? {} : { passwordHash }),
  };
}

/** Before the transaction: hashing takes a while. */
async function newPasswordHash(
  context: AccountContext,
  caller: Caller,
  { newPassword, currentPassword }: MyChange,
): Promise<string | undefined> {
  if (newPassword === undefined) return undefined;
  await provePassword(context, caller.id, currentPassword);
  return context.passwords.hash(newPassword);
}
