import { expect, test } from 'vitest';
import { createIntent } from './intent.ts';

test('the same wish keeps its key, another wish gets another', () => {
  const keyFor = createIntent();
  const first = keyFor({ service: 1 });
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(keyFor({ service: 1 })).toBe(first);
  expect(keyFor({ service: 2 })).not.toBe(first);
});

test('two forms never share a key', () => {
  expect(createIntent()({})).not.toBe(createIntent()({}));
});
