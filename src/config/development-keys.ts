import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { KEY_BYTES } from '../base/cipher.ts';
import type { Env } from './settings.ts';

/** Lies in `DATA_DIR`; has the form of `.env`, so that its lines can be taken over into one. */
export const KEYS_FILE = 'development-keys.env';

/** Readable and writable by its owner only. */
const OWNER_ONLY = 0o600;

/**
 * Outside production, keys that nobody set are made on the first start and kept in `dataDir`. The environment wins; in
 * production it comes back unchanged, so that `toSecrets` names what is missing.
 */
export function withDevelopmentKeys(env: Env, { production, dataDir }: { production: boolean; dataDir: string }): Env {
  if (production || (env.JWT_SECRET !== undefined && env.TOKEN_ENCRYPTION_KEYS !== undefined)) return env;
  const { JWT_SECRET, TOKEN_ENCRYPTION_KEYS } = readKeys(join(dataDir, KEYS_FILE)) ?? makeKeys(dataDir);
  return { ...(JWT_SECRET && { JWT_SECRET }), ...(TOKEN_ENCRYPTION_KEYS && { TOKEN_ENCRYPTION_KEYS }), ...env };
}

function readKeys(file: string): Env | null {
  try {
    chmodSync(file, OWNER_ONLY);
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function makeKeys(dataDir: string): Env {
  const file = join(dataDir, KEYS_FILE);
  const draft = `${file}.${randomUUID()}`;
  mkdirSync(dataDir, { recursive: true });
  writeDurably(
    draft,
    `# Made on the first start, for development only. Without them stored calendar grants can't be opened.
JWT_SECRET=${randomBytes(48).toString('base64')}
TOKEN_ENCRYPTION_KEYS=dev1:${randomBytes(KEY_BYTES).toString('base64')}
`,
  );
  try {
    // Unlike a rename it fails when the file is there: of two that start at once both use the first one's keys.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readKeys(file) ?? {};
}

/** On disk before anything is sealed with it: a power cut must not leave grants that nothing opens. */
function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', OWNER_ONLY);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
