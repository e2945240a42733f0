import ICAL from 'ical.js';
import { startCaldavSimulator, type CaldavSimulator } from '../../simulator/caldav/server.ts';
import type { FaultRule } from '../../simulator/caldav/faults.ts';
import type { Clock } from '../../src/base/time.ts';
import { readAccess } from '../../src/providers/caldav/account.ts';
import type { ProviderLogin } from '../../src/sync/login.ts';
import type { CalendarProvider, Failure } from '../../src/sync/provider.ts';
import { connectWithLogin } from '../../src/use-cases/calendar/connect-with-login.ts';
import type { CalendarContext } from '../../src/use-cases/calendar/context.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { openClient } from '../providers/caldav-setup.ts';
import type { HistoryEvent, HistoryFault, HistoryService } from './history.ts';

/** A simulated CalDAV server for histories, and the provider that speaks to it; an account's name is its user's. */
export interface SimulatedCaldav {
  simulator: CaldavSimulator;
  login: ProviderLogin;
  /** Its calendars are called `primary`, as at the other services. */
  provider: CalendarProvider;
  service: HistoryService & { calls: HistoryService['calls'][number][] };
  /** Whose account a token opens. */
  accountBehind(accessToken: string): string | undefined;
  /** Connects a person's account with the password that it has now. @throws BusinessError when the server is of no help */
  connect(context: CalendarContext, person: Caller, account: string): Promise<void>;
  /** The account's owner makes another app password. */
  changePassword(account: string): void;
  close(): Promise<void>;
}

export async function openSimulatedCaldav(clock: Clock): Promise<SimulatedCaldav> {
  const simulator = await startCaldavSimulator({ accounts: [], clock });
  const { http, login, provider } = openClient();
  const passwords = new Map<string, string>();
  const service: SimulatedCaldav['service'] = {
    calls: [],
    events: (calendarId) => simulator.events(userIn(calendarId)).map((event) => seen(simulator, calendarId, event)),
    edit(calendarId, remoteId, { fields, colour }) {
      simulator.edit(userIn(calendarId), nameIn(remoteId), (data) => edited(data, fields, colour ?? null));
    },
    remove: (calendarId, remoteId) => simulator.remove(userIn(calendarId), nameIn(remoteId)),
    forgetCursors() {
      for (const { user } of simulator.accounts()) simulator.forgetTokens(user);
    },
    fail: (fault) => void simulator.faults.add(faultRule(fault)),
  };
  return {
    ...{ simulator, login, service, provider: withPlainNames(provider, simulator) },
    accountBehind: (accessToken) => readAccess(accessToken)?.username,
    async connect(context, person, account) {
      const password = passwords.get(account) ?? 'password 1';
      passwords.set(account, password);
      simulator.addAccount({ user: account, name: account, password });
      const credentials = { server: simulator.url, username: account, password };
      const wanted = { provider: 'caldav', login: credentials, calendar: 'primary', calendarId: null } as const;
      await connectWithLogin(context, person, wanted);
    },
    changePassword(account) {
      const password = passwords.get(account);
      if (password === undefined) return;
      passwords.set(account, `${password}1`);
      simulator.changePassword(account, `${password}1`);
    },
    async close() {
      await http.close();
      await simulator.close();
    },
  };
}

const userIn = (calendarId: string): string => calendarId.split('/')[0] ?? '';
const nameIn = (remoteId: string): string => remoteId.split('/').at(-1) ?? '';

function pathOf(simulator: CaldavSimulator, user: string): string {
  return simulator.calendars(user)[0]?.path ?? '';
}

/** The account's only calendar goes by the name of `primary` instead of its path. */
function withPlainNames(provider: CalendarProvider, simulator: CaldavSimulator): CalendarProvider {
  const inside = <Session extends { accessToken: string }>(session: Session): Session & { calendarId: string } => ({
    ...session,
    calendarId: pathOf(simulator, readAccess(session.accessToken)?.username ?? ''),
  });
  return {
    ...provider,
    apply: (session, ...more) => provider.apply(inside(session), ...more),
    readChanges: (session, ...more) => provider.readChanges(inside(session), ...more),
    openCalendar: async (...args) => ({ ...(await provider.openCalendar(...args)), id: 'primary' }),
  };
}

function seen(
  simulator: CaldavSimulator,
  calendarId: string,
  { name, data }: { name: string; data: string },
): HistoryEvent {
  const component = eventIn(new ICAL.Component(ICAL.parse(data)));
  const event = new ICAL.Event(component);
  const [link = '', generation = ''] = String(component.getFirstPropertyValue('x-valclean-link')).split(':');
  return {
    remoteId: pathOf(simulator, userIn(calendarId)) + name,
    key: { link, generation: Number(generation) },
    fields: {
      title: event.summary,
      startsAt: instantOf(event.startDate),
      endsAt: instantOf(event.endDate),
      location: event.location ?? '',
      busy: component.getFirstPropertyValue('transp') !== 'TRANSPARENT',
      description: event.description ?? '',
    },
  };
}

function eventIn(calendar: ICAL.Component): ICAL.Component {
  const event = calendar.getFirstSubcomponent('vevent');
  if (!event) throw new Error('An object without an event');
  return event;
}

const instantOf = (time: ICAL.Time): string => new Date(time.toUnixTime() * 1000).toISOString();

/** An event's text, as the program of its owner writes it after a change. */
function edited(data: string, fields: HistoryEvent['fields'] | undefined, colour: string | null): string {
  const calendar = new ICAL.Component(ICAL.parse(data));
  const event = eventIn(calendar);
  if (colour) event.updatePropertyWithValue('color', colour);
  if (fields) {
    event.updatePropertyWithValue('summary', String(fields['title']));
    event.updatePropertyWithValue('location', String(fields['location']));
    for (const [name, at] of [
      ['dtstart', fields['startsAt']],
      ['dtend', fields['endsAt']],
    ] as const) {
      const time = ICAL.Time.fromJSDate(new Date(String(at)), true);
      event.updatePropertyWithValue(name, time).removeParameter('tzid');
    }
  }
  return calendar.toString();
}

/** What a server would have said for the engine to hear of such a failure: at one event's calls, or at any. */
function faultRule({ calendarId, failure, when = 'before', times = 1 }: HistoryFault): FaultRule {
  const account = userIn(calendarId);
  const creates = { account, operation: 'object.create' };
  if (failure.kind === 'refused') return { match: creates, times, action: refusal(403, 'valid-calendar-data') };
  if (failure.kind === 'conflict') return { match: creates, times, action: refusal(409) };
  const match = times % 2 === 0 ? { account } : { account, operation: 'object.*' };
  return { match, times, action: actionOf(failure, when) };
}

function actionOf(failure: Failure, when: 'before' | 'after'): FaultRule['action'] {
  if (failure.kind === 'unknown_outcome') return when === 'after' ? { kind: 'drop-after-commit' } : { kind: 'drop' };
  if (failure.kind === 'reauth_required') return refusal(401);
  if (failure.kind === 'operator_error') return refusal(405);
  if (failure.kind !== 'retry_later') throw new Error(`No server says ${failure.kind}`);
  if (failure.scope === 'link') return refusal(423);
  // There is no app for a server to speak of: the answers of one that is overrun, instead, after it has done its work or not.
  if (failure.scope === 'app') return { kind: when === 'after' ? 'answer-after-commit' : 'answer', status: 503 };
  return failure.code === 'quota' ? refusal(507) : { kind: 'answer', status: 429, retryAfter: 20 };
}

function refusal(status: number, condition?: string): FaultRule['action'] {
  return { kind: 'answer', status, ...(condition && { condition }) };
}
