import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyLines, linesOf, sameWords, toHtml } from './body-text.ts';

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '<', '&', '"', "'", '&nbsp;', ' ', '\u00a0', 'https://a.example/1?x=1&y=2', '🧽'),
      fc.string(),
    ),
  )
  .map((pieces) => pieces.join(''));

/** The way in which Exchange gives HTML back. */
function wrapped(html: string): { contentType: string; content: string } {
  const head =
    '<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>p { color: red }</style></head>';
  return { contentType: 'html', content: `<html>${head}<body>\r\n<!-- x --><div>${html}</div>\r\n</body></html>\r\n` };
}

test('lines lose what HTML does not keep', () => {
  expect(bodyLines(' a  b\t c\r\n\r\n\r\n\r\nd\u00a0e \n')).toBe('a b c\n\nd e');
});

test('a text is found again in the HTML that Exchange wraps around it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const lines = bodyLines(text);
      expect(linesOf(wrapped(toHtml(lines)))).toBe(lines);
    }),
  );
});

test('lines are the same when repeated', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(bodyLines(bodyLines(text))).toBe(bodyLines(text));
    }),
  );
});

test('data never becomes markup; an address on a line of its own becomes a link', () => {
  expect(toHtml('<b>&"\nhttps://a.example/?a=1&b="2"\njavascript:alert(1)')).toBe(
    '&lt;b&gt;&amp;"<br><a href="https://a.example/?a=1&amp;b=&quot;2&quot;">https://a.example/?a=1&amp;b="2"</a><br>javascript:alert(1)',
  );
});

test('the text form of a link counts once', () => {
  const content = 'Order: #45\r\nhttps://a.example/7<https://a.example/7>\r\n';
  expect(linesOf({ contentType: 'text', content })).toBe('Order: #45\nhttps://a.example/7');
});

test('paragraphs and entities of other editors are read', () => {
  const content = '<p>Z&uuml;rich &#8211; A&#x26;B&nbsp;C</p><P>two</P>&unknown;';
  expect(linesOf(wrapped(content))).toBe('Z&uuml;rich – A&B C\ntwo\n&unknown;');
  expect(linesOf(null)).toBe('');
  expect(linesOf({ contentType: 'html', content: '&#x110000;&#1114111;' })).toBe('&#x110000;\u{10ffff}');
});

test('words count, not where their lines break', () => {
  expect(sameWords('a b\nc', 'a\nb c ')).toBe(true);
  expect(sameWords('a b', 'ab')).toBe(false);
});
