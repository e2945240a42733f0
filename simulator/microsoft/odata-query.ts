import { badRequest, GraphError } from './graph-error.ts';
import { requirePropertyId } from './extended-properties.ts';
import type { ExtendedProperty } from './extended-properties.ts';

/** A condition on one extended property. */
export interface PropertyFilter {
  id: string;
  matches(value: string): boolean;
}

/** `$expand=singleValueExtendedProperties($filter=id eq '…')`: the id of the property. Null without `$expand`. */
export function readExpand(query: URLSearchParams): string | null {
  const text = query.get('$expand');
  if (text === null) return null;
  const match = /^singleValueExtendedProperties\(\s*\$filter\s*=\s*id\s+eq\s+'((?:[^']|'')+)'\s*\)$/i.exec(text.trim());
  if (!match)
    throw badRequest('Parsing OData Select and Expand failed: only one extended property by its id can be expanded.');
  return requirePropertyId(unquoted(match[1] ?? ''));
}

/** `$select`: the names asked for, null for all. Throws GraphError 400 for a name that `known` does not have. */
export function readSelect(query: URLSearchParams, known: readonly string[]): string[] | null {
  const text = query.get('$select');
  if (text === null) return null;
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!known.includes(name)) {
      throw badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name.slice(0, 40)}'.`,
      );
    }
  }
  return names;
}

/** `$filter` on one extended property, the only filter that is simulated. Null without one. Throws GraphError 400. */
export function readPropertyFilter(query: URLSearchParams): PropertyFilter | null {
  const text = query.get('$filter')?.trim();
  if (text === undefined) return null;
  if (/^transactionId\b/i.test(text)) {
    throw new GraphError(400, 'ErrorInvalidProperty', 'The property TransactionId does not support filtering.');
  }
  const any = /^singleValueExtendedProperties\/any\(\s*(\w+)\s*:\s*(.+)\)$/is.exec(text);
  if (!any) throw badRequest(`Invalid filter clause: ${text.slice(0, 80)}`);
  return readAny(any[1] ?? '', any[2] ?? '');
}

/** True when one of the properties fulfils the condition. */
export function fulfils(properties: readonly ExtendedProperty[], filter: PropertyFilter): boolean {
  return properties.some((property) => property.id === filter.id && filter.matches(property.value));
}

/** `$top` and `$skip`. Throws GraphError 400. */
export function readWindow(query: URLSearchParams, standardTop: number): { top: number; skip: number } {
  return { top: readCount(query, '$top', standardTop, 1), skip: readCount(query, '$skip', 0, 0) };
}

const QUOTED = "'((?:[^']|'')*)'";

function readAny(variable: string, condition: string): PropertyFilter {
  const at = (name: string): string => `${variable}/${name}`;
  const id = new RegExp(`^${at('id')}\\s+eq\\s+${QUOTED}\\s+and\\s+(.+)$`, 'is').exec(condition.trim());
  if (!id) throw badRequest('Invalid filter clause: an extended property is filtered by its id and its value.');
  const rest = (id[2] ?? '').trim();
  const comparison = new RegExp(`^${at('value')}\\s+(eq|ne)\\s+${QUOTED}$`, 'is').exec(rest);
  const call = new RegExp(`^(contains|startswith)\\(\\s*${at('value')}\\s*,\\s*${QUOTED}\\s*\\)$`, 'is').exec(rest);
  const found = comparison ?? call;
  if (!found) throw badRequest('Invalid filter clause: eq, ne, contains and startswith are what a text can be asked.');
  // Values are compared without regard to case, names are not.
  const wanted = unquoted(found[2] ?? '').toLowerCase();
  const tests: Record<string, (value: string) => boolean> = {
    eq: (value) => value === wanted,
    ne: (value) => value !== wanted,
    contains: (value) => value.includes(wanted),
    startswith: (value) => value.startsWith(wanted),
  };
  const test = tests[(found[1] ?? '').toLowerCase()];
  return { id: requirePropertyId(unquoted(id[1] ?? '')), matches: (value) => test?.(value.toLowerCase()) ?? false };
}

function readCount(query: URLSearchParams, name: string, standard: number, least: number): number {
  const text = query.get(name);
  if (text === null) return standard;
  const value = Number(text);
  // 1000 is the largest page that Outlook gives.
  if (!Number.isInteger(value) || value < least || value > (name === '$top' ? 1000 : Number.MAX_SAFE_INTEGER)) {
    throw badRequest(`The value '${text.slice(0, 20)}' of '${name}' is not valid.`);
  }
  return value;
}

function unquoted(text: string): string {
  return text.replaceAll("''", "'");
}
