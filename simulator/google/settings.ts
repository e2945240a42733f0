import { assignSwitches } from '../kit/switches.ts';

/** How the simulated Google behaves; every switch can be turned while it runs. */
export interface Settings {
  /** Lifetime of access tokens. Google says 3599 or 3600. */
  accessTokenLifetimeSeconds: number;
  /** Publishing status "Testing": refresh tokens die 7 days after consent. */
  testingMode: boolean;
  /** Every refresh answers a new refresh token and kills the old one. Google does not, others do. */
  rotateRefreshTokens: boolean;
  /** Whether an app may bring a tombstone back to life with PUT or PATCH; Google was seen doing both. */
  undelete: 'allowed' | 'forbidden';
  /** Whether a PUT must carry a `sequence` not below the stored one, or may leave it out. */
  sequenceOnPut: 'required' | 'optional';
  /** Several `privateExtendedProperty` filters: Google's reference says and, its guide says or. */
  repeatedPropertyFilter: 'and' | 'or';
  /** Lists answer with shorter pages than asked for, some of them empty. */
  shortPages: boolean;
  /** Off: the operator has not switched the Calendar API on, everything answers 403 accessNotConfigured. */
  apiEnabled: boolean;
  /** Answers above 1 kB are compressed for clients that accept it. */
  gzip: boolean;
  quota: QuotaSettings;
}

/** Limits of use; null switches one off. */
export interface QuotaSettings {
  /** Units per sliding minute and account. https://developers.google.com/workspace/calendar/api/guides/quota */
  perUserPerMinute: number | null;
  /** Units per sliding minute over all accounts. */
  perProjectPerMinute: number | null;
  /** Units of one PATCH. */
  patchUnits: number;
  /** Writes per sliding second to one calendar; Google publishes no number. */
  calendarWritesPerSecond: number | null;
  /** Events created per account and day (support.google.com/a/answer/2905486). */
  eventsCreatedPerDay: number | null;
  /** Calendars created per account and day (same page). */
  calendarsCreatedPerDay: number | null;
  /** Status of a refused request: Google uses 403 and 429. */
  status: 403 | 429;
  /** Seconds of a `Retry-After` header on refusals; null sends none, as Google's documents leave it open. */
  retryAfterSeconds: number | null;
}

/** Changes to some switches. */
export type SettingsPatch = Partial<Omit<Settings, 'quota'>> & { quota?: Partial<QuotaSettings> };

/** Google as the reference describes it. */
export function defaultSettings(): Settings {
  return {
    accessTokenLifetimeSeconds: 3600,
    testingMode: false,
    rotateRefreshTokens: false,
    undelete: 'allowed',
    sequenceOnPut: 'required',
    repeatedPropertyFilter: 'and',
    shortPages: false,
    apiEnabled: true,
    gzip: true,
    quota: {
      perUserPerMinute: 600,
      perProjectPerMinute: 10_000,
      patchUnits: 3,
      calendarWritesPerSecond: 50,
      eventsCreatedPerDay: 100_000,
      calendarsCreatedPerDay: 60,
      status: 403,
      retryAfterSeconds: null,
    },
  };
}

/** Applies a patch in place. Throws TypeError for a name that is no switch. */
export function changeSettings(settings: Settings, patch: SettingsPatch): void {
  const { quota, ...rest } = patch;
  assignSwitches(settings, rest);
  if (quota) assignSwitches(settings.quota, quota);
}
