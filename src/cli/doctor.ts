import { databaseLocation } from '../app.ts';
import { systemClock } from '../base/time.ts';
import { loadConfig } from '../config/load.ts';
import { openDatabase } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { loadZones, type Zones } from '../zones/zones.ts';

/** Says what is set up and what is not. @returns 1 when the product could not run as it is */
export async function doctor(): Promise<number> {
  const { config, secrets } = loadConfig();
  const zones = loadZones();
  const lines = [
    `Node            ${process.versions.node}`,
    `Settings        good${config.production ? ' (production)' : ''}`,
    `Google          ${config.google ? `client ${config.google.clientId}` : 'not set up: set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET'}`,
    `Redirect URI    ${config.google?.redirectUri ?? '–'}`,
    `Web app         ${config.frontendUrl}`,
    `Mail            ${secrets.smtpUrl === null ? 'written to the folder outbox in DATA_DIR: set SMTP_URL and MAIL_FROM' : 'server set up'}`,
    `Time zone data  ${zoneDataWords(zones, systemClock.now())}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return databaseAnswers(databaseLocation(config, secrets));
}

/** The copy in use with its age, and what other copies there are. */
export function zoneDataWords(
  { version, source, copies, ageInDays, isOld }: Pick<Zones, 'version' | 'source' | 'copies' | 'ageInDays' | 'isOld'>,
  now: Date,
): string {
  const others = copies.filter((copy) => copy.source !== source).map((copy) => `${copy.source} ${copy.version}`);
  const rest = others.length > 0 ? ` (newest of it, ${others.join(', ')})` : '';
  const advice = isOld(now) ? ': update this program or tzdata' : '';
  return `${version} (${source}), ${ageInDays(now)} days old${rest}${advice}`;
}

async function databaseAnswers(location: Parameters<typeof openDatabase>[0]): Promise<number> {
  try {
    await using database = await openDatabase(location);
    await sql`select 1`.execute(database.db);
    process.stdout.write(`Database        ${database.engine}, answers\n`);
    return 0;
  } catch (error) {
    process.stdout.write(`Database        ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
