/** Where the data is. */
export type DatabaseLocation =
  /** PGlite in this process; it owns the folder `dataDir` (made when absent) while it is open. */
  | { kind: 'embedded'; dataDir: string; limits?: Partial<EmbeddedLimits> }
  /** A PostgreSQL server, 15 or newer. `maxConnections` counts the pool; one more listens (default 10). */
  | { kind: 'postgres'; url: string; maxConnections?: number };

/** Like a logger's `warn`: a constant message and its details. */
export type OnWarning = (message: string, details: Record<string, unknown>) => void;

export interface DatabaseHooks {
  onWarning?: OnWarning;
  /** The embedded database has ended by itself and answers nothing any more: end the process. Called at most once. */
  onFatal?: (error: Error) => void;
}

export type DatabaseOptions = DatabaseLocation & DatabaseHooks;

/** Times of the embedded engine; tests shorten them. */
export interface EmbeddedLimits {
  /** A transaction that sends nothing for so long while others wait is rolled back. */
  idleTransactionMs: number;
  /** Maintenance looks for work this often. */
  maintenanceMs: number;
}
