import { hkdfSync } from 'node:crypto';
import { KEY_BYTES, type CipherKey } from '../base/cipher.ts';
import { Reader } from './reader.ts';
import type { Env } from './settings.ts';

/** What nobody may see; kept apart from `Config`, which may be shown. */
export interface Secrets {
  /** The first seals, all of them open. */
  tokenKeys: readonly CipherKey[];
  /** For HS256; at least 32 bytes. */
  jwtSecret: Uint8Array;
  /** Made from `jwtSecret`; see `http/idempotency.ts`. */
  fingerprintKey: Uint8Array;
  databaseUrl: string | null;
  metricsToken: string | null;
  googleClientSecret: string | null;
  outlookClientSecret: string | null;
  smtpUrl: string | null;
  bootstrapAdminPassword: string | null;
}

/** RFC 7518 §3.2: a key of the hash's size or larger. */
const JWT_SECRET_BYTES = 32;

/**
 * Both keys must be there: in development `withDevelopmentKeys` has seen to it.
 * @throws {ConfigError} naming every setting that can't be used.
 */
export function toSecrets(env: Env): Secrets {
  const reader = new Reader(env);
  const jwtSecret = jwtSecretOf(reader);
  const secrets: Secrets = {
    tokenKeys: tokenKeysOf(reader),
    jwtSecret,
    fingerprintKey: new Uint8Array(hkdfSync('sha256', jwtSecret, '', 'idempotency fingerprints', KEY_BYTES)),
    databaseUrl: databaseUrlOf(reader),
    metricsToken: reader.optional('METRICS_TOKEN'),
    googleClientSecret: reader.optional('GOOGLE_CLIENT_SECRET'),
    outlookClientSecret: reader.optional('OUTLOOK_CLIENT_SECRET'),
    smtpUrl: smtpUrlOf(reader),
    bootstrapAdminPassword: bootstrapPasswordOf(reader),
  };
  reader.finish();
  return secrets;
}

function jwtSecretOf(reader: Reader): Uint8Array {
  const secret = Buffer.from(reader.optional('JWT_SECRET') ?? '');
  if (secret.length < JWT_SECRET_BYTES) {
    reader.fault('JWT_SECRET', `Give at least ${JWT_SECRET_BYTES} characters. Make them by: openssl rand -base64 48`);
  }
  return secret;
}

const HOW_TO_MAKE_A_KEY = 'Make one by: echo "k1:$(openssl rand -base64 32)"';

function tokenKeysOf(reader: Reader): CipherKey[] {
  const parts = (reader.optional('TOKEN_ENCRYPTION_KEYS') ?? '').split(',').map((part) => part.trim());
  const keys = parts.filter((part) => part !== '').map(tokenKeyOf);
  const sound = keys.filter((key) => key !== null);
  if (keys.length === 0) reader.fault('TOKEN_ENCRYPTION_KEYS', `Give at least one key. ${HOW_TO_MAKE_A_KEY}`);
  if (sound.length < keys.length) {
    reader.fault('TOKEN_ENCRYPTION_KEYS', `Each key has the form <id>:<base64 of 32 bytes>. ${HOW_TO_MAKE_A_KEY}`);
  }
  if (new Set(sound.map((key) => key.id)).size < sound.length) {
    reader.fault('TOKEN_ENCRYPTION_KEYS', 'Two keys have the same id. Give each its own, such as k1 and k2.');
  }
  return sound;
}

function tokenKeyOf(text: string): CipherKey | null {
  const [, id, base64] = /^([A-Za-z0-9_-]{1,40}):([A-Za-z0-9+/_-]+={0,2})$/.exec(text) ?? [];
  if (id === undefined || base64 === undefined) return null;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === KEY_BYTES ? { id, bytes } : null;
}

function databaseUrlOf(reader: Reader): string | null {
  const address = reader.optional('DATABASE_URL');
  if (address === null || /^postgres(ql)?:$/.test(URL.parse(address)?.protocol ?? '')) return address;
  reader.fault(
    'DATABASE_URL',
    'Give postgres://user:password@host:5432/database, or leave it out for the embedded one.',
  );
  return null;
}

function smtpUrlOf(reader: Reader): string | null {
  const address = reader.optional('SMTP_URL');
  if (address === null || /^smtps?:$/.test(URL.parse(address)?.protocol ?? '')) return address;
  reader.fault('SMTP_URL', 'Give smtps://user:password@host:465 or smtp://host:25.');
  return null;
}

function bootstrapPasswordOf(reader: Reader): string | null {
  const password = reader.optional('BOOTSTRAP_ADMIN_PASSWORD');
  if (password !== null && (password.length < 10 || password.length > 200)) {
    reader.fault('BOOTSTRAP_ADMIN_PASSWORD', 'Give 10 to 200 characters.');
  }
  return password;
}
