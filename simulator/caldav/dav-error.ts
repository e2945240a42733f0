import type { Answer } from '../kit/delivery.ts';
import type { Refusal } from './faults.ts';
import { document, escaped } from './xml.ts';

/** Conditions that belong to WebDAV; all others are CalDAV's. */
const OF_DAV = new Set(['valid-sync-token', 'need-privileges', 'quota-not-exceeded', 'resource-must-be-null']);

/** A refusal as a server words it (RFC 4918 §16). */
export class DavError extends Error {
  readonly status: number;
  readonly condition: string | null;
  readonly headers: Record<string, string>;
  /** The resource that stands in the way. */
  readonly href: string | null;

  constructor(
    status: number,
    condition: string | null = null,
    more: { headers?: Record<string, string>; href?: string } = {},
  ) {
    super(condition ?? String(status));
    this.status = status;
    this.condition = condition;
    this.headers = more.headers ?? {};
    this.href = more.href ?? null;
  }
}

/** The refusal of a fault. */
export function faultError({ status, condition, retryAfter }: Refusal): DavError {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return new DavError(status, condition ?? null, { headers });
}

/** The refusal as it is sent. */
export function errorAnswer({ status, condition, headers, href }: DavError): Answer {
  if (condition === null) return { status, headers, body: '' };
  const prefix = OF_DAV.has(condition) ? 'd' : 'c';
  const inner = href === null ? '' : `<d:href>${escaped(href)}</d:href>`;
  return {
    status,
    headers: { 'content-type': 'application/xml; charset=utf-8', ...headers },
    body: document('d:error', `<${prefix}:${condition}>${inner}</${prefix}:${condition}>`),
  };
}
