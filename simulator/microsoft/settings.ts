import { assignSwitches } from '../kit/switches.ts';

/** How the simulated Microsoft behaves; every switch can be turned while it runs. */
export interface Settings {
  /** Lifetime of access tokens in seconds; null draws one of 60 to 90 minutes each time, as Entra does. */
  accessTokenLifetimeSeconds: number | null;
  /** Days after which an unused refresh token answers AADSTS700082. */
  refreshTokenLifetimeDays: number;
  /** How the token endpoint spells the scopes of Graph. */
  scopeForm: 'short' | 'uri';
  /** The client secrets have run out: AADSTS7000222. */
  clientSecretExpired: boolean;
  /** `error` of the way back from the page "Need admin approval"; its description always is AADSTS90094. */
  adminApprovalError: 'access_denied' | 'consent_required';
  /** `error` of a refresh that needs the person (AADSTS50076): both were seen. */
  interactionError: 'interaction_required' | 'invalid_grant';
  /** Exchange changes the change key of a new event once more, 1 to 5 s after its creation. */
  changeKeySettles: boolean;
  /** A `transactionId` that another event holds: status, and whether the error names that event. */
  duplicateTransaction: { status: 400 | 409; namesEvent: boolean };
  /** Whether the `transactionId` of a deleted event can be used again. */
  transactionAfterDelete: 'spent' | 'free';
  /** Events younger than this are not found by their extended property. */
  propertyIndexLagMs: number;
  /** The id of a new calendar differs from the one that later lists give, as some have seen. */
  unstableCalendarIds: boolean;
  /** Lists and delta rounds answer with shorter pages than asked for, some of them empty. */
  shortPages: boolean;
  /** Delta rounds bring some events twice. */
  deltaDuplicates: boolean;
  /** Changes younger than this come only with the next delta round. */
  deltaLagMs: number;
  /** Age at which a delta link answers 410. */
  deltaLinkLifetimeMs: number;
  /** Age at which a next link of a delta round answers 410. */
  nextLinkLifetimeMs: number;
  /** Status of a batch in which an item was throttled: older guides say 424. */
  throttledBatchStatus: 200 | 424;
  throttle: ThrottleSettings;
}

/** Limits of use of one app and one mailbox; null switches one off. */
export interface ThrottleSettings {
  /** Requests that may be under way at once. https://learn.microsoft.com/graph/throttling-limits */
  concurrency: number | null;
  /** Requests within sliding 10 minutes, refused ones included (same page). */
  requestsPer10Minutes: number | null;
  /** `Retry-After` of a refusal for concurrency; the other limit says when there is room again. */
  retryAfterSeconds: number;
  /** How `Retry-After` is written; `none` leaves it out. */
  retryAfterForm: 'integer' | 'fraction' | 'date' | 'none';
}

/** Changes to some switches. */
export type SettingsPatch = Partial<Omit<Settings, 'throttle' | 'duplicateTransaction'>> & {
  throttle?: Partial<ThrottleSettings>;
  duplicateTransaction?: Partial<Settings['duplicateTransaction']>;
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Microsoft as the reference describes it. */
export function defaultSettings(): Settings {
  return {
    accessTokenLifetimeSeconds: null,
    refreshTokenLifetimeDays: 90,
    scopeForm: 'short',
    clientSecretExpired: false,
    adminApprovalError: 'access_denied',
    interactionError: 'interaction_required',
    changeKeySettles: true,
    duplicateTransaction: { status: 409, namesEvent: true },
    transactionAfterDelete: 'spent',
    propertyIndexLagMs: 0,
    unstableCalendarIds: false,
    shortPages: false,
    deltaDuplicates: false,
    deltaLagMs: 0,
    deltaLinkLifetimeMs: 7 * DAY,
    nextLinkLifetimeMs: 60 * MINUTE,
    throttledBatchStatus: 200,
    throttle: { concurrency: 4, requestsPer10Minutes: 10_000, retryAfterSeconds: 2, retryAfterForm: 'integer' },
  };
}

/** Applies a patch in place. Throws TypeError for a name that is no switch. */
export function changeSettings(settings: Settings, patch: SettingsPatch): void {
  const { throttle, duplicateTransaction, ...rest } = patch;
  assignSwitches(settings, rest);
  if (throttle) assignSwitches(settings.throttle, throttle);
  if (duplicateTransaction) assignSwitches(settings.duplicateTransaction, duplicateTransaction);
}
