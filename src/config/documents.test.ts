import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { configurationPage, envExample } from './documents.ts';
import { loadConfig } from './load.ts';
import { SETTING_NAMES } from './settings.ts';

// Written anew by `vitest run -u`.
test('.env.example says what the settings say', async () => {
  await expect(envExample()).toMatchFileSnapshot('../../.env.example');
});

test('docs/configuration.md says what the settings say', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../docs/configuration.md');
});

test('.env.example names every setting once, and all of its defaults can be used', () => {
  const lines = envExample().match(/^# [A-Z_]+=.*$/gm) ?? [];
  expect(lines.map((line) => line.slice(2).split('=')[0])).toEqual(SETTING_NAMES);
  const env = parseEnv(lines.map((line) => line.slice(2)).join('\n'));
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const keys = { JWT_SECRET: 'x'.repeat(32), TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` };
  expect(loadConfig({ ...given, ...keys }).config).toEqual(loadConfig(keys).config);
});
