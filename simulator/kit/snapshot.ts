import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Keeps a state in a file. */
export interface Saver {
  /** Says that the state has changed; it is written soon after. */
  changed(): void;
  /** Writes what is not written yet and stops. */
  close(): Promise<void>;
}

const DELAY_MS = 250;

/** What the file holds, or null when there is no file. Throws Error for a file of another format. */
export async function loadSnapshot(file: string, format: number): Promise<Record<string, unknown> | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const saved = JSON.parse(text) as Record<string, unknown>;
  if (saved['format'] !== format) throw new Error(`${file} was not written by this version of the simulator`);
  return saved;
}

/** Starts saving what `current` answers into `file`. */
export function startSaver(file: string, current: () => Record<string, unknown>): Saver {
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
      await writeWhole(file, JSON.stringify(current()));
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

/** Items by their key, as a state holds them. */
export function keyed<T>(items: readonly T[], key: (item: T) => string): Map<string, T> {
  return new Map(items.map((item) => [key(item), item]));
}
