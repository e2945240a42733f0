import type * as kit from '../kit/faults.ts';

export type { FaultMatch } from '../kit/faults.ts';

/** An error to be answered on demand, in Google's envelope (RFC 6749's for the token endpoint). */
export interface Refusal {
  status: number;
  reason?: string;
  message?: string;
  domain?: string;
  retryAfterSeconds?: number;
  errorSubtype?: string;
}

export type FaultAction = kit.FaultAction<Refusal>;
export type FaultRule = kit.FaultRule<Refusal>;
export type DrawnFaults = kit.DrawnFaults<Refusal>;
export type Faults = kit.Faults<Refusal>;
