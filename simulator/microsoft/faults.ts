import type * as kit from '../kit/faults.ts';

/** An error to be answered on demand: Graph's, or Entra's at the token endpoint. */
export interface Refusal {
  /** May be left out with `aadsts`. */
  status?: number;
  /** Graph's `code` or Entra's `error`; the usual one of the status or number when left out. */
  code?: string;
  message?: string;
  /** `Retry-After` as it stands in the header: seconds, also fractions, or an HTTP date. */
  retryAfter?: number | string;
  /** Number of an Entra error: 65001, 700082 … */
  aadsts?: number;
  suberror?: string;
  /** What Conditional Access wants, as JSON text. */
  claims?: string;
  /** No body at all. */
  emptyBody?: boolean;
}

export type FaultRule = kit.FaultRule<Refusal>;
export type DrawnFaults = kit.DrawnFaults<Refusal>;
export type Faults = kit.Faults<Refusal>;
