import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseJson, readBody, readValue } from './read-body.ts';

const schema = z.object({ id: z.string() });

test('reads what has the shape, and nothing else', () => {
  expect(readBody(schema, '{"id":"1","more":2}')).toEqual({ id: '1' });
  expect(readBody(schema, '{"id":1}')).toBeNull();
  expect(readBody(schema, '<html>')).toBeNull();
  expect(readBody(z.unknown(), 'null')).toBeNull();
  expect(readValue(schema, { id: '1' })).toEqual({ id: '1' });
  expect(readValue(schema, undefined)).toBeNull();
  expect(parseJson('')).toBeUndefined();
});
