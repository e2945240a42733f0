/** What goes wrong at the border of the database, each with a stable `code`. Faults of single statements stay the driver's `pg.DatabaseError` with its SQLSTATE. */
export class DatabaseLayerError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Another process owns the folder of the embedded database. */
export class DatabaseInUse extends DatabaseLayerError {
  constructor(dataDir: string, options?: ErrorOptions) {
    super(
      'database.in_use',
      `The database in ${dataDir} is in use by another process (only one may have it open); stop it or set DATABASE_URL to a PostgreSQL server that several can share.`,
      options,
    );
  }
}

/** The embedded database cannot be opened, or not safely; the message says why and what to do. */
export class DatabaseUnusable extends DatabaseLayerError {
  constructor(message: string, options?: ErrorOptions) {
    super('database.unusable', message, options);
  }
}

/** The embedded database's thread has ended by itself. What was committed is on disk; the process should end and be started again. */
export class DatabaseStopped extends DatabaseLayerError {
  constructor(reason: string, options?: ErrorOptions) {
    super('database.stopped', `The embedded database has stopped: ${reason}`, options);
  }
}

/** A statement went through the pool while the same code had a transaction open: on one session it would wait for itself. */
export class QueryOutsideTransaction extends DatabaseLayerError {
  constructor() {
    super(
      'database.query_outside_transaction',
      'A statement or transaction was started outside the open transaction that it runs in; pass the `tx` of that transaction on instead of the database.',
    );
  }
}

/** A notification that PostgreSQL would refuse or cut. */
export class InvalidNotification extends DatabaseLayerError {
  constructor(message: string) {
    super('database.invalid_notification', message);
  }
}

/** Migrations of the database and of this program do not fit together; nothing was changed. */
export class MigrationMismatch extends DatabaseLayerError {
  constructor(code: 'database.newer_than_program' | 'database.migrations_differ', message: string) {
    super(code, message);
  }
}
