import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor, pageFrom } from './page.ts';

const CODE = expect.objectContaining({ code: 'invalid_cursor' });

describe('cursors', () => {
  test('name the place again', () => {
    const key = [7, 'Zoë', '2026-12-01T09:00:00.000Z'] as const;
    expect(decodeCursor({ cursor: encodeCursor(key) }, ['integer', 'text', 'instant'])).toEqual(key);
    expect(decodeCursor({}, ['integer'])).toBeNull();
  });

  test.each([
    'x',
    '',
    '%%%',
    encodeCursor([]),
    encodeCursor([1, 2]),
    encodeCursor(['1']),
    encodeCursor([1.5]),
    encodeCursor([2 ** 60]),
    Buffer.from('{"length":1,"0":7}').toString('base64url'),
    Buffer.from('null').toString('base64url'),
  ])('of another list are refused: %s', (cursor) => {
    expect(() => decodeCursor({ cursor }, ['integer'])).toThrow(CODE);
  });

  test('texts that no database takes are refused', () => {
    for (const text of ['a\0', '\ud800']) {
      expect(() => decodeCursor({ cursor: encodeCursor([text]) }, ['text'])).toThrow(CODE);
      expect(() => decodeCursor({ cursor: encodeCursor([text]) }, ['instant'])).toThrow(CODE);
    }
    expect(() => decodeCursor({ cursor: encodeCursor(['2026-13-01T00:00:00Z']) }, ['instant'])).toThrow(CODE);
  });
});

describe('pageFrom', () => {
  const page = (rows: number[], limit: number): ReturnType<typeof pageFrom<number, string>> =>
    pageFrom(rows, limit, String, (row) => [row]);

  test('keeps one row back to know whether there are more', () => {
    expect(page([1, 2, 3], 2)).toEqual({ items: ['1', '2'], nextCursor: encodeCursor([2]) });
    expect(page([1, 2], 2)).toEqual({ items: ['1', '2'], nextCursor: null });
    expect(page([], 2)).toEqual({ items: [], nextCursor: null });
  });
});
