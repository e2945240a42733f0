import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderLetter, type LetterContent } from './render.ts';

const CONTENT: LetterContent = {
  subject: 'A word',
  greeting: 'Hello Jane,',
  paragraphs: ['First.', 'Second & last.'],
  action: { label: 'Go', url: 'https://app.example.com/a?b=1&c=2' },
  footnote: 'Why you get this.',
  signature: 'VALClean',
};

it('says the same in both forms', () => {
  const { subject, text, html } = renderLetter(CONTENT);
  expect(subject).toBe('A word');
  expect(text).toBe(`Hello Jane,

First.

Second & last.

Go:
https://app.example.com/a?b=1&c=2

VALClean

--
Why you get this.
`);
  expect(html).toContain('<p>Second &amp; last.</p>');
  expect(html).toContain('<a href="https://app.example.com/a?b=1&amp;c=2"');
});

it('whatever stands in it is text: neither lines nor markup come in', () => {
  const lines = renderLetter(CONTENT).text.split('\n').length;
  const tags = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];
  const known = tags(renderLetter({ ...CONTENT, greeting: 'x', paragraphs: ['x', 'x'] }).html);
  const nasty = fc.string({
    unit: fc.constantFrom('<', '>', '"', "'", '&', '\r', '\n', '\u2028', '\0', ' ', 'a', '=?'),
  });
  fc.assert(
    fc.property(nasty, nasty, (greeting, paragraph) => {
      const { text, html } = renderLetter({ ...CONTENT, greeting, paragraphs: [paragraph, paragraph] });
      expect(text.split('\n')).toHaveLength(lines);
      expect(tags(html)).toEqual(known);
    }),
  );
});
