import { timeZoneNotSupported } from './graph-error.ts';
import type { IdSpace } from './ids.ts';
import { zoneOf } from './zone-names.ts';

/** What the `Prefer` header asks for. */
export interface Preferences {
  ids: IdSpace;
  /** Name as given; null for UTC. */
  timeZone: string | null;
  textBody: boolean;
  maxPageSize: number | null;
  /** What goes into `Preference-Applied`. */
  applied: string[];
}

/** Reads `Prefer`; what is not known is passed over. Throws GraphError 400 for a time zone that Graph does not know. */
export function readPreferences(header: string | undefined): Preferences {
  const preferences: Preferences = { ids: 'default', timeZone: null, textBody: false, maxPageSize: null, applied: [] };
  for (const match of (header ?? '').matchAll(/([\w.-]+)\s*=\s*(?:"([^"]*)"|([^\s,;]+))/g)) {
    const name = (match[1] ?? '').toLowerCase();
    const value = match[2] ?? match[3] ?? '';
    if (apply(preferences, name, value)) preferences.applied.push(match[0].trim());
  }
  return preferences;
}

function apply(preferences: Preferences, name: string, value: string): boolean {
  switch (name) {
    case 'idtype':
      preferences.ids = value === 'ImmutableId' ? 'immutable' : 'default';
      return value === 'ImmutableId';
    case 'outlook.timezone':
      if (zoneOf(value) === null) throw timeZoneNotSupported(value);
      preferences.timeZone = value;
      return true;
    case 'outlook.body-content-type':
      preferences.textBody = value === 'text';
      return value === 'text' || value === 'html';
    case 'odata.maxpagesize': {
      const size = Number(value);
      if (!Number.isInteger(size) || size < 1) return false;
      preferences.maxPageSize = size;
      return true;
    }
    default:
      return false;
  }
}
