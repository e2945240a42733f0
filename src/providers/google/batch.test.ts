import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildBatch, parseBatch } from './batch.ts';

/** Any UTF-16 units, halves of surrogate pairs and control characters included. */
const anyText = fc
  .array(fc.oneof(fc.nat(0xff), fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff })))
  .map((units) => String.fromCharCode(...units));

const TYPE = 'multipart/mixed; boundary=b_1';

function answer(...parts: string[]): string {
  return [...parts.map((part) => `--b_1\r\n${part}`), '--b_1--\r\n'].join('\r\n');
}

test('writes each call as a part of its own', () => {
  const text = buildBatch(
    [
      { method: 'PUT', path: '/calendar/v3/x?a=b', headers: { 'if-match': '"7"' }, body: '{"summary":"é"}' },
      { method: 'DELETE', path: '/calendar/v3/y', headers: {} },
    ],
    'b_1',
  );
  expect(text).toBe(
    [
      '--b_1',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      'Content-ID: <item-0>',
      '',
      'PUT /calendar/v3/x?a=b HTTP/1.1',
      'if-match: "7"',
      'content-length: 16',
      '',
      '{"summary":"é"}',
      '--b_1',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      'Content-ID: <item-1>',
      '',
      'DELETE /calendar/v3/y HTTP/1.1',
      '',
      '',
      '--b_1--',
      '',
    ].join('\r\n'),
  );
});

test('finds answers by their id, whatever their order', () => {
  const parts = parseBatch(
    TYPE,
    answer(
      'Content-Type: application/http\r\nContent-ID: <response-item-1>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
      'content-id: response-item-0\r\n\r\nHTTP/1.1 200 OK\r\nETag: "9"\r\nContent-Length: 999\r\n\r\n{"id":\r\n "a"}\r\n',
    ),
  );
  expect(parts.get(0)).toMatchObject({ status: 200, body: '{"id":\n "a"}' });
  expect(parts.get(0)?.headers).toMatchObject({ etag: '"9"' });
  expect(parts.get(1)).toMatchObject({ status: 204, body: '' });
});

test.each([
  ['a quoted boundary', 'multipart/mixed; boundary="b_1"'],
  ['another parameter first', 'multipart/mixed; charset=UTF-8; Boundary=b_1'],
])('reads %s', (_, type) => {
  const parts = parseBatch(type, answer('Content-ID: <response-item-0>\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n{}'));
  expect(parts.get(0)?.status).toBe(404);
});

test('survives empty lines before the status line, bare line feeds and HTML', () => {
  const text =
    '--b_1\nContent-ID: <response-item-0>\n\n\n\nHTTP/1.1 502 Bad Gateway\nRetry-After: 3\n\n<html>\n\n</html>\n--b_1--\n';
  expect(parseBatch(TYPE, text).get(0)).toMatchObject({
    status: 502,
    headers: { 'retry-after': '3' },
    body: '<html>\n\n</html>',
  });
});

test('leaves out what it cannot read', () => {
  const whole = answer('Content-ID: <response-item-0>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}');
  expect(parseBatch(undefined, whole).size).toBe(0);
  expect(parseBatch('text/html', '<html>').size).toBe(0);
  expect(parseBatch(TYPE, answer('Content-ID: <response-other>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}')).size).toBe(0);
  expect(parseBatch(TYPE, answer('Content-ID: <response-item-0>\r\n\r\nno status')).size).toBe(0);
});

const partArbitrary = fc.record({
  status: fc.integer({ min: 200, max: 599 }),
  body: fc.oneof(fc.constant(''), fc.json()),
  emptyLines: fc.nat(3),
  brackets: fc.boolean(),
});

test('reads any parts in any order back', () => {
  fc.assert(
    fc.property(
      fc.array(partArbitrary, { maxLength: 8 }),
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (parts, crlf, order) => {
        const line = crlf ? '\r\n' : '\n';
        const texts = parts.map(({ status, body, emptyLines, brackets }, index) => {
          const id = brackets ? `<response-item-${index}>` : `response-item-${index}`;
          return [
            '--b_1',
            `Content-ID: ${id}`,
            '',
            ...Array<string>(emptyLines).fill(''),
            `HTTP/1.1 ${status} Text`,
            'A: b',
            '',
            body,
          ];
        });
        const shuffled = texts.map((text) => ({ text, at: order.next().value ?? 0 })).toSorted((a, b) => a.at - b.at);
        const body = [...shuffled.flatMap(({ text }) => text), '--b_1--', ''].join(line);
        const answers = parseBatch(TYPE, body);
        expect(answers.size).toBe(parts.length);
        for (const [index, part] of parts.entries()) {
          expect(answers.get(index)).toMatchObject({ status: part.status, body: part.body.trim() });
        }
      },
    ),
  );
});

test('never throws, and invents nothing', () => {
  const noise = fc.array(
    fc.oneof(
      fc.constantFrom(
        '--b_1',
        '--b_1--',
        '\r\n',
        '\n',
        '\r\n\r\n',
        'HTTP/1.1 200 OK',
        'Content-ID: <response-item-3>',
        'a: b',
        '__proto__: x',
      ),
      anyText,
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(anyText, noise, (type, pieces) => {
      parseBatch(type, pieces.join(''));
      for (const [item, part] of parseBatch(TYPE, pieces.join(''))) {
        expect(pieces.join('')).toContain(`item-${item}`);
        expect(part.status).toBeGreaterThanOrEqual(100);
      }
    }),
  );
});
