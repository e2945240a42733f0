import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { systemSource } from './system-source.ts';
import { tzif } from './tzif.fixture.ts';
import { loadZones } from './zones.ts';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A zoneinfo folder with one zone that is two hours east of UTC, in the tz database's `version`. */
function zoneinfo(versionFile: string, versionText: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'zoneinfo-'));
  folders.push(folder);
  writeFileSync(join(folder, versionFile), versionText);
  mkdirSync(join(folder, 'Europe'));
  writeFileSync(join(folder, 'Europe', 'Zurich'), tzif({ offset: 7200, abbreviation: 'ZZT', footer: 'ZZT-2' }));
  writeFileSync(join(folder, 'Europe', 'Notes'), 'not a zone');
  return folder;
}

test('a newer system copy wins, an older one does not', () => {
  const newer = loadZones({
    zoneinfo: zoneinfo('tzdata.zi', '# version 2999a\n# This file is in the public domain.\n'),
  });
  expect([newer.source, newer.version, newer.names()]).toEqual(['system', '2999a', ['Europe/Zurich']]);
  expect(newer.offsetSecondsAt('Europe/Zurich', new Date('2026-12-01T00:00:00Z'))).toBe(7200);
  const older = loadZones({ zoneinfo: zoneinfo('tzdata.zi', '# version 2001a\n') });
  expect(older.source).not.toBe('system');
});

test('an equally new system copy gives way to the bundled one', () => {
  const { version } = loadZones({ only: 'bundled' });
  expect(loadZones({ zoneinfo: zoneinfo('+VERSION', `${version}\n`) })).toMatchObject({ version, source: 'bundled' });
});

test('a copy without a version, or none at all, is no source', () => {
  expect(systemSource(zoneinfo('VERSION.txt', '2999a'))).toBeNull();
  expect(systemSource(join(tmpdir(), 'no-such-zoneinfo'))).toBeNull();
  expect(() => loadZones({ zoneinfo: '/no-such-zoneinfo', only: 'system' })).toThrow('No time zone data from system');
});

test('no name leads out of the folder, and only zones are zones', () => {
  const folder = zoneinfo('+VERSION', '2999b\n');
  writeFileSync(join(folder, '..', 'Outside'), tzif({ offset: 0, abbreviation: 'UTC', footer: 'UTC0' }));
  const source = systemSource(folder);
  for (const name of [
    '../Outside',
    'Europe/../../Outside',
    'Europe',
    'Europe/Notes',
    'Europe/Zurich/X',
    '/etc/localtime',
    '',
  ])
    expect(source?.read(name), name).toBeNull();
  rmSync(join(folder, '..', 'Outside'));
  expect(source?.read('Europe/Zurich')).not.toBeNull();
});

test.runIf(existsSync('/usr/share/zoneinfo/Europe/Zurich'))(
  'an alias missing in the copy is found by its other name',
  () => {
    const folder = zoneinfo('+VERSION', '2999c\n');
    mkdirSync(join(folder, 'America'));
    copyFileSync('/usr/share/zoneinfo/America/New_York', join(folder, 'America', 'New_York'));
    const zones = loadZones({ zoneinfo: folder });
    expect(zones.toWall('US/Eastern', new Date('2020-07-01T12:00:00Z'))).toBe('2020-07-01T08:00:00');
    expect(zones.has('US/Pacific')).toBe(false);
  },
);
