import { toConfig, type Config } from './config.ts';
import { withDevelopmentKeys } from './development-keys.ts';
import { ConfigError, type SettingFault } from './faults.ts';
import { readEnv } from './read-env.ts';
import { toSecrets, type Secrets } from './secrets.ts';
import type { Env } from './settings.ts';

export interface Loaded {
  config: Config;
  secrets: Secrets;
}

/**
 * The operator's choices and secrets. Outside production it makes missing keys (see `development-keys.ts`).
 * @throws {ConfigError} naming every fault of both at once.
 */
export function loadConfig(env: Env = readEnv()): Loaded {
  const config = attempt(() => toConfig(env));
  // With a config that can't be used nothing is written anywhere; stand-ins keep the keys out of its faults.
  const keyed = config.value ? withDevelopmentKeys(env, config.value) : withStandIns(env);
  const secrets = attempt(() => toSecrets(keyed));
  const faults = [...config.faults, ...secrets.faults];
  if (config.value && secrets.value && faults.length === 0) return { config: config.value, secrets: secrets.value };
  throw new ConfigError(
    faults.filter((fault, at) => faults.findIndex((other) => other.setting === fault.setting) === at),
  );
}

function attempt<T>(read: () => T): { value: T | null; faults: readonly SettingFault[] } {
  try {
    return { value: read(), faults: [] };
  } catch (error) {
    if (error instanceof ConfigError) return { value: null, faults: error.faults };
    throw error;
  }
}

function withStandIns(env: Env): Env {
  if (env.NODE_ENV === 'production') return env;
  const zeros = Buffer.alloc(32).toString('base64');
  return { JWT_SECRET: zeros, TOKEN_ENCRYPTION_KEYS: `none:${zeros}`, ...env };
}
