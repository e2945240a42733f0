import { assignSwitches } from '../kit/switches.ts';

/** How the simulated server behaves; every switch can be turned while it runs. Real servers do each of these. */
export interface Settings {
  /** Whether the answer to a PUT tells the etag. Cyrus, sabre and iCloud leave it out when they changed what they were given. */
  etagAfterPut: boolean;
  /** Etags are weak, which no condition may use. */
  weakEtags: boolean;
  /** An object is kept under another name than it was put under; `silent` does not tell in `Location`. */
  renames: 'never' | 'told' | 'silent';
  /** How a UID that is taken is refused; Xandikos says 207, which looks like a success. */
  uidConflict: 409 | 403 | 400 | 207;
  /** Only properties of the standard are kept. */
  keepsOwnProperties: boolean;
  /** Whether `sync-collection` is known, and `getctag`. */
  syncCollection: boolean;
  ctag: boolean;
  /** Changes told at once; 507 says that there are more. `null`: all. */
  changesPerPage: number | null;
  /** What an unknown sync token is answered with; 403 by the standard. */
  badToken: 403 | 409 | 410 | 418 | 500;
  /** Whether people may make calendars. */
  makesCalendars: boolean;
  /** There is no room any more. */
  full: boolean;
  /** `@` in hrefs is written as `%40`. */
  encodesAt: boolean;
}

export type SettingsPatch = Partial<Settings>;

/** A server that does everything as the standards wish. */
export function defaultSettings(): Settings {
  return {
    etagAfterPut: true,
    weakEtags: false,
    renames: 'never',
    uidConflict: 409,
    keepsOwnProperties: true,
    syncCollection: true,
    ctag: true,
    changesPerPage: null,
    badToken: 403,
    makesCalendars: true,
    full: false,
    encodesAt: true,
  };
}

/** Applies a patch in place. Throws TypeError for a name that is no switch. */
export function changeSettings(settings: Settings, patch: SettingsPatch): void {
  assignSwitches(settings, patch);
}
