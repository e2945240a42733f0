import type { CalendarProvider } from '../../sync/provider.ts';
import { untilHeldUp } from '../kit/held-up.ts';
import { runRounds } from '../kit/rounds.ts';
import { createGraphApi, type MicrosoftDeps } from './api.ts';
import { openCalendar } from './calendars.ts';
import { readChanges } from './changes.ts';
import type { MicrosoftConfig } from './config.ts';
import { APP_PER_MINUTE, BATCH_SIZE, MAILBOX_PER_MINUTE } from './limits.ts';
import { createMapping } from './mapping.ts';
import { stepsOf } from './operations.ts';
import { loadWindowsZones } from './windows-zones.ts';

/** Outlook calendars by Microsoft Graph. @throws {UnsafeEndpoint} when Graph's address is not one that we may call */
export function createMicrosoftProvider(config: MicrosoftConfig, deps: MicrosoftDeps): CalendarProvider {
  const api = createGraphApi(config, deps);
  const mapping = createMapping(loadWindowsZones(deps.zones));
  return {
    name: 'outlook',
    capabilities: {
      batchSize: BATCH_SIZE,
      idempotency: 'transaction-key',
      calendarCreation: true,
      incremental: true,
      // An update reads, then writes.
      cost: { create: 1, update: 2, check: 1, delete: 1, lookUp: 1 },
    },
    limits: config.limits ?? { accountPerMinute: MAILBOX_PER_MINUTE, appPerMinute: APP_PER_MINUTE },
    normalise: mapping.normalise,
    apply: (session, operations, signal) =>
      runRounds(
        operations.map((operation) => stepsOf(mapping, session.calendarId, operation)),
        untilHeldUp((requests) => api.send(session.accessToken, requests, signal)),
      ),
    readChanges: (session, cursor, window, signal) => readChanges(api, mapping, session, cursor, window, signal),
    openCalendar: (accessToken, kind, calendarName, signal) =>
      openCalendar(api, accessToken, kind, calendarName, signal),
  };
}
