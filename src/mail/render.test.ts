import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderLetter, type LetterContent } from './render.ts';

const CONTENT: LetterContent = {
  language: 'en',
  subject: 'A word',
  greeting: 'Hello Jane,',
  paragraphs: ['First.', 'Second & last.'],
  action: { label: 'Go', url: 'https://app.example.com/a?b=1&c=2' },
  footnote: 'Why you get this.',
  signature: 'VALClean',
  unsubscribe: { label: 'Stop these mails', url: 'https://app.example.com/off?token=x' },
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
Stop these mails: https://app.example.com/off?token=x
`);
  expect(html).toContain('<p>Second &amp; last.</p>');
  expect(html).toContain('<a href="https://app.example.com/a?b=1&amp;c=2"');
});

it('lists what there is of a kind, each with a heading', () => {
  const entries = [
    { heading: 'Monday', lines: ['09:00 <b>', '11:00'] },
    { heading: 'Tuesday', lines: [] },
  ];
  const { text, html } = renderLetter({ ...CONTENT, entries });
  expect(text).toContain('Second & last.\n\nMonday\n09:00 <b>\n11:00\n\nTuesday\n\nGo:');
  expect(html).toContain('<p><strong>Monday</strong><br>09:00 &lt;b&gt;<br>11:00</p>\n<p><strong>Tuesday</strong></p>');
});

it('nobody can switch off what they can’t do without', () => {
  const { text, html } = renderLetter({ ...CONTENT, unsubscribe: null });
  expect(text).toMatch(/\n\n--\nWhy you get this\.\n$/);
  expect(html.match(/<a /g)).toHaveLength(1);
});

it('whatever stands in it is text: neither lines nor markup come in', () => {
  const entries = (said: string): LetterContent['entries'] => [{ heading: said, lines: [said] }];
  const lines = renderLetter({ ...CONTENT, entries: entries('x') }).text.split('\n').length;
  const tags = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];
  const known = tags(renderLetter({ ...CONTENT, greeting: 'x', paragraphs: ['x', 'x'], entries: entries('x') }).html);
  const nasty = fc.string({
    unit: fc.constantFrom('<', '>', '"', "'", '&', '\r', '\n', '\u2028', '\0', ' ', 'a', '=?'),
  });
  fc.assert(
    fc.property(nasty, nasty, (greeting, paragraph) => {
      const { text, html } = renderLetter({
        ...{ ...CONTENT, greeting, paragraphs: [paragraph, paragraph] },
        entries: entries(paragraph),
      });
      expect(text.split('\n')).toHaveLength(lines);
      expect(tags(html)).toEqual(known);
    }),
  );
});
