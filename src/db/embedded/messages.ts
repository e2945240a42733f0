import type { EmbeddedLimits } from '../options.ts';

/** What the thread is started with. */
export interface WorkerOptions {
  dataDir: string;
  limits: EmbeddedLimits;
}

/** From the main thread. `id` is one connection of a pool; `background`: its statements let those of others go first. */
export type ToWorker =
  | { kind: 'connect'; id: number; background: boolean }
  | { kind: 'data'; id: number; bytes: Uint8Array }
  | { kind: 'disconnect'; id: number }
  | { kind: 'stop' };

/** From the database's thread. */
export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'data'; id: number; bytes: Uint8Array }
  /** The connection is over; nothing more comes for it. */
  | { kind: 'end'; id: number }
  | { kind: 'warning'; message: string; details: Record<string, unknown> }
  /** The last words of a thread that cannot go on. */
  | { kind: 'fatal'; reason: string };
