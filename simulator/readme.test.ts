import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultSettings as googleSettings } from './google/settings.ts';
import { defaultSettings as microsoftSettings } from './microsoft/settings.ts';

const README = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const [GOOGLE = '', MICROSOFT = ''] = README.split('## Microsoft');

test.each([
  ['Google', GOOGLE, googleSettings()],
  ['Microsoft', MICROSOFT, microsoftSettings()],
])('the README tells of every switch of %s', (_name, text, settings) => {
  const missing = Object.keys(settings).filter((name) => !text.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});
