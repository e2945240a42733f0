import { z } from 'zod';
import { integerText } from './fields.ts';

/** The largest page, and the size of one when nobody asks. */
const MOST_PER_PAGE = 200;
export const DEFAULT_LIMIT = 50;

/** Query fields of every list; spread into the list's own `strictObject`. */
export const pageQueryShape = {
  limit: integerText(1, MOST_PER_PAGE)
    .optional()
    .meta({ description: `How many (1–${MOST_PER_PAGE}, default ${DEFAULT_LIMIT}).` }),
  cursor: z.string().min(1).max(500).optional().meta({ description: 'The `next_cursor` of the page before.' }),
};

/** The query of a list that has no filters. */
export const pageQuerySchema = z.strictObject(pageQueryShape);

/** A page of `item`: `next_cursor` is `null` on the last one. */
export function pageOf<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{ items: z.ZodArray<Item>; next_cursor: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}
