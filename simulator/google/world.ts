import type { SimulatorClock } from '../kit/clock.ts';
import type { Faults } from './faults.ts';
import type { Quota } from './quota.ts';
import type { Random } from '../kit/random.ts';
import type { Pauses } from '../kit/pauses.ts';
import type { RequestLog } from '../kit/request-log.ts';
import type { Settings } from './settings.ts';
import type { SigningKey } from '../kit/signing-key.ts';
import type { ClientConfig, State } from './state.ts';

/** One running simulator: everything a request handler may touch, passed on as a plain argument. */
export interface World {
  /** Origin under which it answers, without a slash at the end; also the issuer of its id tokens. */
  url: string;
  clock: SimulatorClock;
  random: Random;
  state: State;
  settings: Settings;
  clients: Map<string, ClientConfig>;
  quota: Quota;
  /** Accounts that were told to wait. */
  pauses: Pauses;
  faults: Faults;
  log: RequestLog;
  /** The key behind the id tokens, made when first asked for. */
  signingKey(): Promise<SigningKey>;
  /** To be called after every change of `state`, so that it gets saved. */
  changed(): void;
}
