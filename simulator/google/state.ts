import { createHash } from 'node:crypto';
import type { JsonObject } from '../kit/json.ts';
import type { EventTime } from './event-times.ts';

/** An OAuth client registered with the simulated project. */
export interface ClientConfig {
  clientId: string;
  clientSecret: string;
  redirectUris: readonly string[];
  /** Shown on the consent page; the client id when absent. */
  name?: string;
}

/** A person who can sign in. */
export interface AccountConfig {
  email: string;
  name: string;
  /** IANA zone of the primary calendar; `Etc/UTC` when absent. */
  timeZone?: string;
}

/** A person's account with what they switched on. */
export interface Account {
  email: string;
  name: string;
  /** Stable account key, the `sub` of id tokens: digits only, like Google's. */
  sub: string;
  timeZone: string;
  /** The account is closed: refresh answers invalid_grant. */
  disabled: boolean;
  /** The Workspace administrator blocks the app. */
  adminPolicyEnforced: boolean;
  /** The account is over Google's anti-abuse limit: every write answers 403 quotaExceeded. */
  quotaExceeded: boolean;
}

/** A calendar with its events. Times in `changes` are revisions, not instants. */
export interface Calendar {
  id: string;
  owner: string;
  primary: boolean;
  summary: string;
  description: string;
  location: string;
  timeZone: string;
  etag: string;
  /** The client that created it through the API; null for the primary calendar and those made by the person. */
  createdByClient: string | null;
  /** What `calendarList` keeps for the owner: colours, selected, summaryOverride, default reminders. */
  listEntry: JsonObject;
  events: Map<string, StoredEvent>;
  /** One entry per write in order of revision; entries that are no longer an event's newest are stale. */
  changes: Change[];
  /** Sync tokens made before this generation answer 410 fullSyncRequired. */
  syncGeneration: number;
  /** Ids of tombstones that were cleaned up: they can still not be used again. */
  spentIds: Set<string>;
}

/** A write to an event: `revision` grows over the whole simulator. */
export interface Change {
  revision: number;
  eventId: string;
}

/** An event or its tombstone (status `cancelled`). */
export interface StoredEvent {
  id: string;
  iCalUID: string;
  status: 'confirmed' | 'tentative' | 'cancelled';
  start: EventTime;
  end: EventTime;
  /** All other writable fields, as sent, without those at their default. */
  fields: JsonObject;
  sequence: number;
  etag: string;
  /** Milliseconds since the epoch. */
  created: number;
  /** Milliseconds since the epoch; reminders do not move it. */
  updated: number;
  revision: number;
  /** Place in the order of creation, for stable paging. */
  ordinal: number;
}

/** What one account has granted to the project, over all its clients. */
export interface Grant {
  email: string;
  scopes: string[];
  /** Clients that have received a refresh token since the grant began. */
  clientIds: string[];
}

export interface AuthorizationCode {
  code: string;
  clientId: string;
  email: string;
  scopes: string[];
  redirectUri: string;
  codeChallenge: string;
  nonce: string | null;
  withRefreshToken: boolean;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export interface RefreshToken {
  token: string;
  clientId: string;
  email: string;
  scopes: string[];
  /** Milliseconds since the epoch. */
  issuedAt: number;
  lastUsedAt: number;
  /** Milliseconds since the epoch; null: no deadline. */
  expiresAt: number | null;
}

export interface AccessToken {
  token: string;
  clientId: string;
  email: string;
  scopes: string[];
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Everything that survives a restart. */
export interface State {
  revision: number;
  accounts: Map<string, Account>;
  calendars: Map<string, Calendar>;
  grants: Map<string, Grant>;
  codes: Map<string, AuthorizationCode>;
  refreshTokens: Map<string, RefreshToken>;
  accessTokens: Map<string, AccessToken>;
}

/** A state without accounts. */
export function emptyState(): State {
  return {
    revision: 0,
    accounts: new Map(),
    calendars: new Map(),
    grants: new Map(),
    codes: new Map(),
    refreshTokens: new Map(),
    accessTokens: new Map(),
  };
}

/** Adds the account with its primary calendar; an account that is already there stays as it is. */
export function addAccount(state: State, config: AccountConfig): Account {
  const known = state.accounts.get(config.email);
  if (known) return known;
  const account: Account = {
    email: config.email,
    name: config.name,
    sub: subjectOf(config.email),
    timeZone: config.timeZone ?? 'Etc/UTC',
    disabled: false,
    adminPolicyEnforced: false,
    quotaExceeded: false,
  };
  state.accounts.set(account.email, account);
  addCalendar(state, {
    id: account.email,
    owner: account.email,
    primary: true,
    summary: account.email,
    timeZone: account.timeZone,
    createdByClient: null,
  });
  return account;
}

/** Adds an empty calendar. */
export function addCalendar(
  state: State,
  given: Pick<Calendar, 'id' | 'owner' | 'primary' | 'summary' | 'timeZone' | 'createdByClient'> &
    Partial<Pick<Calendar, 'description' | 'location'>>,
): Calendar {
  const calendar: Calendar = {
    description: '',
    location: '',
    ...given,
    etag: etagOf(nextRevision(state)),
    listEntry: {},
    events: new Map(),
    changes: [],
    syncGeneration: 0,
    spentIds: new Set(),
  };
  state.calendars.set(calendar.id, calendar);
  return calendar;
}

/** The account's calendar under that id (`primary` included), or undefined when it has none. */
export function findCalendar(state: State, email: string, calendarId: string): Calendar | undefined {
  const calendar = state.calendars.get(calendarId === 'primary' ? email : calendarId);
  return calendar?.owner === email ? calendar : undefined;
}

/** The next number of the one counter behind etags, sync tokens and the order of events. */
export function nextRevision(state: State): number {
  state.revision += 1;
  return state.revision;
}

/** The quoted, opaque etag of a revision. */
export function etagOf(revision: number): string {
  return `"${3_400_000_000_000_000 + revision * 2}"`;
}

function subjectOf(email: string): string {
  const digest = createHash('sha256').update(email).digest('hex').slice(0, 16);
  return `1${(BigInt(`0x${digest}`) % 10n ** 20n).toString().padStart(20, '0')}`;
}
