import { parseArgs } from 'node:util';
import { startCaldavSimulator } from './caldav/server.ts';
import { startGoogleSimulator } from './google/server.ts';
import type { GoogleSimulatorOptions } from './google/server.ts';
import { startMicrosoftSimulator } from './microsoft/server.ts';
import type { MicrosoftSimulatorOptions } from './microsoft/server.ts';

const HELP = `Simulated calendar services for tests and the demo: sign-in, consent and calendars.

  node simulator/main.ts [google | microsoft | caldav] [options]

  --port <number>            9100 for Google, 9200 for Microsoft, 9300 for CalDAV
  --host <address>           127.0.0.1
  --data <folder>            keeps calendars and grants over restarts; in memory only without it
  --client-id <text>         simulated-client
  --client-secret <text>     simulated-secret
  --redirect-uri <url>       may be given several times
  --account <email=name>     may be given several times; three people without it
  --personal <email=name>    Microsoft: a personal account; --account gives work accounts
  --password <text>          CalDAV: the app password of all, simulated-password
  --time-zone <IANA name>    of the accounts' calendars, Europe/Zurich
`;

const PEOPLE = ['customer@example.com=Jane Doe', 'cleaner@example.com=Sarah Miller', 'manager@example.com=Mark Weber'];
const PERSONAL = ['jane@live.example=Jane Doe'];
const CALLBACK = 'http://localhost:8000/api/calendar';

/** What is the same for every service. */
interface Common {
  host: string;
  clients: { clientId: string; clientSecret: string; redirectUris: string[] }[];
  onFlag: NonNullable<GoogleSimulatorOptions['onFlag']> & NonNullable<MicrosoftSimulatorOptions['onFlag']>;
}

interface Started {
  url: string;
  env: Record<string, string>;
  close(): Promise<void>;
}

const SERVICES: Readonly<Record<string, { name: string; start: (values: Values) => Promise<Started> }>> = {
  google: { name: 'Google', start: startGoogle },
  microsoft: { name: 'Microsoft', start: startMicrosoft },
  caldav: { name: 'CalDAV server', start: startCaldav },
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  if (values.help) return void process.stdout.write(HELP);
  const [service = 'google', ...more] = positionals;
  const known = SERVICES[service];
  if (more.length > 0 || !known) {
    throw new Error(`There is "google", "microsoft" and "caldav", not "${positionals.join(' ')}".`);
  }
  const simulator = await known.start(values);
  const settings = Object.entries(simulator.env).map(([name, value]) => `${name}=${value}\n`);
  process.stdout.write(`Simulated ${known.name} at ${simulator.url}\n\n${settings.join('')}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
}

type Values = ReturnType<typeof readArguments>['values'];

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      'client-id': { type: 'string', default: 'simulated-client' },
      'client-secret': { type: 'string', default: 'simulated-secret' },
      'redirect-uri': { type: 'string', multiple: true },
      account: { type: 'string', multiple: true, default: PEOPLE },
      password: { type: 'string', default: 'simulated-password' },
      personal: { type: 'string', multiple: true, default: PERSONAL },
      'time-zone': { type: 'string', default: 'Europe/Zurich' },
      help: { type: 'boolean', default: false },
    },
  });
}

function startGoogle(values: Values): Promise<Started> {
  return startGoogleSimulator({
    ...common(values, `${CALLBACK}/google/callback/`),
    port: Number(values.port ?? 9100),
    accounts: values.account.map((text) => readAccount(text, values['time-zone'])),
    ...(values.data === undefined ? {} : { dataFile: `${values.data}/google.json` }),
  });
}

function startMicrosoft(values: Values): Promise<Started> {
  return startMicrosoftSimulator({
    ...common(values, `${CALLBACK}/outlook/callback/`),
    port: Number(values.port ?? 9200),
    accounts: [
      ...values.account.map((text) => readAccount(text, values['time-zone'])),
      ...values.personal.map((text) => ({ ...readAccount(text, values['time-zone']), kind: 'personal' as const })),
    ],
    ...(values.data === undefined ? {} : { dataFile: `${values.data}/microsoft.json` }),
  });
}

function startCaldav(values: Values): Promise<Started> {
  return startCaldavSimulator({
    host: values.host,
    port: Number(values.port ?? 9300),
    accounts: values.account
      .map((text) => readAccount(text, values['time-zone']))
      .map(({ email, name }) => ({ user: email, password: values.password, name })),
    onFlag: (flag, request) => process.stderr.write(`!! ${flag}: ${request.method} ${request.path}\n`),
    ...(values.data === undefined ? {} : { dataFile: `${values.data}/caldav.json` }),
  });
}

function common(values: Values, callback: string): Common {
  const redirectUris = values['redirect-uri'] ?? [callback];
  return {
    host: values.host,
    clients: [{ clientId: values['client-id'], clientSecret: values['client-secret'], redirectUris }],
    onFlag: (flag, request) => process.stderr.write(`!! ${flag}: ${request.method} ${request.path}\n`),
  };
}

function readAccount(text: string, timeZone: string): { email: string; name: string; timeZone: string } {
  const [email = '', name = email] = text.split('=');
  return { email, name, timeZone };
}
