import type { ZoneTable } from './zone-table.ts';

export type SourceKind = 'bundled' | 'system' | 'icu';

/** A copy of the tz database. */
export interface ZoneSource {
  kind: SourceKind;
  /** The tz database's own version, such as `2026f`. */
  version: string;
  /** All names in it, aliases too. */
  names(): Iterable<string>;
  /** The table of one zone, `null` when the source has no zone of that very name (case counts). */
  read(name: string): ZoneTable | null;
}
