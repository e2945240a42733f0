import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { SETTING_NAMES, type Env } from './settings.ts';

/**
 * The environment, and below it the file `.env` of the working folder (or `file`), if there is one. Settings without a
 * value count as absent, so that a copied `.env.example` works as it is.
 */
export function readEnv(environment: NodeJS.ProcessEnv = process.env, file = '.env'): Env {
  const all = { ...readFile(file), ...environment };
  const given = SETTING_NAMES.map((name) => [name, all[name]?.trim()] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== ''));
}

function readFile(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
