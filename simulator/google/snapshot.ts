import { keyed, loadSnapshot } from '../kit/snapshot.ts';
import { emptyState } from './state.ts';
import type { Calendar, State } from './state.ts';

const FORMAT = 1;

interface SavedCalendar extends Omit<Calendar, 'events' | 'changes' | 'spentIds'> {
  events: unknown[];
  spentIds: string[];
}

/** The state in the file, or an empty one when there is no file. Throws Error for a file of another format. */
export async function loadState(file: string): Promise<State> {
  const saved = await loadSnapshot(file, FORMAT);
  return saved === null ? emptyState() : revive(saved);
}

/** The state as it is saved. */
export function plain(state: State): Record<string, unknown> {
  const calendars = [...state.calendars.values()].map(({ events, changes: _changes, spentIds, ...calendar }) => ({
    ...calendar,
    events: [...events.values()],
    spentIds: [...spentIds],
  }));
  return {
    format: FORMAT,
    revision: state.revision,
    accounts: [...state.accounts.values()],
    calendars,
    grants: [...state.grants.values()],
    codes: [...state.codes.values()],
    refreshTokens: [...state.refreshTokens.values()],
    accessTokens: [...state.accessTokens.values()],
  };
}

function revive(saved: Record<string, unknown>): State {
  return {
    revision: saved['revision'] as number,
    accounts: keyed(
      saved['accounts'] as State['accounts'] extends Map<string, infer T> ? T[] : never,
      (item) => item.email,
    ),
    calendars: keyed((saved['calendars'] as SavedCalendar[]).map(reviveCalendar), (item) => item.id),
    grants: keyed(saved['grants'] as State['grants'] extends Map<string, infer T> ? T[] : never, (item) => item.email),
    codes: keyed(saved['codes'] as State['codes'] extends Map<string, infer T> ? T[] : never, (item) => item.code),
    refreshTokens: keyed(
      saved['refreshTokens'] as State['refreshTokens'] extends Map<string, infer T> ? T[] : never,
      (item) => item.token,
    ),
    accessTokens: keyed(
      saved['accessTokens'] as State['accessTokens'] extends Map<string, infer T> ? T[] : never,
      (item) => item.token,
    ),
  };
}

function reviveCalendar(saved: SavedCalendar): Calendar {
  const events = keyed(
    saved.events as Calendar['events'] extends Map<string, infer T> ? T[] : never,
    (item) => item.id,
  );
  const changes = [...events.values()]
    .map(({ id, revision }) => ({ eventId: id, revision }))
    .toSorted((one, other) => one.revision - other.revision);
  return { ...saved, events, changes, spentIds: new Set(saved.spentIds) };
}
