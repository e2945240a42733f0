import { createHash } from 'node:crypto';
import type { EventContent } from '../../domain/event-content.ts';
import {
  ProviderFailure,
  type CalendarKind,
  type CalendarProvider,
  type CalendarSession,
  type EventKey,
  type Failure,
  type ManagedFields,
  type Operation,
  type Outcome,
  type ChangesRead,
  type ProviderCapabilities,
  type ProviderLimits,
  type ProviderName,
} from '../../sync/provider.ts';
import { plainLine, plainText } from '../kit/text.ts';
import { createMemoryFaults, type MemoryFault } from './faults.ts';

/** What its owner sees of an event, and what they may have changed. */
export interface MemoryEvent {
  remoteId: string;
  key: EventKey;
  etag: string;
  fields: ManagedFields;
  /** The owner's own; we never write it. */
  colour: string | null;
  /** The owner's choice after the creation; `undefined`: they left it as it was. */
  ownReminderMinutes: number | null | undefined;
}

export interface MemoryProviderOptions {
  /** Which provider it stands for; `google` when left out. */
  name?: ProviderName;
  capabilities?: Partial<ProviderCapabilities>;
  limits?: Partial<ProviderLimits>;
  /** Account behind an access token, for the ids of its calendars; the token itself when left out. */
  accountOf?: (accessToken: string) => string;
  /** Waits before each call is carried out: for tests that interleave workers. */
  pause?: (session: CalendarSession, operations: readonly Operation[], signal: AbortSignal) => Promise<void>;
}

/** A calendar service inside the process, with the view of its owners and switches for everything that can go wrong. */
export interface MemoryProvider extends CalendarProvider {
  /** Every call of `apply`, oldest first. */
  readonly calls: readonly { session: CalendarSession; operations: readonly Operation[] }[];
  /** The most calls that were under way at once for any one calendar. */
  mostAtOnce(): number;
  /** Live events, in the order of their creation. @throws {ProviderFailure} `gone` */
  events(calendarId: string): MemoryEvent[];
  /** The owner changes an event. @throws {ProviderFailure} `gone` */
  edit(
    calendarId: string,
    remoteId: string,
    change: Partial<Pick<MemoryEvent, 'fields' | 'colour' | 'ownReminderMinutes'>>,
  ): void;
  /** The owner deletes an event. @throws {ProviderFailure} `gone` */
  remove(calendarId: string, remoteId: string): void;
  /** The owner deletes a whole calendar. */
  removeCalendar(calendarId: string): void;
  /** Every cursor that was given out so far has expired. */
  forgetCursors(): void;
  /** Calls of `readChanges` so far. */
  reads(): number;
  /** This access token is answered with `access_token_rejected` from now on. */
  rejectToken(accessToken: string): void;
  /** The next operations that match fail. */
  fail(fault: MemoryFault): void;
}

/** Ids and tombstones like Google's: a key is used once, whatever becomes of its event. */
interface Calendar {
  name: string;
  events: Map<string, MemoryEvent>;
  spent: Set<string>;
  /** The revision at which each event changed last, deleted ones included. */
  changed: Map<string, number>;
}

/** Small, so that every test of some size reads several pages. */
const PAGE_SIZE = 10;

const CAPABILITIES: ProviderCapabilities = {
  batchSize: 50,
  idempotency: 'client-id',
  calendarCreation: true,
  incremental: true,
  cost: { create: 1, update: 1, check: 1, delete: 1, lookUp: 0 },
};
/** More than any test reaches; those that want to be throttled set their own. */
const LIMITS: ProviderLimits = { accountPerMinute: 1_000_000, appPerMinute: 10_000_000 };

