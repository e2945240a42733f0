import { SECOND, type Clock } from '../base/time.ts';
import type { AppBudget } from './app-budget.ts';
import type { CallSlots } from './call-slots.ts';
import { desiredFor, fingerprint, shapeOf, type CompanySetting } from './desired.ts';
import type { ProviderLogin } from './login.ts';
import type { ProviderGrants, ProviderOAuth } from './oauth.ts';
import type { Pacing } from './pacing.ts';
import type { Target } from './plan.ts';
import {
  ProviderFailure,
  type CalendarProvider,
  type CalendarSession,
  type Failure,
  type ProviderName,
} from './provider.ts';
import { givenBack, type LinkResult } from './settle.ts';
import type { DueLink, GuardQuestion, Lease, SyncStore } from './store.ts';
import { freshAccessToken } from './tokens.ts';

/** A lease outlives its renewals by far: a slow database must not hand an account to two workers. */
export const LEASE_MS = 30 * SECOND;

/** A provider with the way into its accounts: a consent on a page of its own, or a password that people give to us. */
export type ProviderAccess = ConsentAccess | LoginAccess;

export interface ConsentAccess {
  provider: CalendarProvider;
  oauth: ProviderOAuth;
}

export interface LoginAccess {
  provider: CalendarProvider;
  login: ProviderLogin;
}

/** What keeps and ends grants, whichever way they were given. */
export function grantsOf(access: ProviderAccess): ProviderGrants {
  return 'login' in access ? access.login : access.oauth;
}

export interface DrainDeps {
  store: SyncStore;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  pacing: Pacing;
  budget: AppBudget;
  slots: CallSlots;
  /** How often calendars are read back, and how far ahead they are written. */
  reading: { pollMs: number; horizonMs: number };
  setting: CompanySetting;
  providers: ReadonlyMap<ProviderName, ProviderAccess>;
  /** Told about outcomes, for logs and metrics; never given customers' data. */
  observe: (event: DrainEvent) => void;
}

export type DrainEvent =
  | {
      kind: 'batch';
      connectionId: number;
      provider: ProviderName;
      calls: number;
      failures: number;
      /** Failures that say that we are too fast. */
      throttled: number;
      tookMs: number;
    }
  /** Acknowledged and written down, each so long after it was due. */
  | { kind: 'recorded'; connectionId: number; provider: ProviderName; lagsMs: readonly number[] }
  | { kind: 'setback'; connectionId: number; provider: ProviderName; failure: Failure }
  | { kind: 'read'; connectionId: number; provider: ProviderName; tookMs: number }
  | { kind: 'asked'; connectionId: number; provider: ProviderName; question: GuardQuestion['kind'] }
  /** Written down, for these appointments; `null`: the account as a whole is in another state. */
  | { kind: 'changed'; connectionId: number; appointmentIds: readonly number[] | null }
  | { kind: 'lease_lost'; connectionId: number };

/** What every step of one drain needs. */
export interface Drain extends DrainDeps {
  access: ProviderAccess;
  lease: Lease;
  signal: AbortSignal;
  /** A budget was used up: not before this. */
  waitUntil: Date | null;
  /** Given back already, and when it wants to be looked at again by itself. */
  givenBack: { again: Date | null } | null;
  /** The deletion guard has looked at the whole plan and let it pass. */
  deletionsAllowed: boolean;
}

/** Nothing more is done for this account now, and nobody is at fault. */
export type Rest = 'rest';

/** What a link's calendar should show now. */
export function targetOf({ access, setting, lease: { connection } }: Drain, link: DueLink): Target {
  if (connection.status === 'disconnecting') return { kind: 'absent' };
  const desired = desiredFor(link.appointment, connection.owner, setting);
  if (desired.kind === 'absent') return desired;
  const fields = access.provider.normalise(desired.content);
  return { kind: 'present', fields, hash: fingerprint(fields), shape: shapeOf(link.appointment) };
}

/** Access to a calendar of the account, with a token that is good. @throws {ProviderFailure} */
export async function openSession(
  drain: Drain,
  calendarId: string | null,
  rejected: string | null,
): Promise<CalendarSession> {
  const { access, lease, signal } = drain;
  const accessToken = await freshAccessToken({ ...drain, grants: grantsOf(access) }, lease, signal, rejected);
  if (calendarId === null) throw new ProviderFailure({ kind: 'gone', what: 'calendar' });
  return { accessToken, calendarId };
}

/** 401 on a token that should be good: one refresh decides whether the grant is dead. */
export function isTokenRejection(failure: Failure): boolean {
  return failure.kind === 'reauth_required' && failure.code === 'access_token_rejected';
}

/**
 * Writes outcomes down, and gives the account back with them when nothing is left to do.
 * @returns whether the lease was still held
 */
export async function record(drain: Drain, results: readonly LinkResult[], isAll = false): Promise<boolean> {
  const { store, lease, clock, pacing } = drain;
  const now = clock.now();
  const spent = isAll ? pacing.spentLately(lease.connection.id, now.getTime()) : null;
  const { held, again } = await store.record(lease, results, now, LEASE_MS, spent);
  if (held && isAll) drain.givenBack = { again };
  if (!held) drain.observe({ kind: 'lease_lost', connectionId: lease.connection.id });
  if (results.some((result) => result.acknowledged)) lease.connection.attempts = 0;
  return held;
}

/** Links that were taken and nothing was sent for are due as before. */
export function giveBack(drain: Drain, links: readonly DueLink[]): Promise<boolean> {
  return record(
    drain,
    links.map((link) => givenBack(link.record)),
  );
}
