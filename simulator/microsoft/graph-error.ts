import type { Json, JsonObject } from '../kit/json.ts';
import type { Refusal } from './faults.ts';

/** A refusal as Graph words it. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  /** What stands beside code and message, such as `@event.existingEventId`. */
  readonly extra: JsonObject;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { extra?: JsonObject; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.extra = more.extra ?? {};
    this.headers = more.headers ?? {};
  }
}

/** The JSON of a refusal; `inner` is what Graph says of the request. */
export function graphErrorBody(error: GraphError, inner: Json): JsonObject {
  return { error: { code: error.code, message: error.message, innerError: inner, ...error.extra } };
}

/** The refusal that a fault asks for. */
export function graphFault(refusal: Refusal): GraphError {
  const status = refusal.status ?? 500;
  const [code, message] = STANDARD[status] ?? ['UnknownError', ''];
  return new GraphError(status, refusal.code ?? code, refusal.message ?? message, {
    headers: refusal.retryAfter === undefined ? {} : { 'retry-after': String(refusal.retryAfter) },
  });
}

const STANDARD: Record<number, [code: string, message: string]> = {
  400: ['ErrorInvalidRequest', 'The request is invalid.'],
  401: ['InvalidAuthenticationToken', 'Access token has expired or is not yet valid.'],
  403: ['ErrorAccessDenied', 'Access is denied. Check credentials and try again.'],
  404: ['ErrorItemNotFound', 'The specified object was not found in the store.'],
  409: ['ErrorFolderExists', 'A folder with the specified name already exists.'],
  410: ['SyncStateNotFound', 'The sync state generation is not found.'],
  412: ['ErrorIrresolvableConflict', 'The send or update operation could not be performed.'],
  413: ['ErrorMessageSizeExceeded', 'The item exceeds the maximum supported size.'],
  423: ['ErrorMailboxMoveInProgress', 'Mailbox move in progress.'],
  429: ['ApplicationThrottled', 'Application is over its MailboxConcurrency limit.'],
  500: ['ErrorInternalServerTransientError', 'An internal server error occurred. Try again later.'],
  502: ['BadGateway', 'Bad gateway.'],
  503: ['ErrorMailboxStoreUnavailable', 'The mailbox database is temporarily unavailable.'],
  504: ['UnknownError', ''],
  507: ['ErrorQuotaExceeded', 'The mailbox is full.'],
};

/** 400 for a value that cannot be. */
export function invalidRequest(message: string): GraphError {
  return new GraphError(400, 'ErrorInvalidRequest', message);
}

/** 400 for a property of an event or calendar. */
export function invalidProperty(message: string): GraphError {
  return new GraphError(400, 'ErrorPropertyValidationFailure', message);
}

/** 400 for a body, query or path that OData cannot read. */
export function badRequest(message: string, code = 'BadRequest'): GraphError {
  return new GraphError(400, code, message);
}

/** 404 for an event or calendar that is not there. */
export function itemNotFound(): GraphError {
  return new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
}

/** 403 for something that this person may not do although the scope fits. */
export function accessDenied(): GraphError {
  return new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
}

/** 400 for a zone that is neither a Windows name nor in the list of additional ones. */
export function timeZoneNotSupported(name: string): GraphError {
  return new GraphError(
    400,
    'TimeZoneNotSupportedException',
    `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name.slice(0, 60)}'.`,
  );
}
