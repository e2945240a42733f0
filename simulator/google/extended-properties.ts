import { invalid } from './api-error.ts';
import { isObject } from '../kit/json.ts';
import type { Json, JsonObject } from '../kit/json.ts';

// Google's guide on extended properties: longer keys are dropped, longer values cut, both without a word.
const MAX_KEY = 44;
const MAX_VALUE = 1024;
const MAX_PROPERTIES = 300;
const MAX_BYTES = 32 * 1024;

/** Checks `extendedProperties` and gives them as Google would keep them. Throws ApiError 400. */
export function readExtendedProperties(value: Json, name: string): Json | undefined {
  if (!isObject(value)) throw invalid(`Invalid value for: ${name}`);
  const kept: JsonObject = {};
  for (const [kind, properties] of Object.entries(value)) {
    if (kind !== 'private' && kind !== 'shared') throw invalid(`Unknown name "${kind.slice(0, 40)}" at ${name}.`);
    if (properties === null || properties === undefined) continue;
    const read = readProperties(properties, `${name}.${kind}`);
    if (Object.keys(read).length > 0) kept[kind] = read;
  }
  refuseTooMuch(kept);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** True when the event's fields hold the property: `kind` is `private` or `shared`. */
export function hasProperty(fields: JsonObject, kind: string, key: string, value: string): boolean {
  const all = fields['extendedProperties'];
  const properties = isObject(all) ? all[kind] : undefined;
  return isObject(properties) && Object.hasOwn(properties, key) && properties[key] === value;
}

function readProperties(value: Json, name: string): JsonObject {
  if (!isObject(value)) throw invalid(`Invalid value for: ${name}`);
  const kept: JsonObject = {};
  for (const [key, property] of Object.entries(value)) {
    if (property === null || property === undefined) continue;
    if (typeof property !== 'string') throw invalid(`Invalid value for: ${name}`);
    if (key.length <= MAX_KEY) kept[key] = property.slice(0, MAX_VALUE);
  }
  return kept;
}

function refuseTooMuch(kept: JsonObject): void {
  const entries = Object.values(kept).flatMap((properties) => (isObject(properties) ? Object.entries(properties) : []));
  const bytes = entries.reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)),
    0,
  );
  if (entries.length > MAX_PROPERTIES || bytes > MAX_BYTES) {
    throw invalid('The extended properties exceed the allowed size limit.');
  }
}
