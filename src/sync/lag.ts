/*
 * How long people wait, counted in buckets that grow by a tenth: a few hundred cover everything from a hundredth of a second
 * to weeks, they add up over minutes and nodes, and no answer is further off than that tenth.
 */

const SHORTEST_MS = 10;
const GROWTH = 1.1;
/** About 25 days; beyond it the exact number says nothing more. */
const LAST_BUCKET = 200;

/** The bucket of a lag. */
export function bucketOf(lagMs: number): number {
  if (lagMs <= SHORTEST_MS) return 0;
  return Math.min(LAST_BUCKET, Math.ceil(Math.log(lagMs / SHORTEST_MS) / Math.log(GROWTH)));
}

export interface LagCount {
  bucket: number;
  events: number;
}

/** The lag that `part` (0–1) of the events did not exceed, in milliseconds; `null`: there were none. */
export function percentileMs(counts: readonly LagCount[], part: number): number | null {
  const total = counts.reduce((sum, { events }) => sum + events, 0);
  if (total === 0) return null;
  const wanted = Math.max(1, Math.ceil(total * part));
  let seen = 0;
  for (const { bucket, events } of counts.toSorted((a, b) => a.bucket - b.bucket)) {
    seen += events;
    if (seen >= wanted) return Math.round(SHORTEST_MS * GROWTH ** bucket);
  }
  return null;
}
