import { useState } from 'react';

/** Whoever opens an appointment and comes back within this time finds the same list where they left it. */
const SAME_LIST_MS = 5 * 60_000;

/** RFC 3339 instant that parts upcoming from past; it stays while the page is open, so that all its pages are of one list. */
export function useListStart(): string {
  const [start] = useState(() => new Date(Math.floor(Date.now() / SAME_LIST_MS) * SAME_LIST_MS).toISOString());
  return start;
}
