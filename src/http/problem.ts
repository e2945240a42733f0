import type { FastifyError } from 'fastify';
import type { ProblemJson } from '../api-contract/problem.ts';
import { BusinessError, type ErrorKind, type FieldFault } from '../domain/errors.ts';

/** An error as it is answered. */
export interface Problem {
  body: ProblemJson;
  headers: Record<string, string>;
  /** Whether it is our mistake, and worth a look into the log. */
  unexpected: boolean;
}

interface Kind {
  status: number;
  /** The same for every problem of the kind (RFC 9457 §3.1.3). */
  title: string;
}

const KINDS: Readonly<Record<ErrorKind, Kind>> = {
  invalid: { status: 422, title: 'The request can’t be carried out as it is' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Clashes with the present state' },
  too_many: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Not available now' },
};

interface Refusal extends Kind {
  code: string;
  detail: string;
}

/** Thrown by the server's own parts for what no use case knows of: malformed requests, wrong methods. */
export class Refused extends Error {
  readonly refusal: Refusal;
  readonly headers: Record<string, string>;

  constructor(refusal: Refusal, headers: Record<string, string> = {}) {
    super(refusal.detail);
    this.name = 'Refused';
    this.refusal = refusal;
    this.headers = headers;
  }
}

/** 400: cannot be understood at all. */
export function malformed(code: 'malformed_json' | 'malformed_request', detail: string): Refused {
  return new Refused({ ...MALFORMED, code, detail });
}

const MALFORMED: Kind = { status: 400, title: 'Malformed request' };

/** Refusals of the server itself, before a route is reached. */
const REFUSALS = {
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    ...MALFORMED,
    code: 'malformed_request',
    detail: 'The body is not as long as Content-Length says.',
  },
  FST_ERR_BAD_URL: {
    ...MALFORMED,
    code: 'malformed_request',
    detail: 'The address is not valid. Check its percent-encoding.',
  },
  FST_ERR_MAX_PARAM_LENGTH: {
    ...KINDS.not_found,
    code: 'not_found',
    detail: 'A part of the address is too long to name anything.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    title: 'Unsupported media type',
    code: 'unsupported_media_type',
    detail: 'Send JSON, with the header Content-Type: application/json.',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    title: 'Too large',
    code: 'body_too_large',
    detail: 'The body is larger than 256 kB. Send less at once.',
  },
} as const satisfies Record<string, Refusal>;

/** A condition of the moment, not a mistake in the program: the database can't be reached. */
const DATABASE_AWAY = new Set(
  // The socket's; PostgreSQL's connection exceptions, too many connections, shutdown (errcodes-appendix.html); our own.
  `ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN
   08000 08001 08003 08004 08006 53300 57P01 57P02 57P03 database.stopped`.split(/\s+/),
);

/** What is answered to an error, whatever it is. Texts of unexpected errors stay inside. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof BusinessError) return ofBusiness(error, requestId);
  if (error instanceof Refused) return ofRefusal(error.refusal, requestId, error.headers);
  const code = codeOf(error);
  if (isRefusal(code)) return ofRefusal(REFUSALS[code], requestId);
  if (DATABASE_AWAY.has(code)) return databaseAway(requestId);
  const status = statusOf(error);
  if (status >= 400 && status < 500) {
    const detail = 'The request can’t be understood. Check its headers and its body.';
    return ofRefusal({ ...MALFORMED, status, code: 'malformed_request', detail }, requestId);
  }
  return internal(requestId);
}

function ofBusiness(error: BusinessError, requestId: string): Problem {
  const { status, title } = KINDS[error.kind];
  const refusal = { status, title, code: error.code, detail: error.message };
  return { body: bodyOf(refusal, requestId, error.fields), headers: headersOf(error), unexpected: false };
}

function headersOf({ kind, code, retryAfterSeconds }: BusinessError): Record<string, string> {
  const headers: Record<string, string> = {};
  if (retryAfterSeconds !== null) headers['retry-after'] = String(retryAfterSeconds);
  // RFC 6750 §3: `error` only when a token was sent.
  if (kind === 'unauthenticated') {
    headers['www-authenticate'] = code === 'invalid_token' ? 'Bearer error="invalid_token"' : 'Bearer';
  }
  return headers;
}

function ofRefusal(refusal: Refusal, requestId: string, headers: Record<string, string> = {}): Problem {
  return { body: bodyOf(refusal, requestId), headers, unexpected: false };
}

function databaseAway(requestId: string): Problem {
  const detail = 'The service can’t reach its database right now. Nothing was changed. Try again in a moment.';
  const body = bodyOf({ ...KINDS.unavailable, code: 'database_unavailable', detail }, requestId);
  return { body, headers: { 'retry-after': '5' }, unexpected: true };
}

function internal(requestId: string): Problem {
  const detail = 'Something went wrong on our side. Try again; if it stays, report the request_id.';
  const body = bodyOf({ status: 500, title: 'Internal error', code: 'internal_error', detail }, requestId);
  return { body, headers: {}, unexpected: true };
}

function bodyOf(
  { status, title, code, detail }: Refusal,
  requestId: string,
  fields: readonly FieldFault[] = [],
): ProblemJson {
  const errors = fields.map(({ field, message, code: fault = code, params }) => ({
    ...{ field, message, code: fault },
    ...(params === undefined ? {} : { params }),
  }));
  return { type: `urn:valclean:problem:${code}`, title, status, detail, code, errors, request_id: requestId };
}

function isRefusal(code: string): code is keyof typeof REFUSALS {
  return Object.hasOwn(REFUSALS, code);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function statusOf(error: unknown): number {
  return error instanceof Error ? ((error as FastifyError).statusCode ?? 500) : 500;
}
