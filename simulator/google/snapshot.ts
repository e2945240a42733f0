import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { emptyState } from './state.ts';
import type { Calendar, State } from './state.ts';

/** Keeps the state in a file. */
export interface Saver {
  /** Says that the state has changed; it is written soon after. */
  changed(): void;
  /** Writes what is not written yet and stops. */
  close(): Promise<void>;
}

const FORMAT = 1;
const DELAY_MS = 250;

interface SavedCalendar extends Omit<Calendar, 'events' | 'changes' | 'spentIds'> {
  events: unknown[];
  spentIds: string[];
}

/** The state in the file, or an empty one when there is no file. Throws Error for a file of another format. */
export async function loadState(file: string): Promise<State> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return emptyState();
    throw error;
  }
  const saved = JSON.parse(text) as Record<string, unknown>;
  if (saved['format'] !== FORMAT) throw new Error(`${file} was not written by this version of the simulator`);
  return revive(saved);
}

/** Starts saving what `current` answers into `file`. */
export function startSaver(file: string, current: () => State): Saver {
  const stopped = new AbortController();
  let dirty = false;
  let running: Promise<void> | null = null;
  let lastDurationMs = 0;

  async function loop(): Promise<void> {
    while (dirty) {
      // A large state takes long to write; writing then takes at most a tenth of the time.
      await pause(Math.max(DELAY_MS, 10 * lastDurationMs), undefined, { signal: stopped.signal }).catch(
        () => undefined,
      );
      dirty = false;
      const begun = performance.now();
      await writeWhole(file, JSON.stringify(plain(current())));
      lastDurationMs = performance.now() - begun;
    }
    running = null;
  }

  return {
    changed() {
      dirty = true;
      running ??= loop();
    },
    async close() {
      stopped.abort();
      await running;
    },
  };
}

/** Replaces the file as a whole, so that a crash leaves the old or the new one. */
async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  const handle = await open(fresh, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}

function plain(state: State): Record<string, unknown> {
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

function keyed<T>(items: T[], key: (item: T) => string): Map<string, T> {
  return new Map(items.map((item) => [key(item), item]));
}
