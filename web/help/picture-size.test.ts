import { expect, test } from 'vitest';
import { pictureSize } from './picture-size.ts';

// Eight by four pixels.
const PLAIN = 'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoIAAQAAsBMJaQAA3AA/vcvAAA=';
const EXTENDED =
  'UklGRkgAAABXRUJQVlA4WAoAAAAQAAAABwAAAwAAQUxQSAoAAAABB1CyiAhERP8DVlA4IBgAAAAwAQCdASoIAAQAAsBMJaQAA3AA/vcvAAA=';
const LOSSLESS = 'UklGRh4AAABXRUJQVlA4TBEAAAAvB8AAAAfQhCY0of+BiOh/AAA=';

test.each([
  ['plain', PLAIN],
  ['extended', EXTENDED],
])('is half of the pixels that the file has: %s', (_kind, picture) => {
  expect(pictureSize(Buffer.from(picture, 'base64'))).toEqual({ width: 4, height: 2 });
});

test.each([
  ['another kind of WebP', Buffer.from(LOSSLESS, 'base64')],
  ['a PNG', Buffer.from('89504e470d0a1a0a', 'hex')],
])('is not known of %s', (_what, picture) => {
  expect(() => pictureSize(picture)).toThrow('no WebP of the kinds');
});
