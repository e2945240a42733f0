import { expect, test } from 'vitest';
import { createMemoryProvider } from '../providers/memory/provider.ts';
import type { CompanySetting } from './desired.ts';
import { projectionFingerprint } from './projection-fingerprint.ts';

const setting: CompanySetting = {
  businessName: 'VALClean',
  appUrl: 'http://localhost:3000',
  toWall: (_, instant) => instant.toISOString().slice(0, 19),
  happensTwice: () => false,
};
const provider = createMemoryProvider();

test('the same form of events has the same fingerprint', () => {
  expect(projectionFingerprint(setting, '2026f', [provider])).toBe(projectionFingerprint(setting, '2026f', [provider]));
});

test('whatever events show changes it', () => {
  const before = projectionFingerprint(setting, '2026f', [provider]);
  const shorter = { ...provider, normalise: () => ({ title: 'all the same' }) };
  expect([
    projectionFingerprint({ ...setting, businessName: 'Other' }, '2026f', [provider]),
    projectionFingerprint({ ...setting, appUrl: 'https://app.example' }, '2026f', [provider]),
    projectionFingerprint(setting, '2026g', [provider]),
    projectionFingerprint(setting, '2026f', [shorter]),
  ]).not.toContain(before);
});
