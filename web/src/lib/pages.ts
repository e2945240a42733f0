/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** More pages than a screen can show usefully; whoever gets there is told to narrow the list down. */
const MOST_PAGES = 10;

/** Follows the cursors to the end. `complete` is false when there was more than we care to show. */
export async function allPages<Item>(
  load: (cursor: string | undefined) => Promise<Page<Item>>,
): Promise<{ items: Item[]; complete: boolean }> {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await load(cursor);
    items.push(...answer.items);
    if (answer.next_cursor === null) return { items, complete: true };
    cursor = answer.next_cursor;
  }
  return { items, complete: false };
}
