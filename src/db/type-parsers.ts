import pg from 'pg';

type TextParser = (text: string) => unknown;

// Type numbers: https://github.com/postgres/postgres/blob/REL_18_0/src/include/catalog/pg_type.dat
const parsers = new Map<number, TextParser>([
  [20, parseInt8],
  [1016, arrayOf(parseInt8)],
  [1231, arrayOf(asIs)], // numeric[]: as exact as numeric, which the driver leaves as text
  [1082, asIs], // date
  [1182, arrayOf(asIs)],
  [1114, asIs], // timestamp: a wall time, no instant
  [1115, arrayOf(asIs)],
  [1184, parseInstant],
  [1185, arrayOf(parseInstant)],
  [1186, asIs], // interval
  [1187, arrayOf(asIs)],
]);

/**
 * How column values arrive in JavaScript, alike on both engines: int8 → number (throws beyond 2^53), numeric → text,
 * timestamptz → Date (milliseconds), date, time, timestamp, interval → text as PostgreSQL writes it, json(b) → parsed,
 * arrays → arrays of the same, bytea → Buffer.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers.get(oid) ?? pg.types.getTypeParser(oid, format),
};

function asIs(text: string): string {
  return text;
}

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`The int8 ${text} does not fit into a number; cast it to text`);
  return value;
}

const parseTimestamptz: TextParser = pg.types.getTypeParser(1184, 'text');

function parseInstant(text: string): Date {
  const value = parseTimestamptz(text);
  // 'infinity' would come as a number where every reader expects a Date.
  if (!(value instanceof Date)) throw new RangeError(`The timestamptz ${text} is no instant`);
  return value;
}

const parseTextArray: TextParser = pg.types.getTypeParser(1009 as number, 'text');

function arrayOf(parse: TextParser): TextParser {
  return (text) => parseElements(parseTextArray(text), parse);
}

function parseElements(value: unknown, parse: TextParser): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => parseElements(element, parse));
  return typeof value === 'string' ? parse(value) : null;
}
