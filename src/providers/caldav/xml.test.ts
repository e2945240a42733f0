import fc from 'fast-check';
import { expect, test } from 'vitest';
import { childOf, childrenOf, escapeXml, parseXml } from './xml.ts';

test('names are known by their namespace, whatever prefix the server chose', () => {
  for (const text of [
    '<multistatus xmlns="DAV:"><response><href>/a</href></response></multistatus>',
    '<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a</D:href></D:response></D:multistatus>',
    '<x:multistatus xmlns:x="DAV:"><response xmlns="DAV:"><href>/a</href></response></x:multistatus>',
  ]) {
    const response = childOf(parseXml(text), 'DAV:', 'response');
    expect(childOf(response, 'DAV:', 'href')?.text).toBe('/a');
  }
});

test('a name of another namespace is another name', () => {
  const root = parseXml('<a xmlns="DAV:" xmlns:c="urn:c"><c:href>1</c:href><href>2</href></a>');
  expect(childrenOf(root, 'DAV:', 'href').map(({ text }) => text)).toEqual(['2']);
});

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['an outside entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ['an unknown entity', '<a>&nbsp;</a>'],
  ['a web page', '<!doctype html><html><body><p>Sign in</body></html>'],
  ['a page without a type', '<html><body><br><p>Sign in</body></html>'],
  ['an unbound prefix', '<d:a/>'],
  ['half a document', '<a><b>'],
  ['nothing', ''],
  ['text', 'Not found'],
  ['JSON', '{"error":"not found"}'],
  ['a well without a bottom', '<a>'.repeat(100_000)],
  ['more than anybody asked for', `<a>${'<b/>'.repeat(500_000)}</a>`],
])('%s is no answer', (_, text) => {
  expect(parseXml(text)).toBeNull();
});

test('any text goes through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      // What XML can't hold is taken out of events before (XML 1.0 §2.2), and line ends are unified.
      const fit = text.replace(/[^\P{Cc}\n\t]|[\uFFFE\uFFFF]/gu, '');
      expect(parseXml(`<a>${escapeXml(fit)}</a>`)?.text).toBe(fit);
    }),
  );
});

test('data in CDATA counts', () => {
  expect(parseXml('<a>1<![CDATA[<2>]]>3</a>')?.text).toBe('1<2>3');
});
