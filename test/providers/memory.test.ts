import { expect, test } from 'vitest';
import { createMemoryProvider, type MemoryEvent, type MemoryProvider } from '../../src/providers/memory/provider.ts';
import type { ManagedFields } from '../../src/sync/provider.ts';
import { visit } from './content.ts';
import { providerContract, type ContractSetup, type SeenEvent } from './contract.ts';

providerContract('the in-memory provider', openMemory, {
  batchSize: 50,
  idempotency: 'client-id',
  calendarCreation: true,
  incremental: true,
  cost: { create: 1, update: 1, check: 1, delete: 1, lookUp: 0 },
});

async function openMemory(): Promise<ContractSetup> {
  const provider = createMemoryProvider();
  provider.rejectToken('not-a-token');
  const signal = AbortSignal.timeout(10_000);
  const { id: calendarId } = await provider.openCalendar('jane', 'dedicated', 'Visits', signal);
  return {
    provider,
    session: { accessToken: 'jane', calendarId },
    primaryToken: async () => 'jane',
    colours: ['red', 'blue'],
    events: async (id = calendarId) => provider.events(id).map(seen),
    owner: {
      colour: async (remoteId, colour) => provider.edit(calendarId, remoteId, { colour }),
      remind: async (remoteId, minutes) => provider.edit(calendarId, remoteId, { ownReminderMinutes: minutes }),
      move: async (remoteId, startsAt, endsAt) => {
        const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
        provider.edit(calendarId, remoteId, { fields: { ...fieldsOf(provider, calendarId, remoteId), ...times } });
      },
      remove: async (remoteId) => provider.remove(calendarId, remoteId),
      removeCalendar: async () => provider.removeCalendar(calendarId),
    },
    network: {
      loseNextAnswer: (of) =>
        provider.fail({
          failure: { kind: 'unknown_outcome', code: 'connection_lost' },
          when: 'after',
          match: ({ kind }) => kind === of,
        }),
      hangNextCreate() {
        const reached = Promise.withResolvers<void>();
        provider.fail({
          failure: 'hang',
          match: () => {
            reached.resolve();
            return true;
          },
        });
        return { reached: reached.promise };
      },
      throttleNextCreate: (ms) =>
        provider.fail({ failure: { kind: 'retry_later', code: 'rate_limited', afterMs: ms, scope: 'connection' } }),
      forgetCursors: () => provider.forgetCursors(),
    },
    close: async () => undefined,
  };
}

function seen(event: MemoryEvent): SeenEvent {
  const { title, startsAt, endsAt, reminderMinutes } = event.fields;
  const ours = typeof reminderMinutes === 'number' ? reminderMinutes : null;
  return {
    remoteId: event.remoteId,
    title: String(title),
    startsAt: new Date(String(startsAt)),
    endsAt: new Date(String(endsAt)),
    colour: event.colour,
    reminderMinutes: event.ownReminderMinutes === undefined ? ours : event.ownReminderMinutes,
    guests: 0,
    shows: (key, fields) =>
      event.key.link === key.link &&
      event.key.generation === key.generation &&
      JSON.stringify(event.fields) === JSON.stringify(fields),
  };
}

function fieldsOf(provider: MemoryProvider, calendarId: string, remoteId: string): ManagedFields {
  return (
    provider.events(calendarId).find((event) => event.remoteId === remoteId)?.fields ?? expect.fail('no such event')
  );
}

test('counts calls that overlap in one calendar', async () => {
  const gate = Promise.withResolvers<void>();
  const provider = createMemoryProvider({ pause: () => gate.promise });
  const signal = AbortSignal.timeout(10_000);
  const { id: calendarId } = await provider.openCalendar('jane', 'primary', '', signal);
  const session = { accessToken: 'jane', calendarId };
  const fields = provider.normalise(visit());
  const both = [1, 2].map((generation) =>
    provider.apply(session, [{ kind: 'create', key: { link: 'a', generation }, fields }], signal),
  );
  gate.resolve();
  await Promise.all(both);
  expect(provider.mostAtOnce()).toBe(2);
  expect(provider.calls).toHaveLength(2);
});

test('a fault befalls only what it matches, as often as it says', async () => {
  const provider = createMemoryProvider();
  const signal = AbortSignal.timeout(10_000);
  const { id: calendarId } = await provider.openCalendar('jane', 'primary', '', signal);
  const fields = provider.normalise(visit());
  provider.fail({ failure: { kind: 'refused', code: 'x' }, match: ({ key }) => key.link === 'b', times: 2 });
  const operations = ['a', 'b', 'b', 'b'].map((link, index) => ({
    kind: 'create' as const,
    key: { link, generation: index },
    fields,
  }));
  const outcomes = await provider.apply({ accessToken: 'jane', calendarId }, operations, signal);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['written', 'failed', 'failed', 'written']);
});
