import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventContent } from '../../src/domain/event-content.ts';
import type {
  ChangesRead,
  RemoteChange,
  CalendarProvider,
  CalendarSession,
  EventKey,
  ManagedFields,
  Operation,
  Outcome,
  ProviderCapabilities,
  RemoteEvent,
} from '../../src/sync/provider.ts';
import { impossibleVisit, visit, visitInTheDoubleHour } from './content.ts';

/** An event as its owner sees it in their calendar. */
export interface SeenEvent {
  remoteId: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  colour: string | null;
  /** `null`: the calendar's default. */
  reminderMinutes: number | null;
  guests: number;
  /** Whether it shows these fields, read back in the provider's own form. */
  shows(key: EventKey, fields: ManagedFields): boolean;
}

/** A provider with an empty target calendar, and its owner's and the network's part. */
export interface ContractSetup {
  provider: CalendarProvider;
  session: CalendarSession;
  /** Access to the calendar that the person already has. */
  primaryToken(): Promise<string>;
  /** Live events of a calendar, the session's own when left out. */
  events(calendarId?: string): Promise<SeenEvent[]>;
  /** What the owner does. */
  owner: {
    colour(remoteId: string, colour: string): Promise<void>;
    remind(remoteId: string, minutes: number): Promise<void>;
    move(remoteId: string, startsAt: Date, endsAt: Date): Promise<void>;
    remove(remoteId: string): Promise<void>;
    removeCalendar(): Promise<void>;
  };
  /** What goes wrong on the way. */
  network: {
    /** The next such write is carried out; its answer, and that of the batch around it, is lost. */
    loseNextAnswer(of: 'create' | 'update'): void;
    /** The next create is neither carried out nor answered. `reached` resolves once it came. */
    hangNextCreate(): { reached: Promise<void> };
    /** The next create is refused: too many calls, try again after `ms`. */
    throttleNextCreate(ms: number): void;
    /** The service forgets every cursor that it has given out. */
    forgetCursors(): void | Promise<void>;
  };
  /** How many colours an owner may choose from, by name. */
  colours: readonly [string, string];
  close(): Promise<void>;
}

type Shown = Extract<Outcome, { kind: 'written' | 'unchanged' }>;

