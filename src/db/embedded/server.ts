import { Worker } from 'node:worker_threads';
import { SECOND } from '../../base/time.ts';
import { DatabaseStopped, DatabaseUnusable } from '../errors.ts';
import type { DatabaseHooks, EmbeddedLimits } from '../options.ts';
import { lockDirectory } from './directory-lock.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './messages.ts';
import { WorkerStream } from './stream.ts';

const DEFAULT_LIMITS: EmbeddedLimits = { idleTransactionMs: 10 * SECOND, maintenanceMs: 5 * SECOND };

/** Of Node's 4 MB, deep recursion in SQL runs out before PostgreSQL's own limit (2 MB of its stack) turns it into an error; 16 were enough. */
const STACK_MB = 32;

/** A checkpoint of everything took under a second in all measurements; beyond this the thread is stuck and is ended. */
const STOP_LIMIT_MS = 30 * SECOND;

/** The embedded database's thread as the main thread sees it: a place that connections can be made to. */
export class EmbeddedServer {
  readonly #worker: Worker;
  readonly #unlock: () => void;
  readonly #hooks: DatabaseHooks;
  readonly #streams = new Map<number, WorkerStream>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  #lastId = 0;
  #isReady = false;
  #stopping = false;
  #failure: Error | null = null;

  /**
   * Locks the folder, starts the thread and waits until the database is open and has passed its checks.
   *
   * @throws DatabaseInUse, DatabaseUnusable
   */
  static async start(dataDir: string, limits: Partial<EmbeddedLimits>, hooks: DatabaseHooks): Promise<EmbeddedServer> {
    const unlock = lockDirectory(dataDir);
    const server = new EmbeddedServer({ dataDir, limits: { ...DEFAULT_LIMITS, ...limits } }, unlock, hooks);
    try {
      await server.#ready.promise;
    } catch (error) {
      await server.#ended.promise; // only then is the folder free again
      throw error;
    }
    return server;
  }

  private constructor(workerData: WorkerOptions, unlock: () => void, hooks: DatabaseHooks) {
    this.#unlock = unlock;
    this.#hooks = hooks;
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      name: 'database',
      workerData,
      resourceLimits: { stackSizeMb: STACK_MB },
    });
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (error) => this.#fail(String(error), error));
    this.#worker.on('exit', (code) => this.#exited(code));
  }

  /** A new connection for the driver, in place of a socket. `background`: its statements let those of others go first. */
  openStream(background: boolean): WorkerStream {
    const stream = new WorkerStream(++this.#lastId, background, (message) => this.#post(message));
    if (this.#failure) stream.destroy(this.#failure);
    else this.#streams.set(stream.id, stream);
    stream.once('close', () => this.#streams.delete(stream.id));
    return stream;
  }

  /** Checkpoints, closes and gives the folder free. Connections should be closed before. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#post({ kind: 'stop' });
    const overdue = setTimeout(() => void this.#worker.terminate(), STOP_LIMIT_MS);
    await this.#ended.promise;
    clearTimeout(overdue);
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        return this.#ready.resolve();
      case 'data':
        return this.#streams.get(message.id)?.deliver(message.bytes);
      case 'end':
        this.#streams.get(message.id)?.push(null);
        return;
      case 'warning':
        return this.#hooks.onWarning?.(message.message, message.details);
      case 'fatal':
        return this.#fail(message.reason);
    }
  }

  #exited(code: number): void {
    this.#unlock();
    if (this.#stopping) this.#disconnect(new DatabaseStopped('it was closed'));
    else this.#fail(`its thread ended with code ${code}`);
    this.#ended.resolve();
  }

  /** Everything that waits is rejected with the reason, and the owner of the process is told, once. */
  #fail(reason: string, cause?: unknown): void {
    if (this.#failure) return;
    if (!this.#isReady) return this.#ready.reject(new DatabaseUnusable(reason, { cause }));
    const failure = new DatabaseStopped(reason, { cause });
    this.#disconnect(failure);
    this.#hooks.onFatal?.(failure);
  }

  /** From now on every connection, open or new, fails with `reason`. */
  #disconnect(reason: DatabaseStopped): void {
    this.#failure ??= reason;
    for (const stream of this.#streams.values()) stream.destroy(this.#failure);
  }
}
