import type { Db } from '../db/sql.ts';
import { forbidden, invalidField } from '../domain/errors.ts';
import { loadPeople } from '../store/people.ts';
import type { Caller } from './context.ts';

/** People named in a request, and where. */
export interface NamedStaff {
  id: number;
  /** Path of the field, such as `items.0.staff_ids`. */
  field: string;
}

/**
 * That everyone named works here as staff, and that a manager names only their own team.
 * @throws BusinessError 403 for somebody else's staff, 422 `unknown_staff`
 */
export async function checkStaff(db: Db, caller: Caller, named: readonly NamedStaff[]): Promise<void> {
  const people = await loadPeople(
    db,
    named.map((one) => one.id),
  );
  for (const { id, field } of named) {
    const person = people.get(id);
    if (caller.role === 'manager' && person?.role === 'staff' && person.managerId !== caller.id) throw foreignStaff();
    if (person?.role !== 'staff' || !person.isActive) {
      throw invalidField('unknown_staff', field, `Nobody with the id ${id} works here as staff. Leave them out.`);
    }
  }
}

/** 403: managers act for their own team. */
export function foreignStaff(): Error {
  return forbidden('Managers assign and remove only staff of their own team. Ask an administrator.');
}
