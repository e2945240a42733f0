import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatorClock } from './clock.ts';
import { createControl } from './control.ts';
import type { SimulatorControl } from './control.ts';
import { BodyTooLarge, readBody } from './delivery.ts';
import { createFaults } from './faults.ts';
import { createQuota } from './quota.ts';
import { createRandom } from './random.ts';
import { createRequestLog } from './request-log.ts';
import type { LoggedRequest } from './request-log.ts';
import { answerRequest } from './requests.ts';
import { changeSettings, defaultSettings } from './settings.ts';
import type { SettingsPatch } from './settings.ts';
import { signingKey } from './signing-key.ts';
import { loadState, startSaver } from './snapshot.ts';
import type { Saver } from './snapshot.ts';
import { addAccount, emptyState } from './state.ts';
import type { AccountConfig, ClientConfig } from './state.ts';
import type { World } from './world.ts';

/** How to start a simulator. */
export interface GoogleSimulatorOptions {
  /** 0 or nothing takes a free port. */
  port?: number;
  /** 127.0.0.1 when left out. */
  host?: string;
  /** Origin under which browsers reach it, without a slash at the end; its own address when left out. */
  publicUrl?: string;
  clients: readonly ClientConfig[];
  accounts: readonly AccountConfig[];
  clock?: SimulatorClock;
  /** Keeps the state over restarts; in memory only when left out. */
  dataFile?: string;
  settings?: SettingsPatch;
  /** Makes chance repeatable. */
  seed?: number;
  /** Told of every flagged request, such as one that sends attendees. */
  onFlag?: (flag: string, request: LoggedRequest) => void;
}

/** A running simulator. */
export interface GoogleSimulator extends SimulatorControl {
  url: string;
  /** The environment that points the product at this simulator. */
  env: Record<string, string>;
  /** Saves, ends every connection and frees the port. */
  close(): Promise<void>;
}

/** Starts a simulated Google. Throws Error with `NODE_ENV=production`, or when the port is taken. */
export async function startGoogleSimulator(options: GoogleSimulatorOptions): Promise<GoogleSimulator> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error('The Google simulator never runs with NODE_ENV=production: it lets anyone in.');
  }
  const stopping = new AbortController();
  const { world, saver } = await createWorld(options);
  const control = createControl(world, { accounts: options.accounts, settings: options.settings ?? {} });
  const server = createServer();
  // Before it listens: a request that comes at once would otherwise wait for ever.
  serve(server, world, { control, signal: stopping.signal });
  const url = await listen(server, options);
  world.url = url;
  return {
    ...control,
    url,
    env: {
      GOOGLE_AUTH_URL: `${url}/o/oauth2/v2/auth`,
      GOOGLE_TOKEN_URL: `${url}/token`,
      GOOGLE_REVOKE_URL: `${url}/revoke`,
      GOOGLE_JWKS_URL: `${url}/oauth2/v3/certs`,
      GOOGLE_ISSUER: url,
      GOOGLE_API_BASE_URL: url,
    },
    async close() {
      stopping.abort();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await saver?.close();
    },
  };
}

async function createWorld(options: GoogleSimulatorOptions): Promise<{ world: World; saver: Saver | null }> {
  const settings = defaultSettings();
  changeSettings(settings, options.settings ?? {});
  const clock = options.clock ?? { now: () => new Date() };
  const state = options.dataFile === undefined ? emptyState() : await loadState(options.dataFile);
  for (const account of options.accounts) addAccount(state, account);
  const world: World = {
    url: options.publicUrl ?? '',
    clock,
    random: createRandom(options.seed),
    state,
    settings,
    clients: new Map(options.clients.map((client) => [client.clientId, client])),
    quota: createQuota(settings, clock),
    faults: createFaults(),
    log: createRequestLog(options.onFlag ?? (() => undefined)),
    signingKey,
    changed: () => undefined,
  };
  const saver = options.dataFile === undefined ? null : startSaver(options.dataFile, () => world.state);
  if (saver) world.changed = () => saver.changed();
  return { world, saver };
}

function listen(server: Server, options: GoogleSimulatorOptions): Promise<string> {
  const host = options.host ?? '127.0.0.1';
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, () => {
      server.removeListener('error', reject);
      const { port } = server.address() as AddressInfo;
      resolve(options.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`);
    });
  });
}

function serve(server: Server, world: World, around: { control: SimulatorControl; signal: AbortSignal }): void {
  server.on('request', (request, response) => {
    readBody(request)
      .then((body) => answerRequest(world, around, request, response, body))
      .catch((error: unknown) => {
        // The other side has gone away, or sent too much: there is nobody, or nothing, to answer.
        if (response.headersSent || response.destroyed) return;
        const tooLarge = error instanceof BodyTooLarge;
        response.writeHead(tooLarge ? 413 : 500, { 'content-type': 'text/plain', connection: 'close' });
        response.end(tooLarge ? 'Request body too large' : 'The simulator failed');
      });
  });
}
