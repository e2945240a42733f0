import type { Json, JsonObject } from '../kit/json.ts';
import type { AccessToken } from './state.ts';

/** One call of the Calendar API, whether it came alone or as a part of a batch. */
export interface ApiCall {
  method: string;
  /** Path without query, origin-relative. */
  path: string;
  query: URLSearchParams;
  /** Header names in lower case. */
  headers: Record<string, string | undefined>;
  /** The raw body text; empty when there was none. */
  body: string;
}

/** What the path names, decoded; empty when the method has no such part. */
export interface PathParams {
  calendarId: string;
  eventId: string;
  settingId: string;
}

/** What an operation answers: a JSON resource, or null for 204. */
export interface ApiReply {
  status: number;
  resource: JsonObject | null;
  etag?: string;
}

/** A call after authentication and routing, as operations see it. */
export interface AuthorizedCall extends ApiCall {
  token: AccessToken;
  params: PathParams;
  /** The scopes that open the method. */
  scopes: readonly string[];
  /** To be filled with what deserves a second look in the request log. */
  flags: string[];
  /** The parsed JSON body. Throws ApiError 400 parseError when it is no JSON object. */
  json(): JsonObject;
}

/** 200 with a resource. */
export function ok(resource: JsonObject): ApiReply {
  const etag = resource['etag'] as Json | undefined;
  return typeof etag === 'string' ? { status: 200, resource, etag } : { status: 200, resource };
}

/** 204 without a body. */
export const NO_CONTENT: ApiReply = { status: 204, resource: null };
