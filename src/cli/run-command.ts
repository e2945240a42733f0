import { ConfigError } from '../config/faults.ts';
import { DatabaseInUse } from '../db/errors.ts';
import { createAdmin } from './create-admin.ts';
import { doctor } from './doctor.ts';
import { migrateDatabase } from './migrate-database.ts';
import { serve } from './serve.ts';

/** A command answers with the exit code of the process. */
type Command = (words: readonly string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, { run: Command; help: string }>> = {
  serve: { run: () => serve({ api: true, web: true, worker: true }), help: 'API, web app and worker in one process' },
  api: { run: () => serve({ api: true, web: true, worker: false }), help: 'API and web app without the worker' },
  worker: { run: () => serve({ api: false, web: false, worker: true }), help: 'the worker alone (with DATABASE_URL)' },
  migrate: { run: migrateDatabase, help: 'brings the database up to date and ends' },
  'create-admin': { run: createAdmin, help: 'makes the first administrator: create-admin <email>, password on stdin' },
  doctor: { run: doctor, help: 'checks settings, database and time zone data' },
};

const USAGE = [
  'Usage: node src/main.ts <command>',
  '',
  ...Object.entries(COMMANDS).map(([name, { help }]) => `  ${name.padEnd(14)}${help}`),
  '',
].join('\n');

/** Runs one command. Faults that the operator can mend are told in plain words. @returns the exit code */
export async function runCommand(words: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = words;
  const command = COMMANDS[name];
  if (!command) {
    (name === 'help' ? process.stdout : process.stderr).write(USAGE);
    return name === 'help' ? 0 : 2;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    process.stderr.write(`${plainWords(error)}\n`);
    return 1;
  }
}

function plainWords(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DatabaseInUse) return error.message;
  if (isListenError(error)) {
    return `Port ${error.port} of ${error.address} is in use. Stop what listens there, or set PORT and WEB_PORT.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isListenError(error: unknown): error is NodeJS.ErrnoException & { port: number; address: string } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error;
}
