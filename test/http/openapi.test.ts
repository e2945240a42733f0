import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GENERAL_REFUSALS, SPECIAL_CALLS } from '../../src/http/refusals.ts';
import { START_LIMIT_MS, startTestServer, type Json, type TestServer } from '../support/server.ts';

let server: TestServer;
let document: Json;
beforeAll(async () => {
  server = await startTestServer();
  document = (await server.call('GET', '/api/openapi.json')).body;
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

function operations(): [string, Json][] {
  return Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    Object.entries<Json>(item).map(([method, operation]) => [`${method} ${path}`, operation] as [string, Json]),
  );
}

test('it is OpenAPI 3.1, and every reference leads somewhere', () => {
  expect(document.openapi).toBe('3.1.0');
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(20);
  for (const [, name = ''] of references) expect(document.components.schemas, name).toHaveProperty([name]);
  expect(JSON.stringify(document)).not.toContain('PLACEHOLDER');
});

test('every operation says what it does, how it refuses and who may call it', () => {
  for (const [name, operation] of operations()) {
    expect(operation.summary, name).toBeTruthy();
    expect(
      document.tags.map((tag: { name: string }) => tag.name),
      name,
    ).toContain(operation.tags?.[0]);
    expect(operation.responses['4XX'].content, name).toHaveProperty(['application/problem+json']);
    if (operation.security) expect(operation.description, name).toContain('For: ');
  }
});

test('codes of refusals are those of the errors page, and every one of them is some call’s', () => {
  const page =
    readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8').split('## In the state of')[0] ?? '';
  const onPage = new Set([...page.matchAll(/^\| `(\w+)`/gm)].map(([, code = '']) => code));
  const named = new Set<string>(GENERAL_REFUSALS);
  for (const [name, operation] of operations()) {
    const codes = [...operation.responses['4XX'].description.matchAll(/`(\w+)`/g)]
      .map(([, code = '']) => code)
      .slice(2);
    for (const code of codes) expect([...onPage], `${name}: ${code}`).toContain(code);
    for (const code of codes) named.add(code);
  }
  // Those of the way to Google or Microsoft and back are told in the address, not in an answer.
  const [, ofCallback = ''] = page.split('## Connecting a calendar');
  const inAddress = new Set(
    [...(ofCallback.split('`POST')[0] ?? '').matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code),
  );
  expect(
    [...onPage].filter((code) => !named.has(code) && !inAddress.has(code)),
    'add it to refusals.ts',
  ).toEqual([]);
  const calls = operations().map(([name]) => name.replace(/^\w+/, (method) => method.toUpperCase()));
  for (const call of SPECIAL_CALLS) expect(calls).toContain(call);
});

test('paths end in a slash, as people are told', () => {
  const paths = Object.keys(document.paths).filter((path) => path.startsWith('/api/') && !/\.(?:json|ics)$/.test(path));
  for (const path of paths) expect(path).toMatch(/\/$/);
});

test('path parameters are named and typed', () => {
  for (const [name, operation] of operations()) {
    const wanted = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    const given = (operation.parameters ?? []).filter((parameter: Json) => parameter.in === 'path');
    expect(
      given.map((parameter: Json) => parameter.name),
      name,
    ).toEqual(wanted);
  }
});

test('numbers in queries are numbers there', () => {
  const { parameters } = document.paths['/api/users/'].get;
  const limit = parameters.find((parameter: Json) => parameter.name === 'limit');
  expect(limit.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 200 });
});

test('bodies that may be left out are not required', () => {
  expect(document.paths['/api/orders/{id}/confirm/'].post.requestBody?.required ?? false).toBe(false);
  expect(document.paths['/api/orders/'].post.requestBody.required).toBe(true);
});
