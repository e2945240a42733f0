import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startCaldavSimulator } from '../simulator/caldav/server.ts';
import { startGoogleSimulator } from '../simulator/google/server.ts';
import { startMicrosoftSimulator } from '../simulator/microsoft/server.ts';
import { ADMIN, PASSWORD, PEOPLE, ROSA_CALDAV, TIME_ZONE } from './company.ts';
import { seed } from './seed.ts';

/* The whole product with a simulated Google, Microsoft and CalDAV server beside it and a small company in it. Ctrl-C ends it; its data stays. */

const PORT = process.env.PORT ?? '8000';
const WEB_PORT = process.env.WEB_PORT ?? '3000';
const GOOGLE_PORT = process.env.SIMULATOR_PORT ?? '9100';
const MICROSOFT_PORT = process.env.MICROSOFT_SIMULATOR_PORT ?? '9200';
const CALDAV_PORT = process.env.CALDAV_SIMULATOR_PORT ?? '9300';
const DATA_DIR = path.resolve(process.env.DATA_DIR ?? 'data/demo');
/** What the product logs: the welcome should be the first thing that is read. */
const LOG = path.join(DATA_DIR, 'product.log');
const WEB_URL = `http://localhost:${WEB_PORT}`;
const API_URL = `http://localhost:${PORT}`;
const CALLBACKS = {
  google: `${API_URL}/api/calendar/google/callback/`,
  outlook: `${API_URL}/api/calendar/outlook/callback/`,
};
const CLIENT = { clientId: 'valclean-demo', clientSecret: 'valclean-demo-secret', name: 'VALClean' };
/** The first start creates the database, which takes a slow machine a while. */
const READY_WITHIN_MS = 180_000;

await main();

async function main(): Promise<void> {
  const google = await startGoogle();
  const microsoft = await startMicrosoft();
  const caldav = await startCaldav();
  const product = startProduct({ ...google.env, ...microsoft.env, ...caldav.env });
  let stopping = false;
  const stop = (): void => {
    stopping = true;
    product.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  const ended = once(product, 'exit');
  try {
    await Promise.race([untilReady(), ended.then(() => Promise.reject(new Error('The product did not start.')))]);
    await seed(API_URL);
    process.stdout.write(welcome({ google: google.url, microsoft: microsoft.url, caldav: caldav.url }));
  } catch (error) {
    if (!stopping) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${readLog()}`);
    process.exitCode = stopping ? 0 : 1;
    stop();
  }
  await ended;
  await Promise.all([google.close(), microsoft.close(), caldav.close()]);
}

function readLog(): string {
  const text = fs.readFileSync(LOG, 'utf8');
  return text === '' ? '' : `Its log, ${LOG}:\n${text}`;
}

function startGoogle(): ReturnType<typeof startGoogleSimulator> {
  return startGoogleSimulator({
    port: Number(GOOGLE_PORT),
    clients: [{ ...CLIENT, redirectUris: [CALLBACKS.google] }],
    accounts: PEOPLE.flatMap(({ google, name }) =>
      google === null ? [] : [{ email: google, name, timeZone: TIME_ZONE }],
    ),
    dataFile: path.join(DATA_DIR, 'simulator', 'google.json'),
  });
}

function startMicrosoft(): ReturnType<typeof startMicrosoftSimulator> {
  return startMicrosoftSimulator({
    port: Number(MICROSOFT_PORT),
    clients: [{ ...CLIENT, redirectUris: [CALLBACKS.outlook] }],
    accounts: PEOPLE.flatMap(({ outlook, name }) =>
      outlook === null ? [] : [{ ...outlook, name, timeZone: TIME_ZONE }],
    ),
    dataFile: path.join(DATA_DIR, 'simulator', 'microsoft.json'),
  });
}

function startCaldav(): ReturnType<typeof startCaldavSimulator> {
  return startCaldavSimulator({
    port: Number(CALDAV_PORT),
    accounts: [ROSA_CALDAV],
    dataFile: path.join(DATA_DIR, 'simulator', 'caldav.json'),
  });
}

/** The product as `npm start` runs it, with the simulators' addresses and an administrator. */
function startProduct(simulatorEnv: Readonly<Record<string, string>>): ChildProcess {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  fs.mkdirSync(DATA_DIR, { recursive: true });
  const log = fs.openSync(LOG, 'w');
  return spawn(process.execPath, [main, 'serve'], {
    stdio: ['ignore', log, log],
    // A group of its own: Ctrl-C reaches this process alone, which then ends the product in order.
    detached: true,
    env: {
      ...process.env,
      ...simulatorEnv,
      ...{ PORT, WEB_PORT, DATA_DIR, FRONTEND_URL: WEB_URL },
      ...{ GOOGLE_CLIENT_ID: CLIENT.clientId, GOOGLE_CLIENT_SECRET: CLIENT.clientSecret },
      GOOGLE_REDIRECT_URI: CALLBACKS.google,
      ...{ OUTLOOK_CLIENT_ID: CLIENT.clientId, OUTLOOK_CLIENT_SECRET: CLIENT.clientSecret },
      OUTLOOK_REDIRECT_URI: CALLBACKS.outlook,
      BOOTSTRAP_ADMIN_EMAIL: ADMIN.email,
      BOOTSTRAP_ADMIN_PASSWORD: PASSWORD,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    },
  });
}

async function untilReady(): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const response = await fetch(`${API_URL}/readyz`).catch(() => null);
    if (response?.ok) return;
    await pause(100);
  }
  throw new Error(`The product did not get ready within ${READY_WITHIN_MS / 1000} seconds.`);
}

function welcome(simulators: { google: string; microsoft: string; caldav: string }): string {
  const logins = PEOPLE.map(({ role, email, name, google, outlook }) => {
    const accounts = [google, outlook?.email].filter((account) => account !== null && account !== undefined);
    return `  ${role.padEnd(10)}${email.padEnd(26)}${name.padEnd(14)}${accounts.join(', ')}`;
  });
  return [
    '',
    `VALClean is ready:        ${WEB_URL}`,
    `API and its pages:        ${API_URL}/api/docs/`,
    `The simulated Google:     ${simulators.google}   (look at everybody's calendar here …)`,
    `The simulated Microsoft:  ${simulators.microsoft}   (… and here)`,
    `The simulated CalDAV:     ${simulators.caldav}   (… and here)`,
    '',
    `Sign in with one of these; the password is always ${PASSWORD}`,
    `  ${'role'.padEnd(10)}${'e-mail'.padEnd(26)}${'name'.padEnd(14)}their simulated accounts`,
    ...logins,
    '',
    'Try it: sign in as jane@example.com, Settings → Calendar, Connect Google, choose jane@gmail.example, Allow.',
    `Then sign in as ${ADMIN.email} in another window, Orders, confirm Jane's order, and look at ${simulators.google}/calendar/jane@gmail.example`,
    `Tom has Outlook: sign in as tom@valclean.example, Connect Outlook, Accept, and look at ${simulators.microsoft}/mailbox/tom@valclean.example`,
    `Rosa has her own server: sign in as rosa@example.com, Connect with an app password, Another server, ${simulators.caldav}, ${ROSA_CALDAV.user}, ${ROSA_CALDAV.password}`,
    '',
    `What goes wrong meanwhile is told in ${path.relative(process.cwd(), LOG)}`,
    'Ctrl-C ends it; the data stays. To start anew, remove data/demo.',
    '',
  ].join('\n');
}
