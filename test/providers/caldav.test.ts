import { BATCH_SIZE } from '../../src/providers/caldav/limits.ts';
import { edits, seenObject } from './caldav-seen.ts';
import { JANE, openCaldav, played } from './caldav-setup.ts';
import { providerContract, type ContractSetup } from './contract.ts';

providerContract('caldav', openContract, {
  batchSize: BATCH_SIZE,
  idempotency: 'if-none-match',
  calendarCreation: true,
  incremental: true,
  cost: { create: 1, update: 2, check: 1, delete: 1, lookUp: 1 },
});

const CREATE = { operation: 'object.create' };
const UPDATE = { operation: 'object.update' };

async function openContract(): Promise<ContractSetup> {
  const caldav = await openCaldav();
  const { simulator, provider, session } = caldav;
  const slugOf = (path: string): string => path.split('/').at(-2) ?? '';
  const own = slugOf(session.calendarId);
  const edit = (remoteId: string, change: (data: string) => string): void =>
    simulator.edit(JANE.user, objectOf(remoteId), change, own);
  return {
    provider,
    session,
    primaryToken: async () => session.accessToken,
    colours: ['turquoise', 'tomato'],
    events: async (id = session.calendarId) =>
      simulator.events(JANE.user, slugOf(id)).map(({ name, data }) => seenObject(`${id}${name}`, data)),
    owner: {
      colour: async (id, colour) => edit(id, edits.colour(colour)),
      remind: async (id, minutes) => edit(id, edits.remind(minutes)),
      move: async (id, startsAt, endsAt) => edit(id, edits.move(startsAt, endsAt)),
      remove: async (id) => simulator.remove(JANE.user, objectOf(id), own),
      removeCalendar: async () => simulator.removeCalendar(JANE.user, own),
    },
    network: {
      loseNextAnswer: (of) =>
        void simulator.faults.add({ match: of === 'create' ? CREATE : UPDATE, action: { kind: 'drop-after-commit' } }),
      hangNextCreate: () => ({
        reached: played(simulator, simulator.faults.add({ match: CREATE, action: { kind: 'hang' } })),
      }),
      throttleNextCreate: (ms) =>
        void simulator.faults.add({ match: CREATE, action: { kind: 'answer', status: 429, retryAfter: ms / 1000 } }),
      forgetCursors: () => simulator.forgetTokens(JANE.user),
    },
    close: caldav.close,
  };
}

function objectOf(remoteId: string): string {
  return remoteId.split('/').at(-1) ?? '';
}
