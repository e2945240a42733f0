import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

export interface LogOptions {
  /** pino's levels; `silent` for tests. */
  level: string;
  /** For people at a terminal; otherwise one JSON object per line. */
  pretty?: boolean;
  /** Where lines go instead of standard output; for tests. */
  destination?: DestinationStream;
}

/**
 * Fields whose values are never written, at any depth; compared in small letters without `_` and `-`. The habit of logging
 * few, chosen fields is the first line of defence, this is the second.
 */
const HIDDEN_NAMES = [
  ...[
    'token',
    'tokens',
    'access_token',
    'refresh_token',
    'id_token',
    'authorization',
    'cookie',
    'cookies',
    'set_cookie',
  ],
  ...['secret', 'client_secret', 'password', 'new_password', 'current_password', 'password_hash', 'code_verifier'],
  ...['nonce', 'idempotency_key', 'headers', 'raw_headers', 'query', 'body', 'html', 'email', 'account_email', 'phone'],
  ...['notes', 'internal_notes', 'access_notes', 'line1', 'line2', 'postal_code'],
];
const HIDDEN = new Set(HIDDEN_NAMES.map(plainName));
const HIDDEN_VALUE = '[hidden]';

/** Deeper things are not worth a log line; also ends cycles. */
const DEEPEST = 5;

/** Makes the program's logger. Messages are constant, details are fields. */
export function createLogger({ level, pretty = false, destination }: LogOptions): Logger {
  const options = {
    level,
    base: {},
    timestamp: pino.stdTimeFunctions.isoTime,
    // pino's own would write whole errors; `hideSecrets` has described them by then.
    serializers: { err: (value: unknown) => value },
    formatters: { log: hideSecrets },
    // Fields bound to a child don't pass the formatter.
    redact: { paths: HIDDEN_NAMES.flatMap((name) => [name, camelCase(name)]), censor: HIDDEN_VALUE },
  };
  if (destination) return pino(options, destination);
  if (pretty) return pino({ ...options, transport: { target: 'pino-pretty', options: { singleLine: true } } });
  return pino(options);
}

/** A logger that writes nothing. */
export function silentLogger(): Logger {
  return pino({ level: 'silent' });
}

function hideSecrets(fields: Record<string, unknown>): Record<string, unknown> {
  return tidyObject(fields, 0);
}

function tidyObject(value: object, depth: number): Record<string, unknown> {
  const pairs = Object.entries(value).map(([name, part]) => [
    name,
    isHidden(name) ? HIDDEN_VALUE : tidy(part, depth + 1),
  ]);
  return Object.fromEntries(pairs);
}

function isHidden(name: string): boolean {
  return HIDDEN.has(plainName(name));
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '');
}

function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function tidy(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.includes('?') ? withoutQueries(value) : value;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Error) return describeError(value, depth);
  if (depth >= DEEPEST) return '[deeper]';
  if (Array.isArray(value)) return value.map((part) => tidy(part, depth + 1));
  return ArrayBuffer.isView(value) ? `[${value.byteLength} bytes]` : tidyObject(value, depth);
}

/** Queries of addresses carry OAuth codes, states and tokens. */
function withoutQueries(text: string): string {
  return text.replaceAll(/(\/[^\s?"']*)\?[^\s"']+/g, '$1?[hidden]');
}

/** What is safe to write of an error: its class, code, place and message without quoted values. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const { code, constraint, table, column } = error as {
    [field in 'code' | 'constraint' | 'table' | 'column']?: unknown;
  };
  return {
    type: error.name,
    ...(isPlain(code) ? { code } : {}),
    ...(isPlain(constraint) ? { constraint } : {}),
    ...(isPlain(table) ? { table } : {}),
    ...(isPlain(column) ? { column } : {}),
    message: withoutValues(error.message),
    stack: framesOf(error),
    ...(error.cause instanceof Error && depth < DEEPEST ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^[\w.-]{1,80}$/.test(value));
}

/** JSON.parse, PostgreSQL and others quote the offending value, which is a customer's or a secret. */
function withoutValues(message: string): string {
  return withoutQueries(message)
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`|«[^»]*»/g, '"…"')
    .replaceAll(/[^\s@]+@[^\s@]+/g, '…@…')
    .replaceAll(/[\w+/=-]{24,}/g, '…');
}

/** The stack without its first lines, which repeat the message. */
function framesOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.map((line) => line.trim()).join('\n');
}
