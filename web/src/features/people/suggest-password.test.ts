import { expect, test } from 'vitest';
import { suggestPassword } from './suggest-password.ts';

test('every sign is as likely as the others', () => {
  const seen = new Set<string>();
  for (let byte = 0; byte < 256; byte += 1) {
    for (const sign of suggestPassword((count) => new Uint8Array(count).fill(byte)).replaceAll('-', '')) seen.add(sign);
  }
  expect(seen.size).toBe(32);
});

test('two are never the same, and each is long enough for an account', () => {
  const [one, two] = [suggestPassword(), suggestPassword()];
  expect(one).toMatch(/^([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/);
  expect(one).not.toBe(two);
});
