import { expect, test } from 'vitest';
import { webAddress } from './web-address.ts';

test.each(['https://calendar.example/event?id=1', 'http://localhost:3000/appointments/7'])('shows %s', (link) => {
  expect(webAddress(link)).toBe(link);
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/relative', '', null, undefined])(
  'never shows %s',
  (link) => {
    expect(webAddress(link)).toBeNull();
  },
);
