import { allowedTypes, objectBranch, type JsonSchema, type Operation } from './operations.ts';
import type { ApiRequest } from './server.ts';

/** A request that is wrong in one place. */
export interface WrongInput {
  /** For the message of a failing test. */
  what: string;
  path: string;
  /** Another than the operation's. */
  method?: string;
  request: ApiRequest;
  /** Whether it can only be refused; otherwise it may also be taken, but never fail. */
  mustBeRefused: boolean;
}

/** Values of every JSON type, at and beyond the edges of what a database or a calendar takes. */
const VALUES: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  'x',
  'x'.repeat(20_000),
  'a\0b',
  '\ud800',
  '😀'.repeat(300),
  "'; drop table users; --",
  '2026-02-30T00:00:00Z',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '-1',
  -1,
  0,
  1.5,
  2 ** 31,
  2 ** 53,
  1e300,
  [],
  [[]],
  [null],
  Array.from({ length: 1000 }, () => 1),
  {},
  { a: { b: { c: {} } } },
];

const BAD_IDS = [
  'abc',
  '0',
  '-1',
  '1.5',
  '1e9',
  '0x1f',
  '9007199254740993',
  '9'.repeat(90),
  '%00',
  '%20',
  'null',
  '😀',
];
const UNKNOWN_ID = '9007199254740991';

const BAD_TEXTS = [
  '',
  ' ',
  'abc',
  '-1',
  '0',
  '201',
  '1.5',
  '1e3',
  '9'.repeat(30),
  '%00',
  '%ff',
  '😀',
  'true',
  '[]',
  'null',
];

/** Wrong inputs for one operation; `path` holds real ids, `sample` is a body that is right. */
export function wrongInputs(operation: Operation, path: string, sample: unknown): WrongInput[] {
  return [
    ...wrongPaths(operation, sample),
    ...wrongQueries(operation, path, sample),
    ...wrongHeaders(operation, path, sample),
    ...wrongAddresses(path),
    ...(operation.isPublic ? [] : wrongTokens(operation, path, sample)),
    ...(operation.body === null ? [] : [...wrongWholes(path), ...wrongFields(operation.body, path, sample)]),
  ];
}

function wrongPaths(operation: Operation, sample: unknown): WrongInput[] {
  const { pathParams } = operation;
  return pathParams.flatMap((param) =>
    [...BAD_IDS, UNKNOWN_ID].map((id) => ({
      what: `${param} is ${id}`,
      path: operation.path.replace(`{${param}}`, id).replaceAll(/\{\w+\}/g, '1'),
      request: withBody(operation, sample),
      mustBeRefused: true,
    })),
  );
}

function wrongQueries(operation: Operation, path: string, sample: unknown): WrongInput[] {
  const request = withBody(operation, sample);
  const values = operation.queryParams.flatMap((param) =>
    BAD_TEXTS.map((text) => ({
      ...{ what: `?${param}=${text}`, path: `${path}?${param}=${text}`, request },
      mustBeRefused: false,
    })),
  );
  if (operation.queryParams.length === 0) return values;
  const [first = ''] = operation.queryParams;
  return [
    ...values,
    { what: 'a parameter twice', path: `${path}?${first}=5&${first}=6`, request, mustBeRefused: !operation.isPublic },
    { what: 'an unknown parameter', path: `${path}?surprise=1`, request, mustBeRefused: !operation.isPublic },
  ];
}

function wrongHeaders(operation: Operation, path: string, sample: unknown): WrongInput[] {
  const send = (headers: Record<string, string>): ApiRequest => ({ ...withBody(operation, sample), headers });
  const wrong: Record<string, string>[] = [
    { 'if-match': '"' },
    { 'if-match': '99999999999999999999' },
    { 'idempotency-key': ' ' },
    { 'idempotency-key': 'x'.repeat(300) },
    { 'content-length-hint': 'x'.repeat(9000) },
    { accept: 'application/xml' },
    { host: 'evil.example' },
  ];
  return wrong.map((headers) => ({
    what: JSON.stringify(headers).slice(0, 60),
    path,
    request: send(headers),
    mustBeRefused: false,
  }));
}

