import { parseArgs } from 'node:util';
import { startGoogleSimulator } from './google/server.ts';

const HELP = `Simulated Google: sign-in, consent and calendars for tests and the demo.

  node simulator/main.ts [options]

  --port <number>            9100
  --host <address>           127.0.0.1
  --data <folder>            keeps calendars and grants over restarts; in memory only without it
  --client-id <text>         simulated-client
  --client-secret <text>     simulated-secret
  --redirect-uri <url>       may be given several times
  --account <email=name>     may be given several times; three people without it
  --time-zone <IANA name>    of the accounts' primary calendars, Europe/Zurich
`;

const PEOPLE = ['customer@example.com=Jane Doe', 'cleaner@example.com=Sarah Miller', 'manager@example.com=Mark Weber'];

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9100' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      'client-id': { type: 'string', default: 'simulated-client' },
      'client-secret': { type: 'string', default: 'simulated-secret' },
      'redirect-uri': {
        type: 'string',
        multiple: true,
        default: ['http://localhost:8000/api/calendar/google/callback/'],
      },
      account: { type: 'string', multiple: true, default: PEOPLE },
      'time-zone': { type: 'string', default: 'Europe/Zurich' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const simulator = await startGoogleSimulator({
    port: Number(values.port),
    host: values.host,
    clients: [
      { clientId: values['client-id'], clientSecret: values['client-secret'], redirectUris: values['redirect-uri'] },
    ],
    accounts: values.account.map((text) => readAccount(text, values['time-zone'])),
    ...(values.data === undefined ? {} : { dataFile: `${values.data}/google.json` }),
    onFlag: (flag, request) => process.stderr.write(`!! ${flag}: ${request.method} ${request.path}\n`),
  });
  const settings = Object.entries(simulator.env).map(([name, value]) => `${name}=${value}\n`);
  process.stdout.write(`Simulated Google at ${simulator.url}\n\n${settings.join('')}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
}

function readAccount(text: string, timeZone: string): { email: string; name: string; timeZone: string } {
  const [email = '', name = email] = text.split('=');
  return { email, name, timeZone };
}
