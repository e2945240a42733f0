import type { JsonObject } from '../kit/json.ts';
import type { Preferences } from './prefer.ts';
import type { AccessToken, Account, Mailbox } from './state.ts';

/** One call of Graph, whether it came alone or as an item of a batch. */
export interface GraphCall {
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
}

/** What an operation answers: a JSON resource, or null for 204. */
export interface GraphReply {
  status: number;
  resource: JsonObject | null;
  headers?: Record<string, string>;
}

/** A call after authentication and routing, as operations see it. */
export interface AuthorizedCall extends GraphCall {
  token: AccessToken;
  account: Account;
  mailbox: Mailbox;
  params: PathParams;
  prefer: Preferences;
  /** To be filled with what deserves a second look in the request log. */
  flags: string[];
  /** The parsed JSON body. Throws GraphError 400. */
  json(): JsonObject;
}

/** 200 with a resource. */
export function ok(resource: JsonObject): GraphReply {
  return { status: 200, resource };
}

/** 204 without a body. */
export const NO_CONTENT: GraphReply = { status: 204, resource: null };
