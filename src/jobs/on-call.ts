/** Work that is done when somebody calls for it: never twice at a time, and once more when it was called meanwhile. */
export class OnCall {
  readonly #work: (signal: AbortSignal) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  readonly #stop = new AbortController();
  #running: Promise<void> | null = null;
  #again = false;

  /** @param work ends early when its signal is aborted */
  constructor(work: (signal: AbortSignal) => Promise<void>, onError: (error: unknown) => void) {
    this.#work = work;
    this.#onError = onError;
  }

  /** Returns at once. */
  call(): void {
    if (this.#stop.signal.aborted) return;
    if (this.#running) this.#again = true;
    else this.#running = this.#run();
  }

  /** Resolves when no work is under way. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** Calls are not answered any more; waits for the work under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    do {
      this.#again = false;
      await this.#work(this.#stop.signal).catch(this.#onError);
    } while (this.#again && !this.#stop.signal.aborted);
    this.#running = null;
  }
}
