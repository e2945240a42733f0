import type { EventContent } from '../domain/event-content.ts';

/** The calendar services that we write to. */
export type ProviderName = 'google' | 'outlook' | 'caldav';

/** What a provider can do, as data: the engine reads this and never asks which provider it speaks to. */
export interface ProviderCapabilities {
  /** How many operations one `apply` call may carry. */
  batchSize: number;
  /** How a repeated create is recognised: an event id or name that we choose, or a key beside it. */
  idempotency: 'client-id' | 'transaction-key' | 'if-none-match';
  /** Whether a calendar of our own can be made in the account. */
  calendarCreation: boolean;
  /** Whether changes can be read back with {@link CalendarProvider.readChanges}. */
  incremental: boolean;
  /** Calls to the service that one operation takes, counted against {@link ProviderLimits}; `lookUp`: a repeated create, more. */
  cost: Readonly<Record<Operation['kind'] | 'lookUp', number>>;
}

/** How often a service may be called. The operator can set other numbers; see `config/settings.ts`. */
export interface ProviderLimits {
  /** Calls a minute to one account (Google) or mailbox (Graph). */
  accountPerMinute: number;
  /** Calls a minute of our whole app, over all nodes. */
  appPerMinute: number;
}

/**
 * The fields that we manage, in the form in which the provider gives them back (its defaults left out, its texts clipped
 * and escaped). Two events are equal when these are equal; the engine stores only their hash. JSON, keys in a fixed order.
 */
export type ManagedFields = Readonly<Record<string, unknown>>;

/** Names one event for ever: a new generation is a new event after the old one was deleted. */
export interface EventKey {
  /** The link's UUID; never reused. */
  link: string;
  generation: number;
}

/** An event that the provider acknowledged. */
export interface RemoteEvent {
  remoteId: string;
  /** `null`: the provider gave none. */
  etag: string | null;
}

/** One change to one event of the target calendar. No batch holds two operations of the same link. */
export type Operation =
  /** `repeated`: an earlier create under this key was never answered, so what may be there is looked up first. */
  | { kind: 'create'; key: EventKey; fields: ManagedFields; repeated?: boolean }
  /** Reads the event first, and writes only where it differs: its owner may have changed it since. */
  | { kind: 'update'; key: EventKey; event: RemoteEvent; fields: ManagedFields }
  /** Reads the event and compares; writes nothing. */
  | { kind: 'check'; key: EventKey; event: RemoteEvent; fields: ManagedFields }
  /** `event: null`: a create whose answer was lost; what may exist under the key is looked up and removed. */
  | { kind: 'delete'; key: EventKey; event: RemoteEvent | null };

/** What became of one operation. */
export type Outcome =
  | { kind: 'written'; event: RemoteEvent; webLink: string | null }
  /** The event showed these fields already; nothing was written. */
  | { kind: 'unchanged'; event: RemoteEvent; webLink: string | null }
  /** A `check` found other fields. */
  | { kind: 'differs'; event: RemoteEvent; webLink: string | null }
  | { kind: 'deleted' }
  /** `begun`: the event may exist all the same; it was made, and what had to follow failed. */
  | { kind: 'failed'; failure: Failure; begun?: boolean };

/** Every vendor failure becomes one of these; the engine knows no other. `code` is stable, for logs and the UI. */
export type Failure =
  /** Try again: `afterMs` when the provider named a time; the wait concerns this event, this account or our whole app. */
  | { kind: 'retry_later'; code: string; afterMs: number | null; scope: 'link' | 'connection' | 'app' }
  /** The account no longer lets us in; only its owner can mend that. */
  | { kind: 'reauth_required'; code: string }
  /** The event is no longer there: its owner deleted it (`event`), or removed the whole target calendar (`calendar`). */
  | { kind: 'gone'; what: 'event' | 'calendar' }
  /** The event under this key is a tombstone or somebody else's: a new generation is needed. */
  | { kind: 'conflict'; code: string }
  /** The provider will not take this event as it is; trying again changes nothing. */
  | { kind: 'refused'; code: string }
  /** Our credentials, our app or our request is wrong: never the person's fault, nobody is disconnected. */
  | { kind: 'operator_error'; code: string }
  /** Sent, but the answer never came: the operation may or may not have happened. */
  | { kind: 'unknown_outcome'; code: string };

/** Access to one calendar of one account, for the time of a call. */
export interface CalendarSession {
  accessToken: string;
  /** The provider's id of the target calendar. */
  calendarId: string;
}

/** What changed in a calendar since a cursor was given, one page of it. */
export type ChangesRead =
  | {
      kind: 'page';
      changes: RemoteChange[];
      /** Opaque. Where to go on: now when there is `more`, otherwise when changes are read the next time. */
      cursor: string;
      more: boolean;
    }
  /** The service has forgotten the cursor, or it was made for another window: begin again without one. */
  | { kind: 'cursor_expired' };

/**
 * A hint that an event is not as it was. Never acted on by itself: the engine looks the event up first. Events that are
 * certainly not ours may be left out, and nothing of them is kept.
 */
export type RemoteChange =
  /** `fields` in the form of `normalise` when the answer told enough of them to compare, otherwise `null`. */
  { kind: 'present'; event: RemoteEvent; fields: ManagedFields | null } | { kind: 'removed'; remoteId: string };

/** What lies outside is of no interest: services that can, leave it out. */
export interface ReadWindow {
  from: Date;
  to: Date;
}

/** Where a person wants their events. */
export type CalendarKind = 'primary' | 'dedicated';

export interface TargetCalendar {
  id: string;
  name: string;
  kind: CalendarKind;
}

/** One calendar service, in our words. Implementations keep vendor types, addresses and environment to themselves. */
export interface CalendarProvider {
  readonly name: ProviderName;
  readonly capabilities: ProviderCapabilities;
  readonly limits: ProviderLimits;

  /** The form in which the provider would give `content` back. Pure. */
  normalise(content: EventContent): ManagedFields;

  /**
   * Carries out up to `capabilities.batchSize` operations and says what became of each, in the order given.
   * Vendor failures are outcomes, never exceptions. Aborting `signal` ends waiting calls as `unknown_outcome`.
   */
  apply(session: CalendarSession, operations: readonly Operation[], signal: AbortSignal): Promise<Outcome[]>;

  /**
   * Reads what changed in the session's calendar since `cursor`, our own writes included. Without a cursor: everything
   * that is there, page by page; what is not among it is no longer there.
   * @throws {ProviderFailure} with the failure that stopped it; `gone` when the whole calendar is
   */
  readChanges(
    session: CalendarSession,
    cursor: string | null,
    window: ReadWindow,
    signal: AbortSignal,
  ): Promise<ChangesRead>;

  /**
   * Finds or makes the calendar that events go to.
   * @throws {ProviderFailure} with the failure that stopped it.
   */
  openCalendar(
    accessToken: string,
    kind: CalendarKind,
    calendarName: string,
    signal: AbortSignal,
  ): Promise<TargetCalendar>;
}

/** A failure outside `apply`, carried as an exception. Its message holds no vendor text and no customer data. */
export class ProviderFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(`provider call failed: ${failure.kind}`, options);
    this.name = 'ProviderFailure';
    this.failure = failure;
  }
}
