import type { SimulatorClock } from '../kit/clock.ts';
import { createFaults } from '../kit/faults.ts';
import { refuseProduction } from '../kit/http-server.ts';
import { createPauses } from '../kit/pauses.ts';
import { createRequestLog, type LoggedRequest } from '../kit/request-log.ts';
import { serveWorld, type ServeOptions } from '../kit/serve-world.ts';
import { loadSnapshot } from '../kit/snapshot.ts';
import { createControl, type SimulatorControl } from './control.ts';
import { answerRequest } from './requests.ts';
import { changeSettings, defaultSettings, type SettingsPatch } from './settings.ts';
import { addAccount, type AccountConfig, type State } from './state.ts';
import type { World } from './world.ts';

/** How to start a simulator. */
export interface CaldavSimulatorOptions extends ServeOptions {
  accounts: readonly AccountConfig[];
  clock?: SimulatorClock;
  settings?: SettingsPatch;
  /** Told of every flagged request, such as one that sends attendees. */
  onFlag?: (flag: string, request: LoggedRequest) => void;
}

/** A running simulator. */
export interface CaldavSimulator extends SimulatorControl {
  url: string;
  /** The environment that lets the product call this simulator. */
  env: Record<string, string>;
  /** Saves, ends every connection and frees the port. */
  close(): Promise<void>;
}

const FORMAT = 1;

/** Starts a simulated CalDAV server. Throws Error with `NODE_ENV=production`, or when the port is taken. */
export async function startCaldavSimulator(options: CaldavSimulatorOptions): Promise<CaldavSimulator> {
  refuseProduction('CalDAV');
  const world = await createWorld(options);
  const control = createControl(world, { accounts: options.accounts, settings: options.settings ?? {} });
  const { url, close } = await serveWorld(
    world,
    options,
    () => ({ format: FORMAT, ...world.state }),
    (signal, ...asked) => answerRequest(world, { control, signal }, ...asked),
  );
  return {
    ...control,
    url,
    env: { CALDAV_ALLOW_PRIVATE_NETWORKS: 'true' },
    close,
  };
}

async function createWorld(options: CaldavSimulatorOptions): Promise<World> {
  const settings = defaultSettings();
  changeSettings(settings, options.settings ?? {});
  const clock = options.clock ?? { now: () => new Date() };
  const saved = options.dataFile === undefined ? null : await loadSnapshot(options.dataFile, FORMAT);
  const state: State = { accounts: (saved?.['accounts'] ?? []) as State['accounts'] };
  for (const account of options.accounts) addAccount(state, account);
  return {
    ...{ url: options.publicUrl ?? '', clock, state, settings },
    faults: createFaults(),
    pauses: createPauses(clock),
    log: createRequestLog(options.onFlag ?? (() => undefined)),
    changed: () => undefined,
  };
}
