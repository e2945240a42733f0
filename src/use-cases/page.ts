import { invalidField } from '../domain/errors.ts';

/** Which part of a list is asked for. */
export interface PageRequest {
  limit?: number | undefined;
  cursor?: string | undefined;
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The sort key of the last row of a page: what `encodeCursor` was given. */
export type CursorKey = readonly (string | number)[];

const DEFAULT_LIMIT = 50;

/** How many rows a page has at most; read one more than this to know whether there is a next page. */
export function limitOf(page: PageRequest): number {
  return page.limit ?? DEFAULT_LIMIT;
}

/** Makes the text that names the place after a row. Not secret, but nobody's business: its form may change. */
export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The sort key in the cursor of a request; `null` on the first page. `shape` names the type of each part; `instant` is an
 * ISO text that stands for an instant, `day` one that stands for a day.
 * @throws BusinessError 422 when the cursor did not come from the same list.
 */
export function decodeCursor(
  page: PageRequest,
  shape: readonly ('integer' | 'text' | 'instant' | 'day')[],
): CursorKey | null {
  if (page.cursor === undefined) return null;
  const key = parse(page.cursor);
  if (!Array.isArray(key) || key.length !== shape.length) throw strangeCursor();
  return shape.map((type, at) => {
    const part: unknown = key[at];
    if (type === 'integer' && typeof part === 'number' && Number.isSafeInteger(part)) return part;
    if (type === 'text' && typeof part === 'string' && !part.includes('\0') && part.isWellFormed()) return part;
    if (type === 'instant' && typeof part === 'string' && INSTANT.test(part) && !Number.isNaN(Date.parse(part)))
      return part;
    if (type === 'day' && typeof part === 'string' && isDay(part)) return part;
    throw strangeCursor();
  });
}

/** What `toISOString` writes for the years that the contract takes. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** A real one of the years that the contract takes. */
function isDay(text: string): boolean {
  if (!/^2[01]\d\d-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Cuts what was read with `limit + 1` to the page, and names the place to go on from. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  keyOf: (row: Row) => CursorKey,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map(toItem), nextCursor: more ? encodeCursor(keyOf(last)) : null };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw strangeCursor();
  }
}

function strangeCursor(): Error {
  return invalidField(
    'invalid_cursor',
    'cursor',
    'Give the next_cursor of the page before, unchanged, with the same filters; or leave it out to start again.',
  );
}
