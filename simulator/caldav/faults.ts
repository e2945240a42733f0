import type * as kit from '../kit/faults.ts';

/** An error to be answered on demand. */
export interface Refusal {
  status: number;
  /** A condition that is said not to be met, such as `valid-calendar-data`. No body at all without it. */
  condition?: string;
  /** `Retry-After` as it stands in the header. */
  retryAfter?: number | string;
}

export type FaultRule = kit.FaultRule<Refusal>;
export type DrawnFaults = kit.DrawnFaults<Refusal>;
export type Faults = kit.Faults<Refusal>;