function wrongAddresses(path: string): WrongInput[] {
  return [
    { what: 'a path that goes on', path: `${path.replace(/\/$/, '')}/surprise/`, request: {}, mustBeRefused: true },
    { what: 'a path with a NUL', path: `${path}%00`, request: {}, mustBeRefused: true },
    { what: 'PUT', method: 'PUT', path, request: {}, mustBeRefused: true },
    { what: 'PROPFIND', method: 'PROPFIND', path, request: {}, mustBeRefused: true },
  ];
}

/** Tokens that nobody was given; the second is `{"alg":"none"}` with a subject. */
const BAD_TOKENS = ['', 'x', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.', 'a.b.c', 'x'.repeat(4000)];

function wrongTokens(operation: Operation, path: string, sample: unknown): WrongInput[] {
  return BAD_TOKENS.map((token) => ({
    what: `token "${token.slice(0, 12)}"`,
    path,
    request: { ...withBody(operation, sample), headers: { authorization: `Bearer ${token}` } },
    mustBeRefused: true,
  }));
}

/** The body as a whole. */
function wrongWholes(path: string): WrongInput[] {
  const raws = [
    '',
    'null',
    '[]',
    '"text"',
    '7',
    'true',
    '{',
    '{"a":',
    '\u0000',
    '[[[[',
    '{"a":1}x',
    '{"__proto__":{"a":1}}',
  ];
  return raws.map((raw) => ({
    what: `body ${raw}`,
    path,
    request: { raw },
    mustBeRefused: !['', 'null'].includes(raw),
  }));
}

/** Every field, at every depth, replaced by every value, dropped, and joined by one that does not exist. */
function wrongFields(schema: JsonSchema, path: string, sample: unknown): WrongInput[] {
  return placesOf(schema, []).flatMap(({ place, schema: part }) => {
    const allowed = allowedTypes(part);
    const replaced = VALUES.map((value) => ({
      what: `${place.join('.')} = ${describe(value)}`,
      path,
      request: { body: put(sample, place, value) },
      mustBeRefused: allowed.size > 0 && !allowed.has(typeOf(value)),
    }));
    const surprise = [...place.slice(0, -1), 'surprise'];
    return [
      ...replaced,
      { what: `no ${place.join('.')}`, path, request: { body: put(sample, place, undefined) }, mustBeRefused: false },
      { what: surprise.join('.'), path, request: { body: put(sample, surprise, 1) }, mustBeRefused: true },
    ];
  });
}

type Place = readonly (string | number)[];

function placesOf(schema: JsonSchema, above: Place): { place: Place; schema: JsonSchema }[] {
  const properties = Object.entries(objectBranch(schema)?.properties ?? {});
  return properties.flatMap(([name, part]) => {
    const place = [...above, name];
    const items = arrayBranch(part)?.items;
    return [{ place, schema: part }, ...(items ? placesOf(items, [...place, 0]) : placesOf(part, place))];
  });
}

function arrayBranch(schema: JsonSchema): JsonSchema | null {
  return schema.items ? schema : (schema.anyOf?.find((part) => part.items) ?? null);
}

/** A copy of `whole` with another value at the place; what is missing on the way is made. */
function put(whole: unknown, place: Place, value: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return value;
  if (typeof key === 'number') return [put(Array.isArray(whole) ? whole[0] : {}, rest, value)];
  const object = typeof whole === 'object' && whole !== null ? (whole as Record<string, unknown>) : {};
  return { ...object, [key]: put(object[key], rest, value) };
}

function withBody(operation: Operation, sample: unknown): ApiRequest {
  return operation.body === null ? {} : { body: sample };
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function describe(value: unknown): string {
  return JSON.stringify(value).slice(0, 50);
}
