import fs from 'node:fs';
import { expect, test } from 'vitest';
import { en } from '../web/src/messages/en.ts';
import { findLiteralText } from './find-literal-text.ts';

const SOURCES = fs
  .globSync('web/src/**/*.{ts,tsx}')
  .filter(
    (path) => !path.endsWith('.test.ts') && !path.startsWith('web/src/messages/') && !path.startsWith('web/src/help/'),
  );

test('what people read stands in messages', () => {
  expect(SOURCES.length).toBeGreaterThan(100);
  expect(SOURCES.flatMap((path) => findLiteralText(path))).toEqual([]);
});

test('every message is used', () => {
  const code = SOURCES.map((path) => fs.readFileSync(path, 'utf8')).join('\n');
  const composed = [...code.matchAll(/\bt\(\s*`([^`]+)`/g)].map(([, key = '']) => patternOf(key));
  const unused = keysOf(en).filter((key) => !code.includes(`'${key}'`) && !composed.some((keys) => keys.test(key)));
  expect(unused).toEqual([]);
});

test('text between tags and in attributes is found, and words that would stay', () => {
  const found = (code: string): string[] =>
    findLiteralText('a.tsx', code).map((line) => line.replace(/^a\.tsx:\d+ /, ''));
  expect(found('function A() { return <p>Hello</p>; }')).toEqual(['Hello']);
  expect(found('function A() { return <p title={b ? "One" : `Two ${c}`}>{t("a.b")} · 3</p>; }')).toEqual([
    'One',
    'Two ',
  ]);
  expect(found('function A() { return <p className="One" data-a="Two" />; }')).toEqual([]);
  expect(found('const A = t("a.b"); const b = () => t("a.b");')).toEqual(['early t()']);
});

function keysOf(messages: object, before = ''): string[] {
  return Object.entries(messages).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [before + name] : keysOf(value as object, `${before}${name}.`),
  );
}

/** The keys that a template such as `orders.status.${status}` may name. */
function patternOf(key: string): RegExp {
  return new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\$\{[^}]+\}/g, '[^.]+')}$`);
}
