import type { Tx } from '../../db/sql.ts';
import type { Role } from '../../domain/appointment.ts';
import { BusinessError, invalidField, notFound } from '../../domain/errors.ts';
import { leaveTeams } from '../../store/appointment-changes.ts';
import { announcePeople } from '../../store/changes.ts';
import { closeConnectionsOf } from '../../store/connections.ts';
import { endEmailChangesOf } from '../../store/email-changes.ts';
import { touchFeedsAround } from '../../store/feed-changes.ts';
import { deleteFeedsOf } from '../../store/feeds.ts';
import { queueEmailLetter } from '../../store/mails.ts';
import { lockAudience, markAppointments } from '../../store/mark-links.ts';
import { markPersonEverywhere } from '../../store/mark-calendars.ts';
import { deletePasswordLinksOf } from '../../store/password-links.ts';
import { revokeSessionsOf } from '../../store/refresh-tokens.ts';
import type { User } from '../../domain/user.ts';
import { isEmailTaken, lockActiveAdmins, lockUser, releaseTeam, updateUser } from '../../store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { checkVersion } from '../check-version.ts';
import { markingNow } from '../marking.ts';
import { checkManager, emailTaken, knownZone } from './checks.ts';

/** Absent fields stay. */
export interface UserEdit {
  /** An address, and the id of who asks for it: for their own they use their account, which wants their password. */
  email?: { address: string; askedBy: number } | undefined;
  name?: string | undefined;
  phone?: string | null | undefined;
  timeZone?: string | undefined;
  role?: Role | undefined;
  managerId?: number | null | undefined;
  isActive?: boolean | undefined;
  /** A new password, hashed before the transaction. */
  passwordHash?: string | undefined;
  /** The version that the caller saw; `null`: whatever it is. */
  version: number | null;
}

/**
 * Changes an account; for administrators. Whoever ceases to be staff has no manager and is on no team any more, whoever ceases to be a
 * manager leaves their staff without one. Deactivation ends sessions, connections and feeds and takes the events off. Another
 * address ends sessions and the links that went to the former one; who has set a password is told at both.
 * @throws {BusinessError} 404; 409 `version_conflict`, `last_admin`, `email_taken`; 422 `invalid_manager`,
 *   `unknown_time_zone`, `own_email`
 */
export async function changeUser(context: UseCaseContext, id: number, edit: UserEdit): Promise<User> {
  if (edit.timeZone !== undefined) knownZone(context, edit.timeZone);
  try {
    return await carryOut(context, id, edit);
  } catch (error) {
    if (isEmailTaken(error)) throw emailTaken();
    throw error;
  }
}

function carryOut(context: UseCaseContext, id: number, edit: UserEdit): Promise<User> {
  return context.database.transaction(async (tx) => {
    await lockAudience(tx, 'people');
    // Before the account itself, so that all who need both lock them in the same order.
    const admins = await lockActiveAdmins(tx);
    const user = await lockUser(tx, id);
    if (user === null) throw notFound('user');
    checkVersion(user.version, edit.version);
    const wanted = applyEdit(user, edit);
    if (wanted.email !== user.email && edit.email?.askedBy === id) throw ownEmail();
    if (edit.managerId !== undefined || edit.role !== undefined) await checkManager(tx, wanted.role, wanted.managerId);
    if (admins.includes(id) && !isActiveAdmin(wanted) && admins.length === 1) throw lastAdmin();
    if (edit.passwordHash === undefined && !differs(user, wanted)) return user;
    const change = { ...wanted, ...(edit.passwordHash === undefined ? {} : { passwordHash: edit.passwordHash }) };
    // Afterwards some may not be concerned any more.
    await touchFeedsAround(tx, id);
    const updated = await updateUser(tx, user, change, context.clock.now());
    await followUp(context, tx, user, updated, edit.passwordHash !== undefined);
    return updated;
  });
}

const EDITED = ['email', 'name', 'phone', 'timeZone', 'role', 'managerId', 'isActive'] as const;
type Edited = Pick<User, (typeof EDITED)[number]>;

function applyEdit(user: User, edit: UserEdit): Edited {
  const role = edit.role ?? user.role;
  const kept = role === 'staff' ? user.managerId : null;
  return {
    email: edit.email?.address ?? user.email,
    name: edit.name ?? user.name,
    phone: edit.phone === undefined ? user.phone : edit.phone,
    timeZone: edit.timeZone ?? user.timeZone,
    role,
    managerId: edit.managerId === undefined ? kept : edit.managerId,
    isActive: edit.isActive ?? user.isActive,
  };
}

function differs(user: Edited, wanted: Edited): boolean {
  return EDITED.some((field) => user[field] !== wanted[field]);
}

/** What the change means for others: sessions, staff and calendars. */
async function followUp(
  context: UseCaseContext,
  tx: Tx,
  before: User,
  after: User,
  newPassword: boolean,
): Promise<void> {
  const marking = markingNow(context);
  const { now } = marking;
  const deactivated = before.isActive && !after.isActive;
  // In another case it is the same letter box.
  const readdressed = before.email.toLowerCase() !== after.email.toLowerCase();
  if (deactivated || newPassword || readdressed) {
    await revokeSessionsOf(tx, after.id, null, now);
    await deletePasswordLinksOf(tx, after.id);
    await endEmailChangesOf(tx, after.id, now);
  }
  // Who has not set a password yet never used the former address, which may be a stranger's.
  if (readdressed && before.hasPassword) {
    await queueEmailLetter(tx, { kind: 'email_changed', userId: after.id, toEmail: before.email }, now);
    await queueEmailLetter(tx, { kind: 'email_assigned', userId: after.id }, now);
  }
  if (deactivated) await closeConnectionsOf(tx, after.id, now);
  if (deactivated) await deleteFeedsOf(tx, after.id);
  const team = isActiveManager(before) && !isActiveManager(after) ? await releaseTeam(tx, after.id, now) : [];
  for (const memberId of team) await markPersonEverywhere(tx, memberId, marking);
  const left = before.role === 'staff' && after.role !== 'staff' ? await leaveTeams(tx, after.id, now) : [];
  const seen = ['email', 'name', 'phone', 'role', 'managerId', 'isActive'] as const;
  const past = before.role !== after.role || before.isActive !== after.isActive;
  if (seen.some((field) => before[field] !== after[field])) {
    await markPersonEverywhere(tx, after.id, { ...marking, past });
  }
  const access = ['role', 'managerId', 'isActive'] as const;
  if (access.some((field) => before[field] !== after[field])) {
    await announcePeople(tx, [after.id, before.managerId, after.managerId]);
  }
  // After the person, whose marking locks more.
  await markAppointments(tx, left, { ...marking, priority: 1 });
}

function isActiveAdmin({ role, isActive }: Pick<User, 'role' | 'isActive'>): boolean {
  return role === 'admin' && isActive;
}

function isActiveManager({ role, isActive }: User): boolean {
  return role === 'manager' && isActive;
}

function ownEmail(): BusinessError {
  return invalidField(
    'own_email',
    'email',
    'Change your own address on the page of your account: it asks for your password and has the new address confirmed.',
  );
}

function lastAdmin(): BusinessError {
  return new BusinessError(
    'conflict',
    'last_admin',
    'This is the last active administrator. Make somebody else an administrator first.',
  );
}
