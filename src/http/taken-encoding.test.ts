import { expect, test } from 'vitest';
import { takenEncoding } from './taken-encoding.ts';

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br, zstd', 'br'],
  ['GZIP', 'gzip'],
  ['x-gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['br; q=0.1', 'br'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['br;q=0, *', 'gzip'],
  ['identity, deflate', 'identity'],
  ['br;q=nonsense', 'identity'],
])('%s: %s', (header, encoding) => {
  expect(takenEncoding(header)).toBe(encoding);
});

test('what there is not is not sent', () => {
  expect(takenEncoding('gzip, br', ['gzip'])).toBe('gzip');
  expect(takenEncoding('br', ['gzip'])).toBe('identity');
});
