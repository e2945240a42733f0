/** How the outside is told: a mistake of the person, of the moment, or of ours. `http/problem.ts` maps these to HTTP. */
export type ErrorKind =
  /** 422: the request is understood but can't be done as it is; `fields` say where and what to do. */
  | 'invalid'
  /** 401: no or bad proof of who is asking. */
  | 'unauthenticated'
  /** 403: known, but the role may not. */
  | 'forbidden'
  /** 404: does not exist, or the caller may not know that it does. */
  | 'not_found'
  /** 409: clashes with the present state. */
  | 'conflict'
  /** 429: too often; `retryAfterSeconds` is set. */
  | 'too_many'
  /** 503: not set up, or not reachable now. */
  | 'unavailable';

/** One field's fault: a JSON pointer-like path (`items.0.starts_at`) and what to do about it. */
export interface FieldFault {
  field: string;
  message: string;
  /** Stable and documented; left out: the code of the whole refusal says it. */
  code?: string;
  /** Numbers and names of which the message speaks. */
  params?: Readonly<Record<string, string | number>>;
}

/**
 * Something that the person asking has to know. `code` is stable and documented in `docs/errors.md`; `message` is for
 * people and says what to do next. It never carries other people's data.
 */
export class BusinessError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly fields: readonly FieldFault[];
  readonly retryAfterSeconds: number | null;

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    more: { fields?: readonly FieldFault[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'BusinessError';
    this.kind = kind;
    this.code = code;
    this.fields = more.fields ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
  }
}

/** 404 for a thing that does not exist or that the caller may not know of; both read the same on purpose. */
export function notFound(what: string): BusinessError {
  return new BusinessError('not_found', 'not_found', `There is no such ${what}. Check the id.`);
}

/** 403: the caller's role may not do this. */
export function forbidden(message: string): BusinessError {
  return new BusinessError('forbidden', 'forbidden', message);
}

/** 422 for one field. */
export function invalidField(
  code: string,
  field: string,
  message: string,
  params?: FieldFault['params'],
): BusinessError {
  const fields = [{ field, message, ...(params === undefined ? {} : { params }) }];
  return new BusinessError('invalid', code, message, { fields });
}

/** 422 `invalid_request` for one field that has not the form that is asked for; `fault` is the stable name of that. */
export function malformedField(
  fault: string,
  field: string,
  message: string,
  params?: FieldFault['params'],
): BusinessError {
  const fields = [{ field, message, code: fault, ...(params === undefined ? {} : { params }) }];
  return new BusinessError('invalid', 'invalid_request', message, { fields });
}
