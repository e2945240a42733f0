import type { JsonObject } from '../kit/json.ts';

/** Which of Google's two error shapes an error wears (reference, section 7). */
export type Envelope = 'calendar' | 'front-end';

/** A refusal as the Calendar API words it. */
export class ApiError extends Error {
  readonly status: number;
  readonly reason: string;
  readonly envelope: Envelope;
  readonly domain: string;
  readonly location: { type: 'parameter' | 'header'; name: string } | undefined;
  readonly details: JsonObject[];
  readonly headers: Record<string, string>;
  /** The text inside `errors`, where Google words it otherwise than the whole. */
  readonly itemMessage: string;

  constructor(
    status: number,
    reason: string,
    message: string,
    more: Partial<Pick<ApiError, 'envelope' | 'domain' | 'location' | 'details' | 'headers' | 'itemMessage'>> = {},
  ) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.envelope = more.envelope ?? 'calendar';
    this.domain = more.domain ?? 'global';
    this.location = more.location;
    this.details = more.details ?? [];
    this.headers = more.headers ?? {};
    this.itemMessage = more.itemMessage ?? message;
  }
}

// google.rpc.Code names by HTTP status, as the API front end writes them.
const STATUS_NAMES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** The JSON body of an error: only the front end's has `status` and `details`. */
export function errorBody(error: ApiError): JsonObject {
  const item: JsonObject = { domain: error.domain, reason: error.reason, message: error.itemMessage };
  if (error.location) {
    item['locationType'] = error.location.type;
    item['location'] = error.location.name;
  }
  const body: JsonObject = { errors: [item], code: error.status, message: error.message };
  if (error.envelope === 'front-end') {
    body['status'] = STATUS_NAMES[error.status] ?? 'UNKNOWN';
    if (error.details.length > 0) body['details'] = error.details;
  }
  return { error: body };
}

/** 400 for a value that cannot be. */
export function invalid(message: string): ApiError {
  return new ApiError(400, 'invalid', message);
}

/** 400 for something that has to be there. */
export function required(message: string): ApiError {
  return new ApiError(400, 'required', message);
}

/** 400 for a query parameter. */
export function invalidParameter(name: string, message: string): ApiError {
  return new ApiError(400, 'invalidParameter', message, { location: { type: 'parameter', name } });
}

/** 404 for an event, calendar or method that is not there or not to be seen. */
export function notFound(): ApiError {
  return new ApiError(404, 'notFound', 'Not Found');
}

/** 403 for something that this account or client may not do although its scope fits. */
export function forbidden(): ApiError {
  return new ApiError(403, 'forbidden', 'Forbidden');
}

/** 412 for a stale If-Match. */
export function conditionNotMet(): ApiError {
  return new ApiError(412, 'conditionNotMet', 'Precondition Failed', {
    location: { type: 'header', name: 'If-Match' },
  });
}
