import type { Refusal } from './faults.ts';

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
