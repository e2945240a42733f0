import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FAULTS } from '../api-contract/faults.ts';

const SRC = join(import.meta.dirname, '..');
const PAGE = readFileSync(join(SRC, '..', 'docs', 'errors.md'), 'utf8');

/** Where a code is written in the source, after what the line begins with. */
const CODES = [
  /new BusinessError\(\s*'\w+',\s*'(\w+)'/g,
  /invalidField\(\s*'(\w+)'/g,
  /\bmalformed\(\s*'(\w+)'/g,
  /\brefused\(\s*'(\w+)'/g,
];
/** In the server's own files refusals are also written as objects. */
const CODES_OF_SERVER = /\bcode: '(\w+)'/g;
/** Of a field alone, beside those that the contract names. */
const CODES_OF_FIELDS = /\bmalformedField\(\s*'(\w+)'/g;

function inSource(patternsOf: (file: string) => readonly RegExp[]): string[] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('providers'),
  );
  const found = files.flatMap((file) => {
    const text = readFileSync(join(SRC, file), 'utf8');
    return patternsOf(file).flatMap((pattern) => [...text.matchAll(pattern)].map(([, code = '']) => code));
  });
  return [...new Set(found)].toSorted();
}

function codesInSource(): string[] {
  return inSource((file) => (/^http[/\\][^/\\]+$/.test(file) ? [...CODES, CODES_OF_SERVER] : CODES));
}

function codesOnPage(heading: string): string[] {
  const [, section = ''] = PAGE.split(`## ${heading}\n`);
  return [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)`/gm)].map(([, code = '']) => code);
}

test('every code of the program is on the page, and no other', () => {
  expect(codesOnPage('Codes').toSorted()).toEqual(codesInSource());
});

test('codes stand in the order of their status, none twice', () => {
  const statuses = [...PAGE.matchAll(/^\| `\w+` \| (\d{3}) \|/gm)].map(([, status]) => Number(status));
  expect(statuses).toEqual(statuses.toSorted((a, b) => a - b));
  expect(new Set(codesOnPage('Codes')).size).toBe(codesOnPage('Codes').length);
});

test('every fault of a field is on the page, and no other', () => {
  const named = new Set([...Object.keys(FAULTS), ...inSource(() => [CODES_OF_FIELDS])]);
  expect(named.size).toBeGreaterThan(Object.keys(FAULTS).length);
  expect(codesOnPage('Of a field').toSorted()).toEqual([...named].toSorted());
});

test('every trouble of a calendar that has words is on the page', () => {
  const words = readFileSync(join(SRC, 'use-cases', 'calendar', 'error-words.ts'), 'utf8');
  const [, table = ''] = /const WORDS[^=]*= (\{[^]*?\n\});/.exec(words) ?? [];
  const codes = [...table.matchAll(/^ {2}(\w+): \{/gm)].map(([, code = '']) => code);
  expect(codes.length).toBeGreaterThan(10);
  expect(codesOnPage('In the state of a calendar').toSorted()).toEqual(codes.toSorted());
});

test('every refusal of a login is on the page', () => {
  const login = readFileSync(join(SRC, 'sync', 'login.ts'), 'utf8');
  const [, union = ''] = /type LoginRefusal =([^;]+);/.exec(login) ?? [];
  const refusals = [...union.matchAll(/'(\w+)'/g)].map(([, code = '']) => code);
  expect(refusals.length).toBeGreaterThan(5);
  for (const code of refusals) expect(codesOnPage('Connecting a calendar')).toContain(code);
});

test('every refusal of a consent is on the page', () => {
  const oauth = readFileSync(join(SRC, 'sync', 'oauth.ts'), 'utf8');
  const [, union = ''] = /type GrantRefusal =([^;]+);/.exec(oauth) ?? [];
  const refusals = [...union.matchAll(/'(\w+)'/g)].map(([, code = '']) => code);
  expect(refusals.length).toBeGreaterThan(3);
  for (const code of refusals) expect(codesOnPage('Connecting a calendar')).toContain(code);
});
