import { hashKey, type Query, type QueryClient, type QueryKey } from '@tanstack/react-query';

/** Between two looks at the same thing, however much happens to it. */
const SPACING_MS = 400;

/**
 * Fetches again what is on the page. What is told while a look is under way is looked at once more after it, since that
 * look may have been too early; so it is with what was being fetched for the first time.
 */
export class Refetcher {
  readonly #client: QueryClient;
  readonly #spacingMs: number;
  /** Being looked at, and whether once more. */
  readonly #running = new Map<string, { again: boolean }>();

  constructor(client: QueryClient, spacingMs = SPACING_MS) {
    this.#client = client;
    this.#spacingMs = spacingMs;
  }

  refetch(queryKey: QueryKey): void {
    const name = hashKey(queryKey);
    const running = this.#running.get(name);
    if (running) running.again = true;
    else void this.#run(name, queryKey);
  }

  async #run(name: string, queryKey: QueryKey): Promise<void> {
    const own = { again: true };
    this.#running.set(name, own);
    while (own.again) {
      own.again = this.#client.getQueryCache().findAll({ queryKey, type: 'active' }).some(isFirstFetch);
      await this.#client.invalidateQueries({ queryKey });
      await new Promise((resolve) => void setTimeout(resolve, this.#spacingMs));
    }
    this.#running.delete(name);
  }
}

/** It is not begun anew by an invalidation. */
function isFirstFetch({ state }: Query): boolean {
  return state.fetchStatus === 'fetching' && state.data === undefined;
}