/** Makes an empty service; accounts and their primary calendars come into being when they are opened. */
export function createMemoryProvider(options: MemoryProviderOptions = {}): MemoryProvider {
  const calendars = new Map<string, Calendar>();
  const rejected = new Set<string>();
  const faults = createMemoryFaults();
  const calls: { session: CalendarSession; operations: readonly Operation[] }[] = [];
  const underWay = new Map<string, number>();
  let mostAtOnce = 0;
  let revision = 0;
  let oldestCursor = 0;
  let reads = 0;
  const accountOf = options.accountOf ?? ((token: string) => token);

  return {
    name: options.name ?? 'google',
    capabilities: { ...CAPABILITIES, ...options.capabilities },
    limits: { ...LIMITS, ...options.limits },
    calls,
    mostAtOnce: () => mostAtOnce,
    normalise,
    apply,
    readChanges,
    openCalendar,
    forgetCursors() {
      revision += 1;
      oldestCursor = revision;
    },
    reads: () => reads,
    events: (calendarId) => [...calendarOf(calendarId).events.values()],
    edit(calendarId, remoteId, change) {
      const calendar = calendarOf(calendarId);
      const event = calendar.events.get(remoteId) ?? gone('event');
      Object.assign(event, change, { etag: nextEtag(calendar, remoteId) });
    },
    remove: (calendarId, remoteId) => {
      if (!erase(calendarOf(calendarId), remoteId)) gone('event');
    },
    removeCalendar: (calendarId) => void calendars.delete(calendarId),
    rejectToken: (accessToken) => void rejected.add(accessToken),
    fail: faults.add,
  };

  async function apply(
    session: CalendarSession,
    operations: readonly Operation[],
    signal: AbortSignal,
  ): Promise<Outcome[]> {
    calls.push({ session, operations });
    const atOnce = (underWay.get(session.calendarId) ?? 0) + 1;
    underWay.set(session.calendarId, atOnce);
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    try {
      await options.pause?.(session, operations, signal);
      const outcomes: Outcome[] = [];
      for (const operation of operations) outcomes.push(await applyOne(session, operation, signal));
      return outcomes;
    } finally {
      underWay.set(session.calendarId, (underWay.get(session.calendarId) ?? 1) - 1);
    }
  }

  async function applyOne(session: CalendarSession, operation: Operation, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) return failed({ kind: 'unknown_outcome', code: 'aborted' });
    if (rejected.has(session.accessToken)) return failed({ kind: 'reauth_required', code: 'access_token_rejected' });
    const fault = faults.draw(session, operation);
    if (fault?.when === 'before') return failed(await fault.failure(signal));
    const outcome = carryOut(session.calendarId, operation);
    return fault ? failed(await fault.failure(signal)) : outcome;
  }

  function carryOut(calendarId: string, operation: Operation): Outcome {
    const calendar = calendars.get(calendarId);
    const remoteId = remoteIdOf(operation.key);
    if (operation.kind === 'delete') {
      if (calendar) erase(calendar, operation.event?.remoteId ?? remoteId);
      return { kind: 'deleted' };
    }
    if (!calendar) return failed({ kind: 'gone', what: 'calendar' });
    if (operation.kind === 'check') return check(calendar, operation.event.remoteId, operation.fields);
    if (!endsAfterStart(operation.fields)) return failed({ kind: 'refused', code: 'time_range_empty' });
    return operation.kind === 'create'
      ? create(calendar, operation)
      : write(calendar, operation.event.remoteId, operation.fields);
  }

  function create(calendar: Calendar, { key, fields }: { key: EventKey; fields: ManagedFields }): Outcome {
    const remoteId = remoteIdOf(key);
    if (calendar.spent.has(remoteId)) return write(calendar, remoteId, fields);
    calendar.spent.add(remoteId);
    calendar.events.set(remoteId, { remoteId, key, etag: '', fields, colour: null, ownReminderMinutes: undefined });
    return write(calendar, remoteId, fields);
  }

  function write(calendar: Calendar, remoteId: string, fields: ManagedFields): Outcome {
    const event = calendar.events.get(remoteId);
    if (!event) return failed({ kind: 'gone', what: 'event' });
    const shown = event.etag !== '' && sameFields(event.fields, fields);
    event.fields = fields;
    if (!shown) event.etag = nextEtag(calendar, remoteId);
    const kind = shown ? 'unchanged' : 'written';
    return { kind, event: { remoteId, etag: event.etag }, webLink: webLinkOf(remoteId) };
  }

  function check(calendar: Calendar, remoteId: string, fields: ManagedFields): Outcome {
    const event = calendar.events.get(remoteId);
    if (!event) return failed({ kind: 'gone', what: 'event' });
    const kind = sameFields(event.fields, fields) ? 'unchanged' : 'differs';
    return { kind, event: { remoteId, etag: event.etag }, webLink: webLinkOf(remoteId) };
  }

  /** A cursor is the revision up to which everything was told; within a round also the last event of the page before. */
  async function readChanges(session: CalendarSession, cursor: string | null): Promise<ChangesRead> {
    reads += 1;
    if (rejected.has(session.accessToken))
      throw new ProviderFailure({ kind: 'reauth_required', code: 'access_token_rejected' });
    const fault = faults.drawRead();
    if (fault) throw new ProviderFailure(fault);
    const calendar = calendarOf(session.calendarId);
    const at = parseCursor(cursor);
    if (!at) return { kind: 'cursor_expired' };
    const [since, upTo = revision, after = ''] = at;
    if (cursor !== null && (since || upTo) < oldestCursor) return { kind: 'cursor_expired' };
    const told = [...calendar.changed]
      .filter(([id, at]) => at > since && id > after && (cursor !== null || calendar.events.has(id)))
      .map(([id]) => id)
      .toSorted();
    const page = told.slice(0, PAGE_SIZE);
    const more = told.length > page.length;
    return {
      kind: 'page',
      changes: page.map((remoteId) => {
        const event = calendar.events.get(remoteId);
        return event
          ? { kind: 'present', event: { remoteId, etag: event.etag }, fields: null }
          : { kind: 'removed', remoteId };
      }),
      cursor: JSON.stringify(more ? [since, upTo, page.at(-1)] : [upTo]),
      more,
    };
  }

  function erase(calendar: Calendar, remoteId: string): boolean {
    if (!calendar.events.delete(remoteId)) return false;
    nextEtag(calendar, remoteId);
    return true;
  }

  async function openCalendar(
    accessToken: string,
    kind: CalendarKind,
    calendarName: string,
    signal: AbortSignal,
  ): Promise<{ id: string; name: string; kind: CalendarKind }> {
    if (signal.aborted) throw new ProviderFailure({ kind: 'unknown_outcome', code: 'aborted' });
    if (rejected.has(accessToken))
      throw new ProviderFailure({ kind: 'reauth_required', code: 'access_token_rejected' });
    const account = accountOf(accessToken);
    const id = kind === 'primary' ? `${account}/primary` : `${account}/${calendars.size}`;
    const name = kind === 'primary' ? account : calendarName;
    if (!calendars.has(id)) calendars.set(id, { name, events: new Map(), spent: new Set(), changed: new Map() });
    return { id, name, kind };
  }

  function calendarOf(calendarId: string): Calendar {
    return calendars.get(calendarId) ?? gone('calendar');
  }

  function nextEtag(calendar: Calendar, remoteId: string): string {
    revision += 1;
    calendar.changed.set(remoteId, revision);
    return `"${revision}"`;
  }
}

