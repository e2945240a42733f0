import type { Appointment } from '../domain/appointment.ts';
import type { CalendarOwner } from './desired.ts';
import type { TokenSet } from './oauth.ts';
import type { LinkRecord } from './plan.ts';
import type { CalendarKind, ProviderName } from './provider.ts';
import type { LinkResult } from './settle.ts';

/** One account, held by one worker. Whatever is written under a lease that was lost meanwhile changes nothing. */
export interface Lease {
  token: number;
  connection: LeasedConnection;
}

export interface LeasedConnection {
  id: number;
  provider: ProviderName;
  accountId: string;
  status: 'active' | 'degraded' | 'disconnecting';
  calendarId: string | null;
  calendarKind: CalendarKind;
  accessToken: string | null;
  refreshToken: string | null;
  accessExpiresAt: Date | null;
  attempts: number;
  removeEvents: boolean;
  owner: CalendarOwner;
}

/** One link that is due, with the appointment as it is now. */
export interface DueLink {
  record: LinkRecord;
  appointment: Appointment;
}

/** What a worker asks for. `limit` bounds the links taken with the lease. */
export interface Claim {
  connectionId: number;
  providers: readonly ProviderName[];
  now: Date;
  leaseMs: number;
  limit: number;
}

/** What a connection-wide failure does to the connection. */
export interface Setback {
  code: string;
  /** Nothing is tried before this; `null` leaves it to the status. */
  notBefore: Date | null;
  /** The owner has to sign in again. */
  reauthRequired: boolean;
}

/** What the engine keeps and looks up. Times are passed in, except the lease itself, which runs on the database's clock. */
export interface SyncStore {
  /** Connections with something to do that nobody holds, the most urgent first. */
  findReady(now: Date, limit: number, providers: readonly ProviderName[]): Promise<number[]>;

  /**
   * Takes the account and its first due links, marked as in flight; `null` when it is held elsewhere, backing off, of none
   * of these providers, or has nothing to do.
   */
  claim(claim: Claim): Promise<{ lease: Lease; links: DueLink[] } | null>;

  /**
   * The next due links of a held account, marked as in flight. Empty when nothing is due or the lease is lost. Brings what
   * the owner wants (`status`, `removeEvents`, `owner` of the lease's connection) up to date with them.
   */
  takeDue(lease: Lease, now: Date, limit: number): Promise<DueLink[]>;

  /** Whether links of a held account are left that will be tried again, now or later. */
  hasUnfinished(lease: Lease): Promise<boolean>;

  /** Prolongs the lease. @returns whether it is still held */
  renew(lease: Lease, leaseMs: number): Promise<boolean>;

  /** Writes outcomes down and prolongs the lease; changes nothing when the lease is lost. @returns whether it was held */
  record(lease: Lease, results: readonly LinkResult[], now: Date, leaseMs: number): Promise<boolean>;

  /** Gives the account back. @returns when it wants to be looked at again; `null`: when something changes */
  release(lease: Lease, now: Date): Promise<Date | null>;

  /** Notes that the whole account can't be served for now. */
  setBack(lease: Lease, setback: Setback, now: Date): Promise<void>;

  storeTokens(lease: Lease, tokens: TokenSet, now: Date): Promise<boolean>;

  /** Ends a disconnection: erases the tokens, hides the connection, says how many events could not be removed. */
  finishDisconnect(lease: Lease, now: Date): Promise<void>;

  /** Marks as degraded what has been failing since before `since`, and ends disconnections that are past their time. */
  sweep(now: Date, since: Date): Promise<void>;
}
