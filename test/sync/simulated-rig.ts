import type { FaultAction as GoogleAction, FaultRule as GoogleRule } from '../../simulator/google/faults.ts';
import type { FaultRule as OutlookRule } from '../../simulator/microsoft/faults.ts';
import type { JsonObject } from '../../simulator/kit/json.ts';
import { SECOND, type Clock } from '../../src/base/time.ts';
import type { Database } from '../../src/db/database.ts';
import type { ProviderAccess } from '../../src/sync/drain-context.ts';
import type { Grant } from '../../src/sync/oauth.ts';
import type { CalendarProvider, CalendarSession, Failure, ProviderName } from '../../src/sync/provider.ts';
import { linkAccount } from '../../src/use-cases/calendar/link-account.ts';
import type { CalendarContext } from '../../src/use-cases/calendar/context.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { consentSecrets } from '../providers/consent-secrets.ts';
import { openGoogle, type GoogleSetup } from '../providers/google-setup.ts';
import { openOutlook, type OutlookSetup } from '../providers/outlook-setup.ts';
import { seenInGoogle, seenInOutlook, type SeenEvent } from '../support/seen-event.ts';
import type { HistoryEvent, HistoryFault, HistoryRig, HistoryService } from './history.ts';
import { startRig } from './rig.ts';
import { openSimulatedCaldav } from './simulated-caldav.ts';

/*
 * A rig whose calendars lie at the simulated services, behind the real providers. Everybody's calendar goes by the name
 * that it would have at the in-memory provider, so that the same histories can be played on both.
 */

export interface SimulatedRig extends HistoryRig {
  /** What the simulators minded, but for what a killed worker can't know of: pauses and calls that are under way. */
  flags(): string[];
  close(): Promise<void>;
}

/** Three services at the time of the rig, which stands still: limits that need seconds to pass are off. */
export async function startSimulatedRig(database: Database): Promise<SimulatedRig> {
  const rig = await startRig(database, { markedTogether: 2 });
  // Histories have workers of their own, which can die.
  await rig.worker.stop();
  const { clock } = rig;
  const quota = { perUserPerMinute: null, calendarWritesPerSecond: null };
  const google = await openGoogle({ accounts: [], clock, settings: { quota } }, clock);
  const outlook = await openOutlook({ accounts: [], clock }, clock);
  const caldav = await openSimulatedCaldav(clock);
  const accounts = new Map<string, string>();
  const accountBehind = (accessToken: string): string | undefined => accounts.get(accessToken);
  const services = { google: googleService(google), outlook: outlookService(outlook), caldav: caldav.service };
  const providers = new Map<ProviderName, ProviderAccess>([
    ['google', { provider: underOwnNames(google.provider, accountBehind, services.google), oauth: google.oauth }],
    ['outlook', { provider: underOwnNames(outlook.provider, accountBehind, services.outlook), oauth: outlook.oauth }],
    ['caldav', { provider: underOwnNames(caldav.provider, caldav.accountBehind, caldav.service), login: caldav.login }],
  ]);
  const context: CalendarContext = { ...rig.context, providers };
  const simulators = { google: google.simulator, outlook: outlook.simulator };

  async function connect(person: Caller, provider: ProviderName = 'google'): Promise<void> {
    const account = accountOf(person, provider);
    if (provider === 'caldav') return caldav.connect(context, person, account);
    const grant =
      provider === 'google'
        ? await signIn(google, google.config.tokenUrl, account, clock)
        : await signIn(outlook, `${outlook.config.authorityUrl}/oauth2/v2.0/token`, account, clock);
    accounts.set(grant.tokens.accessToken, account);
    const wanted = { userId: person.id, provider, calendarKind: 'primary' as const };
    const linked = await linkAccount(context, wanted, grant, AbortSignal.timeout(10 * SECOND));
    if (linked !== 'linked') throw new Error(linked);
  }

  return {
    ...{ context, clock, connect, person: rig.person, order: rig.order, confirm: rig.confirm },
    ...services,
    expireTokens(person, provider) {
      // A password stays good until its owner makes another.
      if (provider !== 'caldav') simulators[named(provider)].expireAccessTokens(emailOf(accountOf(person, provider)));
    },
    revokeGrant(person, provider) {
      const account = accountOf(person, provider);
      if (provider === 'caldav') caldav.changePassword(account);
      else simulators[named(provider)].revokeGrant(emailOf(account));
    },
    endFaults() {
      for (const { simulator } of [google, outlook, caldav]) simulator.faults.clear();
    },
    flags: () =>
      [google, outlook, caldav]
        .flatMap(({ simulator }) => simulator.requests())
        .flatMap(({ flags }) => flags)
        .filter((flag) => !UNKNOWABLE.has(flag)),
    async close() {
      await rig.close();
      await google.close();
      await outlook.close();
      await caldav.close();
    },
  };
}

