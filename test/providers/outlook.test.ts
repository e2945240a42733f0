import { DEFAULT_REMINDER_MINUTES } from '../../src/providers/microsoft/limits.ts';
import { createMapping, toFields } from '../../src/providers/microsoft/mapping.ts';
import { eventSchema } from '../../src/providers/microsoft/schema.ts';
import { loadWindowsZones } from '../../src/providers/microsoft/windows-zones.ts';
import { providerContract, type ContractSetup, type SeenEvent } from './contract.ts';
import { EMAIL, openOutlook, played, zones } from './outlook-setup.ts';

providerContract('Outlook', openContract, {
  batchSize: 20,
  idempotency: 'transaction-key',
  calendarCreation: true,
  incremental: true,
  cost: { create: 1, update: 2, check: 1, delete: 1, lookUp: 1 },
});

const CREATE = { operation: 'events.create' };
const UPDATE = { operation: 'events.update' };

const mapping = createMapping(loadWindowsZones(zones));

/** Change keys that move by themselves are a quirk, tried beside the contract. */
async function openContract(): Promise<ContractSetup> {
  const outlook = await openOutlook({ settings: { changeKeySettles: false } });
  const { simulator, provider } = outlook;
  const { tokens } = await outlook.connect('dedicated');
  const signal = AbortSignal.timeout(10_000);
  const { id: calendarId } = await provider.openCalendar(tokens.accessToken, 'dedicated', 'VALClean', signal);
  return {
    provider,
    session: { accessToken: tokens.accessToken, calendarId },
    primaryToken: async () => (await outlook.connect('primary')).tokens.accessToken,
    colours: ['Blue category', 'Red category'],
    events: async (id = calendarId) => simulator.events(EMAIL, id).map(seen),
    owner: {
      colour: async (id, category) => void simulator.edit(EMAIL, id, { categories: [category] }),
      remind: async (id, minutes) => void simulator.edit(EMAIL, id, { reminderMinutesBeforeStart: minutes }),
      move: async (id, startsAt, endsAt) => void simulator.edit(EMAIL, id, { start: utc(startsAt), end: utc(endsAt) }),
      remove: async (id) => simulator.remove(EMAIL, id),
      removeCalendar: async () => simulator.removeCalendar(EMAIL, calendarId),
    },
    network: {
      loseNextAnswer: (of) =>
        void simulator.faults.add({ match: of === 'create' ? CREATE : UPDATE, action: { kind: 'drop-after-commit' } }),
      hangNextCreate: () => ({
        reached: played(simulator, simulator.faults.add({ match: CREATE, action: { kind: 'hang' } })),
      }),
      throttleNextCreate: (ms) =>
        void simulator.faults.add({
          match: CREATE,
          action: { kind: 'answer', status: 429, retryAfter: ms / 1000 },
        }),
      forgetCursors: () => simulator.expireDeltaTokens(EMAIL),
    },
    close: outlook.close,
  };
}

function utc(at: Date): { dateTime: string; timeZone: string } {
  return { dateTime: at.toISOString().slice(0, 19), timeZone: 'UTC' };
}

/** @param resource as the simulator shows it: in UTC, with all extended properties */
function seen(resource: Record<string, unknown>): SeenEvent {
  const event = eventSchema.parse(resource);
  const { categories, attendees } = resource;
  const [category]: unknown[] = Array.isArray(categories) ? categories : [];
  const minutes = event.isReminderOn ? (event.reminderMinutesBeforeStart ?? null) : null;
  return {
    remoteId: event.id,
    title: event.subject ?? '',
    startsAt: new Date(`${event.start?.dateTime ?? ''}Z`),
    endsAt: new Date(`${event.end?.dateTime ?? ''}Z`),
    colour: typeof category === 'string' ? category : null,
    // Graph has no "the calendar's own": an event that nobody set a reminder on has this one.
    reminderMinutes: minutes === DEFAULT_REMINDER_MINUTES ? null : minutes,
    guests: Array.isArray(attendees) ? attendees.length : 0,
    shows: (key, fields) => mapping.changesTo(event, key, toFields(fields)) === null,
  };
}
