import type { Tx } from '../../db/sql.ts';
import type { Role } from '../../domain/appointment.ts';
import { BusinessError, invalidField } from '../../domain/errors.ts';
import { shareUser } from '../../store/users.ts';
import type { UseCaseContext } from '../context.ts';

/** @throws {BusinessError} 422 `unknown_time_zone` */
export function knownZone({ zones }: UseCaseContext, timeZone: string): string {
  if (zones.has(timeZone)) return timeZone;
  throw invalidField(
    'unknown_time_zone',
    'time_zone',
    'No such time zone is known. Give an IANA name such as Europe/London; capital letters count.',
  );
}

/**
 * Whether this person can be the manager of somebody of that role; the manager can't cease to be one until `tx` ends.
 * @throws {BusinessError} 422 `invalid_manager`
 */
export async function checkManager(tx: Tx, role: Role, managerId: number | null): Promise<void> {
  if (managerId === null) return;
  if (role !== 'staff') throw invalidManager('Only staff have a manager. Leave manager_id out, or set it to null.');
  const manager = await shareUser(tx, managerId);
  if (manager?.role === 'manager' && manager.isActive) return;
  throw invalidManager('This is not the id of an active manager. Give one, or null for none.');
}

function invalidManager(message: string): BusinessError {
  return invalidField('invalid_manager', 'manager_id', message);
}

export function emailTaken(): BusinessError {
  const message = 'There is an account with this e-mail address already. Sign in, or use another address.';
  return new BusinessError('conflict', 'email_taken', message, { fields: [{ field: 'email', message }] });
}