const UNKNOWABLE = new Set(['RETRY-AFTER NOT HONOURED', 'MAILBOX CONCURRENCY EXCEEDED']);

const accountOf = ({ id }: Caller, provider: ProviderName): string => `${provider}-${id}`;
const emailOf = (account: string): string => `${account}@mail.example`;
const emailIn = (calendarId: string): string => emailOf(calendarId.split('/')[0] ?? '');

function named(provider: ProviderName): 'google' | 'outlook' {
  if (provider === 'google' || provider === 'outlook') return provider;
  throw new Error(`nobody simulates ${provider}`);
}

/** The app's budget fills up by the clock of the database, which goes on while that of the rig stands still. */
const UNLIMITED = 10_000_000;

/** `google-7/primary` for what the service itself calls `primary`. */
function underOwnNames(
  provider: CalendarProvider,
  accountBehind: (accessToken: string) => string | undefined,
  { calls }: { calls: HistoryService['calls'][number][] },
): CalendarProvider {
  const inside = (session: CalendarSession): CalendarSession => {
    const [, calendarId = ''] = session.calendarId.split('/');
    return { ...session, calendarId };
  };
  return {
    ...provider,
    limits: { ...provider.limits, appPerMinute: UNLIMITED },
    apply(session, operations, signal) {
      calls.push({ session, operations });
      return provider.apply(inside(session), operations, signal);
    },
    readChanges: (session, ...more) => provider.readChanges(inside(session), ...more),
    async openCalendar(accessToken, ...more) {
      const calendar = await provider.openCalendar(accessToken, ...more);
      return { ...calendar, id: `${accountBehind(accessToken)}/${calendar.id}` };
    },
  };
}

type Service = HistoryService & { calls: HistoryService['calls'][number][] };

function googleService({ simulator }: GoogleSetup): Service {
  return {
    calls: [],
    events(calendarId) {
      const events = simulator.events(emailIn(calendarId));
      return events.filter(({ status }) => status !== 'cancelled').map((event) => toHistory(event, seenInGoogle));
    },
    edit(calendarId, remoteId, { fields, colour }) {
      const patch = fields
        ? {
            summary: String(fields['title']),
            location: String(fields['location']),
            start: { dateTime: String(fields['startsAt']), timeZone: 'UTC' },
            end: { dateTime: String(fields['endsAt']), timeZone: 'UTC' },
          }
        : {};
      simulator.edit(emailIn(calendarId), 'primary', remoteId, { ...patch, ...(colour && { colorId: '11' }) });
    },
    remove: (calendarId, remoteId) => simulator.remove(emailIn(calendarId), 'primary', remoteId),
    forgetCursors: () => simulator.expireSyncTokens(),
    fail(fault) {
      simulator.faults.add(googleFault(fault));
    },
  };
}

function outlookService({ simulator }: OutlookSetup): Service {
  const time = (at: unknown): JsonObject => ({ dateTime: String(at).replace('Z', ''), timeZone: 'UTC' });
  return {
    calls: [],
    events: (calendarId) => simulator.events(emailIn(calendarId)).map((event) => toHistory(event, seenInOutlook)),
    edit(calendarId, remoteId, { fields, colour }) {
      const patch = fields
        ? {
            subject: String(fields['title']),
            location: { displayName: String(fields['location']) },
            ...{ start: time(fields['startsAt']), end: time(fields['endsAt']) },
          }
        : {};
      const categories = colour ? { categories: ['Red category'] } : {};
      simulator.edit(emailIn(calendarId), remoteId, { ...patch, ...categories });
    },
    remove: (calendarId, remoteId) => simulator.remove(emailIn(calendarId), remoteId),
    forgetCursors: () => simulator.expireDeltaTokens(),
    fail(fault) {
      simulator.faults.add(outlookFault(fault));
    },
  };
}

function toHistory(event: JsonObject, see: (event: JsonObject) => SeenEvent): HistoryEvent {
  const { id, lines, title, startsAt, endsAt, location, busy } = see(event);
  const fields = { title, startsAt, endsAt, location, busy, description: lines.join('\n') };
  return { remoteId: id, key: keyOf(event), fields };
}

/** By our mark, of whichever service. */
function keyOf({ extendedProperties, singleValueExtendedProperties }: JsonObject): HistoryEvent['key'] {
  const google = (extendedProperties as { private?: Record<string, string> } | undefined)?.private;
  const [mark] = (singleValueExtendedProperties as { value: string }[] | undefined) ?? [];
  const [link = '', generation = ''] = mark ? mark.value.split(':') : [google?.['vcLink'], google?.['vcGeneration']];
  return { link, generation: Number(generation) };
}

