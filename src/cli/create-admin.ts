import { text } from 'node:stream/consumers';
import { databaseLocation } from '../app.ts';
import { systemClock } from '../base/time.ts';
import { emailSchema, passwordSchema } from '../api-contract/fields.ts';
import { loadConfig } from '../config/load.ts';
import { openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { createAccessTokens } from '../use-cases/accounts/access-tokens.ts';
import { ensureBootstrapAdmin } from '../use-cases/accounts/ensure-bootstrap-admin.ts';
import { createPasswords } from '../use-cases/accounts/passwords.ts';
import { loadZones } from '../zones/zones.ts';

const WORDS = {
  created: 'The administrator was made. Sign in with this address and password.',
  there_is_one: 'There is an administrator already; nothing was changed. They can make more under People.',
  email_taken: 'This address has an account already; nothing was changed. Choose another address.',
} as const;

/** Makes the first administrator; the password comes from standard input, so that no process list shows it. */
export async function createAdmin([address = '']: readonly string[]): Promise<number> {
  const email = emailSchema.safeParse(address);
  if (!email.success) return refuse('Give an e-mail address: create-admin you@example.com');
  const password = passwordSchema.safeParse((await text(process.stdin)).replace(/\r?\n$/, ''));
  if (!password.success) return refuse('Give a password of 10 to 200 characters on standard input.');
  const { config, secrets } = loadConfig();
  await using database = await openDatabase(databaseLocation(config, secrets));
  await migrate(database);
  const { businessName, frontendUrl: appUrl, syncHorizonDays, overviewHorizonDays } = config;
  const context = {
    ...{ database, clock: systemClock, zones: loadZones() },
    settings: { businessName, appUrl, syncHorizonDays, overviewHorizonDays },
    passwords: createPasswords(),
    accessTokens: createAccessTokens(secrets.jwtSecret, systemClock),
  };
  const outcome = await ensureBootstrapAdmin(context, { email: email.data, password: password.data });
  process.stdout.write(`${WORDS[outcome]}\n`);
  return outcome === 'created' ? 0 : 1;
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 2;
}
