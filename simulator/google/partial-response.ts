import { invalidParameter } from './api-error.ts';
import { isObject } from '../kit/json.ts';
import type { Json, JsonObject } from '../kit/json.ts';

/** A parsed `fields` parameter: names to keep, each with what to keep inside (null: all of it). */
interface Selection {
  [name: string]: Selection | null;
}

const parsed = new Map<string, Selection>();

/** Keeps only what `fields` selects: `nextPageToken,items(id,start/dateTime)`. Throws ApiError 400 for bad syntax. */
export function selectFields(resource: JsonObject, fields: string): JsonObject {
  let selection = parsed.get(fields);
  if (!selection) {
    selection = parse(fields);
    if (parsed.size > 500) parsed.clear();
    parsed.set(fields, selection);
  }
  return pick(resource, selection) as JsonObject;
}

function pick(value: Json | undefined, selection: Selection | null): Json | undefined {
  if (selection === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => pick(item, selection) ?? null);
  if (!isObject(value)) return value;
  const kept: JsonObject = {};
  for (const key of Object.keys(value)) {
    const inner = Object.hasOwn(selection, key) ? selection[key] : selection['*'];
    if (inner === undefined) continue;
    kept[key] = pick(value[key], inner);
  }
  return kept;
}

function parse(fields: string): Selection {
  const tokens = fields.match(/[A-Za-z0-9_*.@-]+|[(),/]/g) ?? [];
  if (tokens.join('') !== fields.replaceAll(/\s/g, '')) throw badSelection(fields);
  const reader = { tokens, at: 0, fields };
  const selection = parseList(reader);
  if (reader.at !== tokens.length) throw badSelection(fields);
  return selection;
}

interface Reader {
  tokens: string[];
  at: number;
  fields: string;
}

function parseList(reader: Reader): Selection {
  const selection: Selection = Object.create(null) as Selection;
  for (;;) {
    parsePath(reader, selection);
    if (reader.tokens[reader.at] !== ',') return selection;
    reader.at += 1;
  }
}

function parsePath(reader: Reader, into: Selection): void {
  const name = reader.tokens[reader.at];
  if (name === undefined || /^[(),/]$/.test(name)) throw badSelection(reader.fields);
  reader.at += 1;
  const next = reader.tokens[reader.at];
  if (next !== '/' && next !== '(') {
    into[name] = null;
    return;
  }
  reader.at += 1;
  const inner = into[name] === undefined ? (Object.create(null) as Selection) : into[name];
  const target = inner ?? (Object.create(null) as Selection);
  if (next === '/') parsePath(reader, target);
  else {
    Object.assign(target, parseList(reader));
    if (reader.tokens[reader.at] !== ')') throw badSelection(reader.fields);
    reader.at += 1;
  }
  into[name] = inner === null ? null : target;
}

function badSelection(fields: string): Error {
  return invalidParameter('fields', `Invalid field selection ${fields.slice(0, 100)}`);
}
