import { expect, test } from 'vitest';
import { allPages } from './pages.ts';

test('follows the cursors to the end', async () => {
  const asked: (string | undefined)[] = [];
  const result = await allPages(async (cursor) => {
    asked.push(cursor);
    return cursor === undefined ? { items: [1, 2], next_cursor: 'b' } : { items: [3], next_cursor: null };
  });
  expect(result).toEqual({ items: [1, 2, 3], complete: true });
  expect(asked).toEqual([undefined, 'b']);
});

test('stops at a list without end, and says so', async () => {
  const result = await allPages(async () => ({ items: [1], next_cursor: 'again' }));
  expect(result.complete).toBe(false);
  expect(result.items).toHaveLength(10);
});
