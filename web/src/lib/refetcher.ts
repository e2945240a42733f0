import { hashKey, type Query, type QueryClient, type QueryKey } from '@tanstack/react-query';

/** Between two looks at the same thing, however much happens to it. */
const SPACING_MS = 400;
const MOST_PAGES = 4;

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
      own.again = this.#client.getQueryCache().findAll({ queryKey, type: 'active' }).some(isFetching);
      void this.#client.invalidateQueries({ queryKey, predicate: isLong, refetchType: 'none' });
      // Whoever scrolls on waits for the next page, not for all that are there already.
      const short = { queryKey, predicate: (query: Query) => !isLong(query) };
      await this.#client.invalidateQueries(short, { cancelRefetch: false });
      await new Promise((resolve) => void setTimeout(resolve, this.#spacingMs));
    }
    this.#running.delete(name);
  }
}

/** It is not begun anew by an invalidation. */
function isFetching({ state }: Query): boolean {
  return state.fetchStatus === 'fetching';
}

/** A list of so many pages is fetched anew when it is opened again: each look would ask for all of them. */
function isLong({ state }: Query): boolean {
  const { data } = state;
  return (
    typeof data === 'object' &&
    data !== null &&
    'pages' in data &&
    Array.isArray(data.pages) &&
    data.pages.length > MOST_PAGES
  );
}