/** Content as this service keeps it: texts cleaned, times as instants with their zone. */
function normalise(content: EventContent): ManagedFields {
  return {
    title: plainLine(content.title),
    description: plainText(content.description),
    location: plainLine(content.location),
    startsAt: content.startsAt.toISOString(),
    endsAt: content.endsAt.toISOString(),
    timeZone: content.timeZone,
    busy: content.busy,
    private: content.private,
    url: content.url,
    reminderMinutes: content.reminderMinutes,
  };
}

/** Where a read begins, up to where it goes, and the last event that was told of; `null` for what is none of ours. */
function parseCursor(cursor: string | null): [since: number, upTo?: number, after?: string] | null {
  if (cursor === null) return [0];
  return /^\[\d+(,\d+,"\w+")?\]$/.test(cursor) ? JSON.parse(cursor) : null;
}

function remoteIdOf(key: EventKey): string {
  return `m${createHash('sha256').update(`${key.link}:${key.generation}`).digest('hex').slice(0, 20)}`;
}

function sameFields(a: ManagedFields, b: ManagedFields): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function webLinkOf(remoteId: string): string {
  return `https://calendar.example/${remoteId}`;
}

function endsAfterStart({ startsAt, endsAt }: ManagedFields): boolean {
  return typeof startsAt === 'string' && typeof endsAt === 'string' && startsAt <= endsAt;
}

function failed(failure: Failure): Outcome {
  return { kind: 'failed', failure };
}

function gone(what: 'event' | 'calendar'): never {
  throw new ProviderFailure({ kind: 'gone', what });
}
