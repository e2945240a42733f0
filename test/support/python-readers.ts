import { execFileSync } from 'node:child_process';

/** Debian's own, which sees Debian's packages. */
export const PYTHON = '/usr/bin/python3';

/** What each reader needs to be there, as a program that fails without it, and the package that brings it. */
export const READERS = {
  icalendar: { probe: 'import icalendar', package: 'python3-icalendar' },
  libical: {
    probe: 'import ctypes.util, sys; sys.exit(ctypes.util.find_library("ical") is None)',
    package: 'libical3',
  },
  tzif: { probe: 'import zoneinfo; zoneinfo.ZoneInfo("Europe/Zurich")', package: 'tzdata' },
} as const;

export type ReaderName = keyof typeof READERS;

/** Whether somebody else's reader of calendars is on this machine. */
export function hasReader(name: ReaderName): boolean {
  try {
    execFileSync(PYTHON, ['-c', READERS[name].probe], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
