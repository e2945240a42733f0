import { expect, test } from 'vitest';
import { businessPage } from './business-page.ts';

const BUILT = '<html><head><title>VALClean</title></head><body></body></html>';

test('the page knows when mails reach nobody, and says nothing of it otherwise', () => {
  const business = { name: 'Sparkle', logo: null };
  const kept = businessPage(BUILT, { ...business, isMailed: false });
  expect(kept.html).toBe(
    '<html><head><title>Sparkle</title><meta name="mail-delivery" content="outbox" /></head><body></body></html>',
  );
  const sent = businessPage(BUILT, { ...business, isMailed: true });
  expect(sent.html).toBe('<html><head><title>Sparkle</title></head><body></body></html>');
  expect(sent.tag).not.toBe(kept.tag);
});
