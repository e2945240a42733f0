import type { SimulatorClock } from '../kit/clock.ts';
import { createFaults } from '../kit/faults.ts';
import { refuseProduction } from '../kit/http-server.ts';
import { createRandom } from '../kit/random.ts';
import { createRequestLog } from '../kit/request-log.ts';
import type { LoggedRequest } from '../kit/request-log.ts';
import { signingKey } from '../kit/signing-key.ts';
import { serveWorld } from '../kit/serve-world.ts';
import type { ServeOptions } from '../kit/serve-world.ts';
import { createControl } from './control.ts';
import type { SimulatorControl } from './control.ts';
import { answerRequest } from './requests.ts';
import { changeSettings, defaultSettings } from './settings.ts';
import type { SettingsPatch } from './settings.ts';
import { loadState, plain } from './snapshot.ts';
import { addAccount, emptyState } from './state.ts';
import type { AccountConfig, ClientConfig } from './state.ts';
import { createThrottle } from './throttle.ts';
import type { World } from './world.ts';

/** How to start a simulator. */
export interface MicrosoftSimulatorOptions extends ServeOptions {
  clients: readonly ClientConfig[];
  accounts: readonly AccountConfig[];
  clock?: SimulatorClock;
  settings?: SettingsPatch;
  /** Makes chance repeatable. */
  seed?: number;
  /** Told of every flagged request, such as one that sends attendees. */
  onFlag?: (flag: string, request: LoggedRequest) => void;
}

/** A running simulator. */
export interface MicrosoftSimulator extends SimulatorControl {
  url: string;
  /** The environment that points the product at this simulator. */
  env: Record<string, string>;
  /** Saves, ends every connection and frees the port. */
  close(): Promise<void>;
}

/** Starts a simulated Microsoft: Entra and Graph. Throws Error with `NODE_ENV=production`, or when the port is taken. */
export async function startMicrosoftSimulator(options: MicrosoftSimulatorOptions): Promise<MicrosoftSimulator> {
  refuseProduction('Microsoft');
  const world = await createWorld(options);
  const control = createControl(world, { accounts: options.accounts, settings: options.settings ?? {} });
  const { url, close } = await serveWorld(
    world,
    options,
    () => plain(world.state),
    (signal, ...asked) => answerRequest(world, { control, signal }, ...asked),
  );
  return {
    ...control,
    url,
    env: { OUTLOOK_AUTHORITY_URL: `${url}/common`, GRAPH_API_BASE_URL: `${url}/v1.0` },
    close,
  };
}

async function createWorld(options: MicrosoftSimulatorOptions): Promise<World> {
  const settings = defaultSettings();
  changeSettings(settings, options.settings ?? {});
  const clock = options.clock ?? { now: () => new Date() };
  const state = options.dataFile === undefined ? emptyState() : await loadState(options.dataFile);
  for (const account of options.accounts) addAccount(state, account);
  return {
    url: options.publicUrl ?? '',
    clock,
    random: createRandom(options.seed),
    state,
    settings,
    clients: new Map(options.clients.map((client) => [client.clientId, client])),
    throttle: createThrottle(settings, clock),
    faults: createFaults(),
    log: createRequestLog(options.onFlag ?? (() => undefined)),
    signingKey: (kind) => signingKey(kind),
    changed: () => undefined,
  };
}
