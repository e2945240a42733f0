import type { Appointment } from '../domain/appointment.ts';
import type { CalendarOwner } from './desired.ts';
import type { TokenSet } from './oauth.ts';
import type { Spent } from './pacing.ts';
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
  /** Where the next reading of changes begins; `null`: from the start. */
  readCursor: string | null;
  /** When changes are to be read back; `null`: not at all. */
  readDueAt: Date | null;
  /** Calls of the last minute. */
  spent: Spent;
  removeEvents: boolean;
  /** The owner told the deletion guard that what it asked about stays. */
  keepUnasked: boolean;
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
  /** `notBefore` is the provider's own word: nothing that people do shortens it. */
  askedToWait?: boolean;
  /** The owner has to sign in again. */
  reauthRequired: boolean;
}

/** What a reading told of one event of the calendar; the store knows which of them are ours. */
export interface NotedChange {
  remoteId: string;
  removed: boolean;
  etag: string | null;
  /** Fingerprint of what it shows, when that was told. */
  hash: string | null;
}

/** Ends a reading. */
export interface ReadDone {
  /** `null`: the next reading is from the start. */
  cursor: string | null;
  nextReadAt: Date;
}

/**
 * What the owner is asked before much of a calendar disappears. `removal`: they seem to have deleted our events
 * themselves; `deletion`: new rules of ours would delete them.
 */
export interface GuardQuestion {
  kind: 'removal' | 'deletion';
  /** How many events it is about, and how many there are. */
  count: number;
  of: number;
}

/** Whether the lease was still held, and when an account that was given back wants to be looked at again. */
export interface Recorded {
  held: boolean;
  /** `null`: when something changes. */
  again: Date | null;
}

/** What the engine keeps and looks up. Times are passed in, except the lease itself, which runs on the database's clock. */
export interface SyncStore {
  /** Connections with something to do that nobody holds, the most urgent first; `urgent`: a person waits for it. */
  findReady(now: Date, limit: number, providers: readonly ProviderName[]): Promise<{ id: number; urgent: boolean }[]>;

  /**
   * Takes the account and its first due links, marked as in flight; `null` when it is held elsewhere, backing off, of none
   * of these providers, or has nothing to do.
   */
  claim(claim: Claim): Promise<{ lease: Lease; links: DueLink[] } | null>;

  /**
   * The next due links of a held account, marked as in flight. Empty when nothing is due or the lease is lost. Brings what
   * the owner wants (`status`, `removeEvents`, `owner` of the lease's connection) up to date with them.
   * @param but links that the holder is working on: those are due until they are written down
   */
  takeDue(lease: Lease, now: Date, limit: number, but: readonly number[]): Promise<DueLink[]>;

  /**
   * Brings what the owner wants up to date by itself, as links that were taken before must not be carried out for wishes that
   * no longer hold. @returns whether the lease is still held
   */
  refresh(lease: Lease): Promise<boolean>;

  /** Whether links of a held account are left that will be tried again, now or later, or that are still to be marked. */
  hasUnfinished(lease: Lease): Promise<boolean>;

  /** Prolongs the lease. @returns whether it is still held */
  renew(lease: Lease, leaseMs: number): Promise<boolean>;

  /**
   * Writes outcomes down; changes nothing when the lease is lost. Prolongs the lease, or gives the account back as `release`
   * does when `spent` is told: one write less.
   */
  record(
    lease: Lease,
    results: readonly LinkResult[],
    now: Date,
    leaseMs: number,
    spent: Spent | null,
  ): Promise<Recorded>;

  /**
   * Gives the account back, with what was spent within the last minute.
   * @returns when it wants to be looked at again; `null`: when something changes
   */
  release(lease: Lease, spent: Spent, now: Date): Promise<Date | null>;

  /**
   * Notes what a reading told: events that are not as we left them become due for a look (`recheck`), those that seem
   * deleted are held until the reading ends. @returns how many seem deleted
   */
  noteChanges(lease: Lease, changes: readonly NotedChange[], now: Date): Promise<number>;

  /** Notes as deleted which events of the time from `from` on a reading from the start did not show. @returns how many */
  noteMissing(lease: Lease, shown: ReadonlySet<string>, from: Date): Promise<number>;

  /** Events from a time on that the calendar should hold, as far as we know. */
  countEvents(lease: Lease, from: Date): Promise<number>;

  /** The calendar can't be read now; writing goes on. */
  postponeReading(lease: Lease, until: Date): Promise<void>;

  /** Keeps where the next reading begins, and lets those that seem deleted be looked at. */
  endReading(lease: Lease, done: ReadDone, now: Date): Promise<void>;

  /** Due links that no person asked for, without taking them: for the deletion guard. In the order of their ids. */
  peekUnasked(lease: Lease, afterId: number, limit: number): Promise<DueLink[]>;

  /** Pauses the account until its owner has answered. */
  ask(lease: Lease, question: GuardQuestion, now: Date): Promise<void>;

  /** Notes that the whole account can't be served for now. */
  setBack(lease: Lease, setback: Setback, now: Date): Promise<void>;

  storeTokens(lease: Lease, tokens: TokenSet, now: Date): Promise<boolean>;

  /** Ends a disconnection: erases the tokens, hides the connection, says how many events could not be removed. */
  finishDisconnect(lease: Lease, now: Date): Promise<void>;

  /** Marks as degraded what has been failing since before `since`, and ends disconnections that are past their time. */
  sweep(now: Date, since: Date): Promise<void>;
}
