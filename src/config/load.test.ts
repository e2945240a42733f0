import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEYS_FILE } from './development-keys.ts';
import { ConfigError } from './faults.ts';
import { loadConfig } from './load.ts';
import { readEnv } from './read-env.ts';
import type { Env } from './settings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'valclean-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEYS = { JWT_SECRET: 'x'.repeat(32), TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` };

function faultsOf(env: Env): Record<string, string> {
  try {
    loadConfig(env);
    return {};
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return Object.fromEntries(error.faults.map(({ setting, remedy }) => [setting, remedy]));
  }
}

describe('readEnv', () => {
  test('takes the file, lets the environment win, and drops what is empty or unknown', () => {
    const file = join(folder, 'some.env');
    writeFileSync(file, 'PORT=1234\nHOST=0.0.0.0\nBUSINESS_NAME="Clean & Co"\nGOOGLE_CLIENT_ID=\nSOMETHING=else\n');
    expect(readEnv({ PORT: '4321', SMTP_URL: '  ' }, file)).toEqual({
      PORT: '4321',
      HOST: '0.0.0.0',
      BUSINESS_NAME: 'Clean & Co',
    });
  });

  test('does without a file', () => {
    expect(readEnv({}, join(folder, 'absent.env'))).toEqual({});
  });
});

describe('loadConfig', () => {
  test('fills in the defaults of the contract', () => {
    const { config, secrets } = loadConfig(KEYS);
    expect(config).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 8000,
      webPort: 3000,
      frontendUrl: 'http://localhost:3000',
      publicUrl: null,
      database: 'embedded',
      businessName: 'VALClean',
      businessLogo: null,
      calendarPollSeconds: 300,
      syncHorizonDays: 365,
      overviewHorizonDays: 60,
      caldavAllowPrivateNetworks: false,
      google: null,
      outlook: null,
    });
    expect(secrets.tokenKeys.map((key) => key.id)).toEqual(['k1']);
  });

  test('knows Google and Microsoft once their credentials are there', () => {
    const { config } = loadConfig({
      ...KEYS,
      PORT: '9000',
      GOOGLE_CLIENT_ID: 'id',
      GOOGLE_CLIENT_SECRET: 'secret',
      OUTLOOK_CLIENT_ID: 'id',
      OUTLOOK_CLIENT_SECRET: 'secret',
      OUTLOOK_TENANT: 'contoso.onmicrosoft.com',
    });
    expect(config.google).toEqual({
      clientId: 'id',
      redirectUri: 'http://localhost:9000/api/calendar/google/callback/',
      authUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      revokeUrl: 'https://oauth2.googleapis.com/revoke',
      jwksUrl: 'https://www.googleapis.com/oauth2/v3/certs',
      issuer: 'https://accounts.google.com',
      apiBaseUrl: 'https://www.googleapis.com',
    });
    expect(config.outlook?.authorityUrl).toBe('https://login.microsoftonline.com/contoso.onmicrosoft.com');
    expect(JSON.stringify(config)).not.toContain('"secret"');
  });

  test('OUTLOOK_AUTHORITY_URL wins over OUTLOOK_TENANT', () => {
    const { config } = loadConfig({
      ...KEYS,
      OUTLOOK_CLIENT_ID: 'id',
      OUTLOOK_CLIENT_SECRET: 'secret',
      OUTLOOK_TENANT: 'one',
      OUTLOOK_AUTHORITY_URL: 'http://127.0.0.1:5001/two',
    });
    expect(config.outlook?.authorityUrl).toBe('http://127.0.0.1:5001/two');
  });

  test('reports all faults together, each with what to do, and no values', () => {
    const secretive = 'hunter2';
    const faults = faultsOf({
      PORT: 'eighty',
      FRONTEND_URL: 'localhost:3000',
      GOOGLE_TOKEN_URL: 'http://google.example/token',
      GOOGLE_CLIENT_ID: 'id',
      DATABASE_URL: `mysql://root:${secretive}@host`,
      JWT_SECRET: secretive,
      TOKEN_ENCRYPTION_KEYS: `k1:${secretive}`,
      SMTP_URL: 'smtp://host',
      BOOTSTRAP_ADMIN_PASSWORD: secretive,
      CALDAV_ALLOW_PRIVATE_NETWORKS: 'yes',
      NODE_ENV: 'prod',
      TRUST_PROXY: 'everybody',
    });
    expect(Object.keys(faults).toSorted()).toEqual(
      `PORT FRONTEND_URL GOOGLE_TOKEN_URL GOOGLE_CLIENT_SECRET DATABASE_URL JWT_SECRET TOKEN_ENCRYPTION_KEYS MAIL_FROM
 BOOTSTRAP_ADMIN_EMAIL BOOTSTRAP_ADMIN_PASSWORD CALDAV_ALLOW_PRIVATE_NETWORKS NODE_ENV TRUST_PROXY`
        .split(/\s+/)
        .toSorted(),
    );
    expect(JSON.stringify(faults)).not.toContain(secretive);
  });

  test.each(['https://x.example', 'http://localhost:5000/token', 'http://127.0.0.1:1', 'http://[::1]:1'])(
    'takes %s as an endpoint',
    (address) => expect(faultsOf({ ...KEYS, GOOGLE_TOKEN_URL: address })).toEqual({}),
  );

  test.each([
    'http://x.example',
    'http://localhost.example',
    'http://128.0.0.1',
    'ftp://localhost',
    'https://a:b@x.example',
  ])('refuses %s as an endpoint', (address) =>
    expect(faultsOf({ ...KEYS, GOOGLE_TOKEN_URL: address })).toHaveProperty('GOOGLE_TOKEN_URL'),
  );

  test('PUBLIC_URL may be http on this machine, but not in production', () => {
    const env = { ...KEYS, PUBLIC_URL: 'http://localhost:8000' };
    expect(loadConfig(env).config.publicUrl).toBe('http://localhost:8000');
    expect(faultsOf({ ...env, NODE_ENV: 'production' })).toHaveProperty('PUBLIC_URL');
    expect(faultsOf({ ...KEYS, PUBLIC_URL: 'http://example.com' })).toHaveProperty('PUBLIC_URL');
  });

  test('makes keys for development, once, for nobody else to read', () => {
    const dataDir = join(folder, 'fresh');
    const first = loadConfig({ DATA_DIR: dataDir }).secrets;
    const file = join(dataDir, KEYS_FILE);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    const second = loadConfig({ DATA_DIR: dataDir }).secrets;
    expect(second).toEqual(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadConfig({ DATA_DIR: dataDir, JWT_SECRET: KEYS.JWT_SECRET }).secrets.tokenKeys).toEqual(first.tokenKeys);
    expect(readFileSync(file, 'utf8')).toContain('development only');
  });

  test('in production missing keys stop the start, and say how to make them', () => {
    const dataDir = join(folder, 'production');
    const faults = faultsOf({ NODE_ENV: 'production', DATA_DIR: dataDir });
    expect(faults['JWT_SECRET']).toContain('openssl rand');
    expect(faults['TOKEN_ENCRYPTION_KEYS']).toContain('openssl rand');
    expect(() => statSync(dataDir)).toThrow('ENOENT');
  });

  test('refuses two keys with one id', () => {
    const key = KEYS.TOKEN_ENCRYPTION_KEYS;
    expect(faultsOf({ ...KEYS, TOKEN_ENCRYPTION_KEYS: `${key},${key}` })).toHaveProperty('TOKEN_ENCRYPTION_KEYS');
  });
});
