import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
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

describe('the settings are those that the program reads', () => {
  const SRC = fileURLToPath(new URL('..', import.meta.url));
  const read = (file: string): string => readFileSync(join(SRC, file), 'utf8');

  test('each of them', () => {
    const readers = globSync('config/*.ts', {
      cwd: SRC,
      exclude: ['**/*.test.ts', '**/settings.ts', '**/documents.ts'],
    });
    const source = readers.map(read).join('\n');
    expect(SETTING_NAMES.filter((name) => !new RegExp(`'${name}'|env\\.${name}\\b`).test(source))).toEqual([]);
  });

  test('and no other of the environment', () => {
    const files = globSync('**/*.ts', { cwd: SRC, exclude: ['**/*.test.ts'] }).map((file) =>
      file.replaceAll('\\', '/'),
    );
    expect(files.filter((file) => /process\.env\b/.test(read(file)))).toEqual(['config/read-env.ts']);
  });
});
