import { forbidden } from '../domain/errors.ts';
import { listAbsences as selectAbsences, type StaffAbsence } from '../store/absences.ts';
import { spanOfDays } from './absent-span.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { decodeCursor, limitOf, pageFrom, type Page, type PageRequest } from './page.ts';

/** Days, `YYYY-MM-DD`: only what has one of them. */
export interface AbsenceListRequest extends PageRequest {
  from?: string | undefined;
  until?: string | undefined;
}

export interface AbsenceView extends StaffAbsence {
  startsAt: Date;
  endsAt: Date;
}

/**
 * On which days staff can't come: administrators see all, managers those of their own staff, staff their own. By the first
 * day. @throws BusinessError 403 for customers
 */
export async function listAbsences(
  { database, zones }: UseCaseContext,
  caller: Caller,
  request: AbsenceListRequest,
): Promise<Page<AbsenceView>> {
  if (caller.role === 'customer') throw forbidden('Those who plan see who can’t come.');
  const { from, until } = request;
  const limit = limitOf(request);
  const key = decodeCursor(request, ['day', 'integer']);
  const after = key === null ? null : { firstDay: String(key[0]), userId: Number(key[1]) };
  const rows = await selectAbsences(database.db, caller, { from, until, after, limit: limit + 1 });
  return pageFrom(
    rows,
    limit,
    (row) => {
      const { from: startsAt, to: endsAt } = spanOfDays(zones, row.timeZone, row);
      return { ...row, startsAt, endsAt };
    },
    (row) => [row.firstDay, row.userId],
  );
}
