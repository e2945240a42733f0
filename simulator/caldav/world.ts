import type { SimulatorClock } from '../kit/clock.ts';
import type { Pauses } from '../kit/pauses.ts';
import type { RequestLog } from '../kit/request-log.ts';
import type { Faults } from './faults.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';

/** One running simulator: everything a request handler may touch, passed on as a plain argument. */
export interface World {
  /** Origin under which it answers, without a slash at the end. */
  url: string;
  clock: SimulatorClock;
  state: State;
  settings: Settings;
  faults: Faults;
  pauses: Pauses;
  log: RequestLog;
  /** To be called after every change of `state`, so that it gets saved. */
  changed(): void;
}
