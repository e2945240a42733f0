import { createTranslator } from 'use-intl/core';
import { expect, test } from 'vitest';
import { withBusinessName } from './business-name.ts';

const MESSAGES = {
  plain: 'We can’t reach VALClean.',
  deep: { title: '{title} · VALClean', count: '{count, plural, one {# VALClean visit} other {# VALClean visits}}' },
};

test.each([
  ['VALClean', 'VALClean'],
  ['Sparkle & Sons', 'Sparkle & Sons'],
  ["Joe's $& <b>{title}</b>", 'Joe’s $& ‹b›(title)‹/b›'],
])('messages call the business by its own name: %s', (name, shown) => {
  const t = createTranslator({ locale: 'en', messages: withBusinessName(MESSAGES, name) });
  expect(t('plain')).toBe(`We can’t reach ${shown}.`);
  expect(t('deep.title', { title: 'Orders' })).toBe(`Orders · ${shown}`);
  expect(t('deep.count', { count: 2 })).toBe(`2 ${shown} visits`);
});