/** What every provider must do alike. Quirks of one vendor are tests beside it. */
export function providerContract(
  name: string,
  open: () => Promise<ContractSetup>,
  capabilities: ProviderCapabilities,
): void {
  describe(`${name} keeps the provider contract`, () => {
    let setup: ContractSetup;

    beforeEach(async () => {
      setup = await open();
    });
    afterEach(() => setup.close());

    test('declares what it can do', () => {
      expect(setup.provider.capabilities).toEqual(capabilities);
    });

    test('creates an event that shows what was asked for', async () => {
      const key = newKey();
      const fields = fieldsOf(visit());
      const { event } = await written({ kind: 'create', key, fields });
      const [seen, ...others] = await setup.events();
      expect(others).toEqual([]);
      expect(seen?.remoteId).toBe(event.remoteId);
      expect(seen?.shows(key, fields)).toBe(true);
      expect(seen?.startsAt).toEqual(visit().startsAt);
      expect(seen?.endsAt).toEqual(visit().endsAt);
      expect(seen?.reminderMinutes).toBe(60);
    });

    test('normalises the same content to the same fields, and other content to other fields', () => {
      expect(fieldsOf(visit())).toEqual(fieldsOf(visit()));
      expect(JSON.stringify(fieldsOf(visit()))).toBe(JSON.stringify(fieldsOf(visit())));
      expect(JSON.parse(JSON.stringify(fieldsOf(visit())))).toEqual(fieldsOf(visit()));
      for (const change of CHANGES) expect(fieldsOf(visit(change))).not.toEqual(fieldsOf(visit()));
    });

    test.each([
      ['letters of many scripts', { title: 'Grüezi Zoë – 日本語 עברית 🧽👩‍👩‍👧', location: 'Cañada Ñuñoa 5, São Paulo' }],
      [
        'marks of markup',
        { title: 'A <b>& co</b> "x" \'y\'', description: '<script>1 && 2 > 0</script> &amp; &nbsp;' },
      ],
      ['line ends, tabs and controls', { title: ' two\nlines ', description: 'a\r\nb\rc\td\u0000e\u0007 \n' }],
      ['a broken character', { title: 'half \ud83e', description: '\udd7d half' }],
      ['nothing', { description: '', location: '', url: null }],
      ['a very long text', { description: `${'🧽 <wash> & dry\n'.repeat(2_000)}end` }],
      ['a very long title and place', { title: 'x'.repeat(5_000), location: 'y '.repeat(5_000) }],
      ['the calendar’s own reminders', { reminderMinutes: null }],
      ['free time, open to others', { busy: false, private: false }],
    ] satisfies [string, Partial<EventContent>][])('gives back %s as normalised', async (_, change) => {
      const key = newKey();
      const fields = fieldsOf(visit(change));
      await written({ kind: 'create', key, fields });
      const seen = await onlyEvent();
      expect(seen.shows(key, fields)).toBe(true);
      expect(seen.reminderMinutes).toBe(visit(change).reminderMinutes);
    });

    test.each([true, false])('tells the two half past twos of the night apart (first: %s)', async (first) => {
      const content = visitInTheDoubleHour(first);
      const key = newKey();
      await written({ kind: 'create', key, fields: fieldsOf(content) });
      const seen = await onlyEvent();
      expect(seen.startsAt).toEqual(content.startsAt);
      expect(seen.endsAt).toEqual(content.endsAt);
      expect(seen.shows(key, fieldsOf(content))).toBe(true);
    });

    test('makes one event however often an unanswered create is repeated', async () => {
      const create: Operation = { kind: 'create', key: newKey(), fields: fieldsOf(visit()) };
      for (let attempt = 0; attempt < 2; attempt += 1) {
        setup.network.loseNextAnswer('create');
        expect(await failure(create)).toMatchObject({ kind: 'unknown_outcome' });
      }
      const { event } = await written({ ...create, repeated: true });
      expect((await onlyEvent()).remoteId).toBe(event.remoteId);
      expect((await written(create)).event.remoteId).toBe(event.remoteId);
      expect((await onlyEvent()).remoteId).toBe(event.remoteId);
    });

    test('a repeated create brings what is wanted by then', async () => {
      const key = newKey();
      setup.network.loseNextAnswer('create');
      await failure({ kind: 'create', key, fields: fieldsOf(visit()) });
      const fields = fieldsOf(visit({ title: 'Window cleaning' }));
      await written({ kind: 'create', key, fields });
      expect((await onlyEvent()).shows(key, fields)).toBe(true);
    });

    test('two appointments that look alike are two events', async () => {
      const fields = fieldsOf(visit());
      await written({ kind: 'create', key: newKey(), fields });
      await written({ kind: 'create', key: newKey(), fields });
      expect(await setup.events()).toHaveLength(2);
    });

    test.each(CHANGES)('updates in place: %o', async (change) => {
      const { key, event } = await created();
      const fields = fieldsOf(visit(change));
      const update = await written({ kind: 'update', key, event, fields });
      expect(update.event.remoteId).toBe(event.remoteId);
      expect((await onlyEvent()).shows(key, fields)).toBe(true);
    });

    test('an update without a change writes nothing', async () => {
      const { key, event } = await created();
      const again = await applyOne({ kind: 'update', key, event, fields: fieldsOf(visit()) });
      expect(again).toMatchObject({ kind: 'unchanged', event: { remoteId: event.remoteId } });
      expect((await onlyEvent()).shows(key, fieldsOf(visit()))).toBe(true);
    });

    test('an update whose answer is lost can be repeated', async () => {
      const { key, event } = await created();
      const update: Operation = { kind: 'update', key, event, fields: fieldsOf(visit({ title: 'Moved' })) };
      setup.network.loseNextAnswer('update');
      expect(await failure(update)).toMatchObject({ kind: 'unknown_outcome' });
      await written(update);
      expect((await onlyEvent()).shows(key, update.fields)).toBe(true);
    });

    test('an update keeps the colour and the reminder that its owner chose', async () => {
      const { key, event } = await created();
      await setup.owner.colour(event.remoteId, setup.colours[1]);
      await setup.owner.remind(event.remoteId, 45);
      await written({ kind: 'update', key, event, fields: fieldsOf(visit({ title: 'Moved' })) });
      expect(await onlyEvent()).toMatchObject({ colour: setup.colours[1], reminderMinutes: 45 });
    });

    test('an update wins over what its owner changed of our fields', async () => {
      const { key, event } = await created();
      await setup.owner.move(event.remoteId, new Date('2026-12-02T08:00:00Z'), new Date('2026-12-02T09:00:00Z'));
      const fields = fieldsOf(visit({ description: 'Bring the ladder' }));
      await written({ kind: 'update', key, event, fields });
      const seen = await onlyEvent();
      expect(seen.startsAt).toEqual(visit().startsAt);
      expect(seen.shows(key, fields)).toBe(true);
    });

    test('an event that its owner deleted is gone', async () => {
      const { key, event } = await created();
      await setup.owner.remove(event.remoteId);
      const update: Operation = { kind: 'update', key, event, fields: fieldsOf(visit({ title: 'Moved' })) };
      expect(await failure(update)).toEqual({ kind: 'gone', what: 'event' });
      expect(await setup.events()).toEqual([]);
    });

    test('a calendar that its owner deleted is gone', async () => {
      const { key, event } = await created();
      await setup.owner.removeCalendar();
      const fields = fieldsOf(visit({ title: 'Moved' }));
      expect(await failure({ kind: 'create', key: newKey(), fields })).toEqual({ kind: 'gone', what: 'calendar' });
      expect(await failure({ kind: 'update', key, event, fields })).toEqual({ kind: 'gone', what: 'calendar' });
      expect(await applyOne({ kind: 'delete', key, event })).toEqual({ kind: 'deleted' });
    });

    test('deleting is done once and counts as done ever after', async () => {
      const { key, event } = await created();
      for (let attempt = 0; attempt < 3; attempt += 1) {
        expect(await applyOne({ kind: 'delete', key, event })).toEqual({ kind: 'deleted' });
        expect(await setup.events()).toEqual([]);
      }
    });

    test('deletes what its owner has changed', async () => {
      const { key, event } = await created();
      await setup.owner.colour(event.remoteId, setup.colours[0]);
      expect(await applyOne({ kind: 'delete', key, event })).toEqual({ kind: 'deleted' });
      expect(await setup.events()).toEqual([]);
    });

    test('deletes an event whose creation was never answered, and one that never was', async () => {
      const key = newKey();
      setup.network.loseNextAnswer('create');
      await failure({ kind: 'create', key, fields: fieldsOf(visit()) });
      expect(await setup.events()).toHaveLength(1);
      expect(await applyOne({ kind: 'delete', key, event: null })).toEqual({ kind: 'deleted' });
      expect(await applyOne({ kind: 'delete', key: newKey(), event: null })).toEqual({ kind: 'deleted' });
      expect(await setup.events()).toEqual([]);
    });

    test('a new generation is a new event', async () => {
      const { key, event } = await created();
      await applyOne({ kind: 'delete', key, event });
      const again = await written({ kind: 'create', key: { ...key, generation: 2 }, fields: fieldsOf(visit()) });
      expect((await onlyEvent()).remoteId).toBe(again.event.remoteId);
    });

    test('each operation of a batch has an outcome of its own, in the order given', async () => {
      const [kept, removed, unwanted] = [await created(), await created(), await created()];
      await setup.owner.remove(removed.event.remoteId);
      const moved = fieldsOf(visit({ title: 'Moved' }));
      const outcomes = await applyInTurns([
        { kind: 'update', ...removed, fields: moved },
        { kind: 'create', key: newKey(), fields: fieldsOf(impossibleVisit()) },
        { kind: 'update', ...kept, fields: moved },
        { kind: 'delete', ...unwanted },
        { kind: 'create', key: newKey(), fields: fieldsOf(visit({ title: 'New' })) },
        { kind: 'delete', key: newKey(), event: null },
      ]);
      expect(outcomes).toMatchObject([
        { kind: 'failed', failure: { kind: 'gone', what: 'event' } },
        { kind: 'failed', failure: { kind: 'refused' } },
        { kind: 'written', event: { remoteId: kept.event.remoteId } },
        { kind: 'deleted' },
        { kind: 'written' },
        { kind: 'deleted' },
      ]);
      expect((await setup.events()).map(({ title }) => title).toSorted()).toEqual(['Moved', 'New']);
    });

    test('fills a whole batch, in order', async () => {
      const operations = Array.from({ length: capabilities.batchSize }, (_, index) => ({
        kind: 'create' as const,
        key: newKey(),
        fields: fieldsOf(visit({ title: `Visit ${index}` })),
      }));
      const outcomes = await apply(operations);
      const titles = new Map((await setup.events()).map(({ remoteId, title }) => [remoteId, title]));
      expect(titles.size).toBe(operations.length);
      for (const [index, outcome] of outcomes.entries()) {
        expect(outcome.kind === 'written' && titles.get(outcome.event.remoteId)).toBe(`Visit ${index}`);
      }
    });

    test('nothing to do is nothing done', async () => {
      expect(await apply([])).toEqual([]);
    });

    test('a batch whose answer is lost can be repeated as a whole', async () => {
      const size = Math.min(3, capabilities.batchSize);
      const operations = Array.from({ length: size }, () => ({
        kind: 'create' as const,
        key: newKey(),
        fields: fieldsOf(visit()),
      }));
      setup.network.loseNextAnswer('create');
      const lost = await apply(operations);
      expect(lost.some(({ kind }) => kind === 'failed')).toBe(true);
      for (const outcome of await apply(operations)) expect(['written', 'unchanged']).toContain(outcome.kind);
      expect(await setup.events()).toHaveLength(size);
    });

    test('an access token that is not valid is told apart', async () => {
      const operations: Operation[] = [
        { kind: 'create', key: newKey(), fields: fieldsOf(visit()) },
        { kind: 'delete', key: newKey(), event: null },
      ];
      const session = { ...setup.session, accessToken: 'not-a-token' };
      for (const operation of operations) {
        const [outcome] = await setup.provider.apply(session, [operation], AbortSignal.timeout(10_000));
        expect(outcome).toEqual({
          kind: 'failed',
          failure: { kind: 'reauth_required', code: 'access_token_rejected' },
        });
      }
      expect(await setup.events()).toEqual([]);
    });

    test('a throttle names its time', async () => {
      setup.network.throttleNextCreate(7_000);
      const throttled = await failure({ kind: 'create', key: newKey(), fields: fieldsOf(visit()) });
      expect(throttled).toMatchObject({ kind: 'retry_later', afterMs: 7_000, scope: 'connection' });
      expect(await setup.events()).toEqual([]);
    });

    test('an abort ends a call that nobody answers', async () => {
      const stop = new AbortController();
      const { reached } = setup.network.hangNextCreate();
      const create: Operation = { kind: 'create', key: newKey(), fields: fieldsOf(visit()) };
      const outcomes = setup.provider.apply(setup.session, [create], stop.signal);
      await reached;
      stop.abort();
      expect(await outcomes).toMatchObject([{ kind: 'failed', failure: { kind: 'unknown_outcome', code: 'aborted' } }]);
    });

    test('an aborted call does nothing', async () => {
      const create: Operation = { kind: 'create', key: newKey(), fields: fieldsOf(visit()) };
      const outcomes = await setup.provider.apply(
        setup.session,
        [create, { ...create, key: newKey() }],
        AbortSignal.abort(),
      );
      const aborted = { kind: 'failed', failure: { kind: 'unknown_outcome', code: 'aborted' } };
      expect(outcomes).toEqual([aborted, aborted]);
      expect(await setup.events()).toEqual([]);
    });

    test('invites nobody', async () => {
      const { key, event } = await created();
      await written({ kind: 'update', key, event, fields: fieldsOf(visit({ title: 'Moved' })) });
      expect((await onlyEvent()).guests).toBe(0);
    });

    test('a check compares and leaves everything as it is', async () => {
      const { key, event } = await created();
      const check: Operation = { kind: 'check', key, event, fields: fieldsOf(visit()) };
      expect(await applyOne(check)).toMatchObject({ kind: 'unchanged', event: { remoteId: event.remoteId } });
      const moved = new Date('2026-12-02T08:00:00Z');
      await setup.owner.move(event.remoteId, moved, new Date('2026-12-02T09:00:00Z'));
      expect(await applyOne(check)).toMatchObject({ kind: 'differs', event: { remoteId: event.remoteId } });
      expect((await onlyEvent()).startsAt).toEqual(moved);
      await setup.owner.remove(event.remoteId);
      expect(await failure(check)).toEqual({ kind: 'gone', what: 'event' });
    });

    test('reads back what was written, and afterwards nothing', async () => {
      const made = [await created(), await created()];
      const { changes, cursor } = await readAll(null);
      expect(idsOf(changes)).toEqual(made.map(({ event }) => event.remoteId).toSorted());
      expect(changes.every(({ kind }) => kind === 'present')).toBe(true);
      expect((await readAll(cursor)).changes).toEqual([]);
    });

    test('reads back what its owner moved and deleted, and what came since', async () => {
      const [moved, removed, kept] = [await created(), await created(), await created()];
      const { cursor } = await readAll(null);
      await setup.owner.move(moved.event.remoteId, new Date('2026-12-02T08:00:00Z'), new Date('2026-12-02T09:00:00Z'));
      await setup.owner.remove(removed.event.remoteId);
      const added = await created();
      const { changes, cursor: next } = await readAll(cursor);
      const kindOf = (id: string): string | undefined => changes.find((change) => remoteIdOf(change) === id)?.kind;
      expect(kindOf(moved.event.remoteId)).toBe('present');
      expect(kindOf(removed.event.remoteId)).toBe('removed');
      expect(kindOf(added.event.remoteId)).toBe('present');
      expect(kindOf(kept.event.remoteId)).toBeUndefined();
      expect((await readAll(next)).changes).toEqual([]);
    });

    test('a reading from the start shows what is there, over as many pages as it takes', async () => {
      const operations = Array.from({ length: 25 }, (_, index) => ({
        kind: 'create' as const,
        key: newKey(),
        fields: fieldsOf(visit({ title: `Visit ${index}` })),
      }));
      const ids = (await applyInTurns(operations)).map((outcome) =>
        outcome.kind === 'written' ? outcome.event.remoteId : expect.fail(JSON.stringify(outcome)),
      );
      await setup.owner.remove(ids[0] ?? '');
      const present = (await readAll(null)).changes.filter(({ kind }) => kind === 'present');
      expect(idsOf(present)).toEqual(ids.slice(1).toSorted());
    });

    test('what is told of an event’s fields is what it shows', async () => {
      const { event } = await created();
      const fields = fieldsOf(visit());
      const { changes } = await readAll(null);
      const told = changes.find((change) => remoteIdOf(change) === event.remoteId);
      if (told?.kind !== 'present') return expect.fail('not read back');
      if (told.fields !== null) expect(told.fields).toEqual(fields);
    });

    test('a cursor that is not known any more says so', async () => {
      await created();
      const { cursor } = await readAll(null);
      await setup.network.forgetCursors();
      const read = await setup.provider.readChanges(setup.session, cursor, WINDOW, AbortSignal.timeout(10_000));
      expect(read).toEqual({ kind: 'cursor_expired' });
      expect(await setup.provider.readChanges(setup.session, 'nonsense', WINDOW, AbortSignal.timeout(10_000))).toEqual({
        kind: 'cursor_expired',
      });
      expect((await readAll(null)).changes).toHaveLength(1);
    });

    test('a failed reading says why', async () => {
      const session = { ...setup.session, accessToken: 'not-a-token' };
      const read = (by: CalendarSession): Promise<ChangesRead> =>
        setup.provider.readChanges(by, null, WINDOW, AbortSignal.timeout(10_000));
      await expect(read(session)).rejects.toMatchObject({
        name: 'ProviderFailure',
        failure: { kind: 'reauth_required', code: 'access_token_rejected' },
      });
      await setup.owner.removeCalendar();
      await expect(read(setup.session)).rejects.toMatchObject({ failure: { kind: 'gone', what: 'calendar' } });
    });

    test('opens the calendar that the person already has', async () => {
      const signal = AbortSignal.timeout(10_000);
      const accessToken = await setup.primaryToken();
      const calendar = await setup.provider.openCalendar(accessToken, 'primary', 'VALClean', signal);
      expect(calendar).toMatchObject({ kind: 'primary' });
      expect(calendar.id && calendar.name).not.toBe('');
      const opened = { accessToken, calendarId: calendar.id };
      const create: Operation = { kind: 'create', key: newKey(), fields: fieldsOf(visit()) };
      expect(await setup.provider.apply(opened, [create], signal)).toMatchObject([{ kind: 'written' }]);
      expect(await setup.events(calendar.id)).toHaveLength(1);
    });

    test('an openings’ failure says what it is', async () => {
      const opening = setup.provider.openCalendar('not-a-token', 'primary', 'VALClean', AbortSignal.timeout(10_000));
      await expect(opening).rejects.toMatchObject({
        name: 'ProviderFailure',
        failure: { kind: 'reauth_required', code: 'access_token_rejected' },
      });
    });

    function fieldsOf(content: EventContent): ManagedFields {
      return setup.provider.normalise(content);
    }

    /** A whole round; of an event that is told twice the last word counts. */
    async function readAll(from: string | null): Promise<{ changes: RemoteChange[]; cursor: string }> {
      const told = new Map<string, RemoteChange>();
      let cursor = from;
      for (;;) {
        const read = await setup.provider.readChanges(setup.session, cursor, WINDOW, AbortSignal.timeout(10_000));
        if (read.kind !== 'page') return expect.fail(read.kind);
        for (const change of read.changes) told.set(remoteIdOf(change), change);
        cursor = read.cursor;
        if (!read.more) return { changes: [...told.values()], cursor };
      }
    }

    function apply(operations: readonly Operation[]): Promise<Outcome[]> {
      return setup.provider.apply(setup.session, operations, AbortSignal.timeout(30_000));
    }

    /** As few calls as the provider's batches allow. */
    async function applyInTurns(operations: readonly Operation[]): Promise<Outcome[]> {
      const outcomes: Outcome[] = [];
      for (let from = 0; from < operations.length; from += capabilities.batchSize) {
        outcomes.push(...(await apply(operations.slice(from, from + capabilities.batchSize))));
      }
      return outcomes;
    }

    async function applyOne(operation: Operation): Promise<Outcome> {
      const [outcome, ...others] = await apply([operation]);
      expect(others).toEqual([]);
      return outcome ?? expect.fail('no outcome');
    }

    async function written(operation: Operation): Promise<Shown> {
      const outcome = await applyOne(operation);
      if (outcome.kind !== 'written' && outcome.kind !== 'unchanged')
        return expect.fail(`not written: ${JSON.stringify(outcome)}`);
      return outcome;
    }

    async function failure(operation: Operation): Promise<Extract<Outcome, { kind: 'failed' }>['failure']> {
      const outcome = await applyOne(operation);
      if (outcome.kind !== 'failed') return expect.fail(`did not fail: ${JSON.stringify(outcome)}`);
      return outcome.failure;
    }

    async function created(): Promise<{ key: EventKey; event: RemoteEvent }> {
      const key = newKey();
      const { event } = await written({ kind: 'create', key, fields: fieldsOf(visit()) });
      return { key, event };
    }

    async function onlyEvent(): Promise<SeenEvent> {
      const [seen, ...others] = await setup.events();
      expect(others).toEqual([]);
      return seen ?? expect.fail('no event');
    }
  });
}

const CHANGES: Partial<EventContent>[] = [
  { title: 'Window cleaning' },
  { description: 'Bring the ladder' },
  { location: '1 Elsewhere' },
  { startsWall: '2026-12-01T08:15:00', startsAt: new Date('2026-12-01T07:15:00Z') },
  { endsWall: '2026-12-01T12:00:00', endsAt: new Date('2026-12-01T11:00:00Z') },
  { busy: false },
  { private: false },
  { reminderMinutes: 120 },
];

/** Around the visits of `content.ts`. */
const WINDOW = { from: new Date('2026-10-01T00:00:00Z'), to: new Date('2027-03-01T00:00:00Z') };

function remoteIdOf(change: RemoteChange): string {
  return change.kind === 'present' ? change.event.remoteId : change.remoteId;
}

function idsOf(changes: readonly RemoteChange[]): string[] {
  return changes.map(remoteIdOf).toSorted();
}

function newKey(): EventKey {
  return { link: randomUUID(), generation: 1 };
}
