import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapedHtml } from './html.ts';

test('no text becomes markup, and no character is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const html = [...escapedHtml(text)].join('');
      expect(html).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      expect(html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(text);
    }),
  );
});