/** Calls, as parts of a batch or by themselves, or whole requests, batches and all; signing in is not among them. */
function aim({ calendarId, times = 1 }: HistoryFault, path: string): Pick<GoogleRule, 'match' | 'times'> {
  const account = emailIn(calendarId);
  const whole = { account, inBatch: false, path };
  return { times, match: times % 2 === 0 ? whole : { account, operation: 'events.*' } };
}

/** What Google would have said for the engine to hear of such a failure. */
function googleFault(fault: HistoryFault): GoogleRule {
  const { match, times } = aim(fault, '/calendar/v3');
  const inserts = { account: emailIn(fault.calendarId), operation: 'events.insert' };
  const { failure } = fault;
  if (failure.kind === 'refused')
    return { match: inserts, times, action: { kind: 'answer', status: 400, reason: 'invalid' } };
  if (failure.kind === 'conflict')
    return { match: inserts, times, action: { kind: 'answer', status: 409, reason: 'duplicate' } };
  return { match, times, action: googleAction(failure, fault.when ?? 'before') };
}

function googleAction(failure: Failure, when: 'before' | 'after'): GoogleAction {
  const refused = (status: number, reason: string, wait = 0): GoogleAction => ({
    ...{ kind: 'answer', status, reason },
    ...(wait > 0 && { retryAfterSeconds: wait }),
  });
  if (failure.kind === 'unknown_outcome') {
    return when === 'after' ? { kind: 'drop-after-commit' } : { kind: 'drop' };
  }
  if (failure.kind === 'reauth_required') return refused(401, 'authError');
  if (failure.kind === 'operator_error') return refused(403, 'accessNotConfigured');
  if (failure.kind !== 'retry_later') throw new Error(`Google does not say ${failure.kind}`);
  if (failure.scope === 'link') return refused(409, 'conflict');
  if (failure.scope === 'app') return refused(403, 'dailyLimitExceeded');
  return failure.code === 'quota' ? refused(403, 'quotaExceeded') : refused(429, 'rateLimitExceeded', 20);
}

/** The same in Microsoft's words. It has none for an id that is taken and for a pause of the whole app: others, then. */
function outlookFault(fault: HistoryFault): OutlookRule {
  const { match, times } = aim(fault, '/v1.0/');
  const creates = { account: emailIn(fault.calendarId), operation: 'events.create' };
  if (fault.failure.kind === 'refused') return { match: creates, times, action: { kind: 'answer', status: 400 } };
  return { match, times, action: outlookAction(fault.failure, fault.when ?? 'before') };
}

function outlookAction(failure: Failure, when: 'before' | 'after'): OutlookRule['action'] {
  const refused = (status: number, more: object = {}): OutlookRule['action'] => ({ kind: 'answer', status, ...more });
  if (failure.kind === 'unknown_outcome') {
    return when === 'after' ? { kind: 'answer-after-commit', status: 504 } : { kind: 'drop' };
  }
  if (failure.kind === 'reauth_required') return refused(401);
  if (failure.kind === 'operator_error') return refused(405, { code: 'Request_BadRequest' });
  if (failure.kind === 'conflict') return refused(423);
  if (failure.kind !== 'retry_later') throw new Error(`Microsoft does not say ${failure.kind}`);
  if (failure.scope === 'link') return refused(412);
  if (failure.scope === 'app') return refused(503);
  return failure.code === 'quota' ? refused(507) : refused(429, { retryAfter: 20 });
}

interface TokenAnswer {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  scope: string;
}

/** Without ID tokens: their time would be that of the rig, and whoever checks them has another one. */
async function signIn(
  { simulator, config, oauth }: GoogleSetup | OutlookSetup,
  tokenUrl: string,
  account: string,
  clock: Clock,
): Promise<Grant> {
  simulator.addAccount({ email: emailOf(account), name: account, timeZone: 'Europe/London' });
  const secrets = { ...consentSecrets(), calendar: 'primary' as const };
  const address = new URL(await oauth.authorizationUrl({ ...secrets, loginHint: null, formerCalendar: null }));
  address.searchParams.set('scope', address.searchParams.get('scope')?.replace('openid ', '') ?? '');
  const callback = new URL(await simulator.authorize(address.href, { email: emailOf(account) }));
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: config.clientId,
    client_secret: config.clientSecret,
    redirect_uri: config.redirectUri,
    code: callback.searchParams.get('code') ?? '',
    code_verifier: secrets.codeVerifier,
  });
  const answer = (await (await fetch(tokenUrl, { method: 'POST', body })).json()) as TokenAnswer;
  return {
    tokens: {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token,
      accessExpiresAt: new Date(clock.now().getTime() + answer.expires_in * SECOND),
      refreshExpiresAt: null,
    },
    accountId: account,
    accountEmail: emailOf(account),
    scopes: answer.scope.split(' '),
  };
}
