import type { SimulatorClock } from '../kit/clock.ts';
import type { Random } from '../kit/random.ts';
import type { RequestLog } from '../kit/request-log.ts';
import type { SigningKey } from '../kit/signing-key.ts';
import type { Faults } from './faults.ts';
import type { Settings } from './settings.ts';
import type { ClientConfig, State } from './state.ts';
import type { Throttle } from './throttle.ts';

/** One running simulator: everything a request handler may touch, passed on as a plain argument. */
export interface World {
  /** Origin under which it answers, without a slash at the end; login and Graph lie below it. */
  url: string;
  clock: SimulatorClock;
  random: Random;
  state: State;
  settings: Settings;
  clients: Map<string, ClientConfig>;
  throttle: Throttle;
  faults: Faults;
  log: RequestLog;
  /** The key behind the id tokens of personal or of work accounts, made when first asked for. */
  signingKey(kind: 'work' | 'personal'): Promise<SigningKey>;
  /** To be called after every change of `state`, so that it gets saved. */
  changed(): void;
}

/** The time of the simulator in milliseconds since the epoch. */
export function nowOf(world: World): number {
  return world.clock.now().getTime();
}
