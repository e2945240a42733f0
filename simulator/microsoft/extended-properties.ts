import { isObject } from '../kit/json.ts';
import type { Json, JsonObject } from '../kit/json.ts';
import { invalidProperty } from './graph-error.ts';

/** A single-value extended property, its id in the form in which ids are compared. */
export interface ExtendedProperty {
  id: string;
  value: string;
}

// https://learn.microsoft.com/graph/api/resources/extended-properties-overview, "id formats"
const NAMED =
  /^(String|Integer|Boolean|Double|Float|Long|Short|SystemTime|CLSID|Binary) \{([0-9a-fA-F-]{36})\} (Name \S.*|Id 0x[0-9a-fA-F]{1,4})$/;
const TAGGED = /^(String|Integer|Boolean|Double|Float|Long|Short|SystemTime|CLSID|Binary) 0x[0-9a-fA-F]{1,4}$/;

/** Reads `singleValueExtendedProperties`. Throws GraphError 400. */
export function readProperties(value: Json, name: string): ExtendedProperty[] {
  if (!Array.isArray(value)) throw invalidProperty(`The property '${name}' must be a list.`);
  return value.map((item) => {
    if (!isObject(item) || typeof item['id'] !== 'string' || typeof item['value'] !== 'string') {
      throw invalidProperty(`An entry of '${name}' needs an id and a value.`);
    }
    return { id: requirePropertyId(item['id']), value: item['value'] };
  });
}

/** Takes over the given properties; those of other ids stay. */
export function mergeProperties(
  before: readonly ExtendedProperty[],
  given: readonly ExtendedProperty[],
): ExtendedProperty[] {
  const merged = new Map(before.map((property) => [property.id, property]));
  for (const property of given) merged.set(property.id, property);
  return [...merged.values()];
}

/** The property as `$expand` shows it, in a list; empty when the item has none of that id. */
export function propertyResources(properties: readonly ExtendedProperty[], id: string): JsonObject[] {
  return properties.filter((property) => property.id === id).map((property) => ({ ...property }));
}

/** An id in the form in which ids are compared: the GUID in lower case, the name to the letter. Throws GraphError 400. */
export function requirePropertyId(id: string): string {
  const named = NAMED.exec(id);
  if (named) return `${named[1]} {${(named[2] ?? '').toLowerCase()}} ${named[3]}`;
  if (TAGGED.test(id)) return id;
  throw invalidProperty(`The extended property id '${id.slice(0, 80)}' is not valid.`);
}
