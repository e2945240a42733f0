import { forbidden } from '../../domain/errors.ts';
import { listTeamCalendars, type TeamCalendar, type TeamMember } from '../../store/team-calendars.ts';
import type { ProviderName } from '../../sync/provider.ts';
import type { Caller, UseCaseContext } from '../context.ts';
import { decodeCursor, limitOf, pageFrom, type Page, type PageRequest } from '../page.ts';

/** What those who plan are told of a calendar. */
export type CalendarState =
  | 'connected'
  | 'working'
  | 'incomplete'
  | 'delayed'
  | 'paused'
  | 'asks_owner'
  | 'needs_sign_in';

export interface TeamCalendarsView extends Omit<TeamMember, 'calendars'> {
  calendars: { provider: ProviderName; state: CalendarState }[];
}

/**
 * How the calendars of the active staff are doing: of their own team for managers, of everybody for administrators. By id.
 * @throws BusinessError 403 for customers and staff
 */
export async function showTeamCalendars(
  { database }: UseCaseContext,
  caller: Caller,
  query: PageRequest,
): Promise<Page<TeamCalendarsView>> {
  if (caller.role !== 'manager' && caller.role !== 'admin')
    throw forbidden('Managers see the calendars of their team.');
  const [afterId = 0] = decodeCursor(query, ['integer']) ?? [];
  const limit = limitOf(query);
  const managerId = caller.role === 'admin' ? null : caller.id;
  const rows = await listTeamCalendars(database.db, managerId, Number(afterId), limit + 1);
  return pageFrom(rows, limit, toView, (row) => [row.userId]);
}

function toView({ calendars, ...member }: TeamMember): TeamCalendarsView {
  return {
    ...member,
    calendars: calendars.map((calendar) => ({ provider: calendar.provider, state: stateOf(calendar) })),
  };
}

/** What somebody has to do something about comes before what goes on by itself. */
function stateOf({ status, asksOwner, providerPaused, isWorking, isIncomplete }: TeamCalendar): CalendarState {
  if (status === 'reauth_required') return 'needs_sign_in';
  if (asksOwner) return 'asks_owner';
  if (status === 'paused' || providerPaused) return 'paused';
  if (isIncomplete) return 'incomplete';
  if (status === 'degraded') return 'delayed';
  return isWorking ? 'working' : 'connected';
}
