import { eventSchema, type GoogleEvent } from '../../src/providers/google/schema.ts';
import { holds, toFields } from '../../src/providers/google/mapping.ts';
import { providerContract, type ContractSetup, type SeenEvent } from './contract.ts';
import { EMAIL, openGoogle, played } from './google-setup.ts';

providerContract('Google', openContract, {
  batchSize: 50,
  idempotency: 'client-id',
  calendarCreation: true,
  incremental: true,
  cost: { create: 1, update: 2, check: 1, delete: 1, lookUp: 0 },
});

const INSERT = { operation: 'events.insert' };
const UPDATE = { operation: 'events.update' };

async function openContract(): Promise<ContractSetup> {
  const google = await openGoogle();
  const { simulator, provider } = google;
  const { tokens } = await google.connect('dedicated');
  const signal = AbortSignal.timeout(10_000);
  const { id: calendarId } = await provider.openCalendar(tokens.accessToken, 'dedicated', 'VALClean', signal);
  return {
    provider,
    session: { accessToken: tokens.accessToken, calendarId },
    primaryToken: async () => (await google.connect('primary')).tokens.accessToken,
    colours: ['7', '11'],
    async events(id = calendarId) {
      const events = simulator.events(EMAIL, id).map((event) => eventSchema.parse(event));
      return events.filter(({ status }) => status !== 'cancelled').map((event) => seen(event));
    },
    owner: {
      colour: async (id, colorId) => void simulator.edit(EMAIL, calendarId, id, { colorId }),
      remind: async (id, minutes) =>
        void simulator.edit(EMAIL, calendarId, id, {
          reminders: { useDefault: false, overrides: [{ method: 'popup', minutes }] },
        }),
      move: async (id, startsAt, endsAt) =>
        void simulator.edit(EMAIL, calendarId, id, {
          start: { dateTime: startsAt.toISOString(), timeZone: 'UTC' },
          end: { dateTime: endsAt.toISOString(), timeZone: 'UTC' },
        }),
      remove: async (id) => simulator.remove(EMAIL, calendarId, id),
      removeCalendar: async () => simulator.removeCalendar(EMAIL, calendarId),
    },
    network: {
      loseNextAnswer: (of) =>
        void simulator.faults.add({ match: of === 'create' ? INSERT : UPDATE, action: { kind: 'drop-after-commit' } }),
      hangNextCreate: () => ({
        reached: played(simulator, simulator.faults.add({ match: INSERT, action: { kind: 'hang' } })),
      }),
      throttleNextCreate: (ms) =>
        void simulator.faults.add({
          match: INSERT,
          action: {
            kind: 'answer',
            status: 403,
            reason: 'rateLimitExceeded',
            domain: 'usageLimits',
            retryAfterSeconds: ms / 1000,
          },
        }),
      forgetCursors: () => simulator.expireSyncTokens(EMAIL),
    },
    close: google.close,
  };
}

function seen(event: GoogleEvent): SeenEvent {
  const guests = event['attendees'];
  return {
    remoteId: event.id,
    title: event.summary ?? '',
    startsAt: new Date(event.start?.dateTime ?? Number.NaN),
    endsAt: new Date(event.end?.dateTime ?? Number.NaN),
    colour: typeof event['colorId'] === 'string' ? event['colorId'] : null,
    reminderMinutes: reminderOf(event['reminders']),
    guests: Array.isArray(guests) ? guests.length : 0,
    shows: (key, fields) => holds(inZone(event, toFields(fields).start.timeZone), key, toFields(fields)),
  };
}

/** The resource as an API call with `timeZone` would give it; the simulator's view shows the calendar's own zone. */
function inZone(event: GoogleEvent, timeZone: string): GoogleEvent {
  const render = (time: GoogleEvent['start']): GoogleEvent['start'] => {
    if (time?.dateTime === undefined) return time;
    const wall = new Date(time.dateTime).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');
    const offsetMs = Date.parse(`${wall}Z`) - Date.parse(time.dateTime);
    const sign = offsetMs < 0 ? '-' : '+';
    const offset = new Date(Math.abs(offsetMs)).toISOString().slice(11, 16);
    return { ...time, dateTime: `${wall}${sign}${offset}` };
  };
  return { ...event, start: render(event.start), end: render(event.end) };
}

function reminderOf(reminders: unknown): number | null {
  const overrides =
    typeof reminders === 'object' && reminders !== null && 'overrides' in reminders ? reminders.overrides : [];
  const [first]: unknown[] = Array.isArray(overrides) ? overrides : [];
  const minutes = typeof first === 'object' && first !== null && 'minutes' in first ? first.minutes : null;
  return typeof minutes === 'number' ? minutes : null;
}
