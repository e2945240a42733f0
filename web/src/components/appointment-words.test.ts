import { expect, test } from 'vitest';
import { telLink } from './appointment-words.ts';

test.each([
  ['+44 20 7946 0000', 'tel:+442079460000'],
  ['+49 (0) 30 / 1234-567', 'tel:+490301234567'],
  ['020.7946.0000', 'tel:02079460000'],
  [' 112 ', 'tel:112'],
])('%s is called', (phone, link) => {
  expect(telLink(phone)).toBe(link);
});

test.each(['javascript:alert(1)', '<b>112</b>', '020 7946 0000 after five', '020+7946', '12', '()', ''])(
  '%s is no number, so nothing is called',
  (phone) => {
    expect(telLink(phone)).toBeUndefined();
  },
);
