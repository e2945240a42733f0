import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';

const TRIES = 3;

/** What is on the page may be this old before a return to the tab asks again. */
const FRESH_MS = 15_000;

/**
 * Without a connection, what is asked for waits until there is one; what is to be changed fails at once and is never kept
 * for later: whoever gave up meanwhile would be overtaken by it.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: FRESH_MS, retry: (failures, error) => failures < TRIES - 1 && mayHeal(error) },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** A refusal stays a refusal; no answer or a server in trouble may get better by itself. */
function mayHeal(error: unknown): boolean {
  return error instanceof Problem && (error.status === 0 || error.status >= 500);
}
