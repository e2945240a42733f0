import { ProviderFailure, type CalendarProvider, type TargetCalendar } from '../../sync/provider.ts';
import { readBody } from '../kit/read-body.ts';
import { untilHeldUp } from '../kit/held-up.ts';
import { runRounds } from '../kit/rounds.ts';
import { createGoogleApi, type GoogleApi, type GoogleDeps } from './api.ts';
import type { GoogleConfig } from './config.ts';
import { failureOf, isMissing } from './errors.ts';
import { readChanges } from './changes.ts';
import { ACCOUNT_PER_MINUTE, BATCH_SIZE, PROJECT_PER_MINUTE } from './limits.ts';
import { normalise } from './mapping.ts';
import { eventsPath, stepsOf, succeeded } from './operations.ts';
import { calendarSchema, eventListSchema } from './schema.ts';

/** Google Calendar, API version 3. @throws {UnsafeEndpoint} when the API's address is not one that we may call */
export function createGoogleProvider(config: GoogleConfig, deps: GoogleDeps): CalendarProvider {
  const api = createGoogleApi(config, deps);
  return {
    name: 'google',
    capabilities: {
      batchSize: BATCH_SIZE,
      idempotency: 'client-id',
      calendarCreation: true,
      incremental: true,
      // An update reads, then writes. A repeated create says itself that its id is taken.
      cost: { create: 1, update: 2, check: 1, delete: 1, lookUp: 0 },
    },
    limits: config.limits ?? { accountPerMinute: ACCOUNT_PER_MINUTE, appPerMinute: PROJECT_PER_MINUTE },
    normalise,
    apply: (session, operations, signal) =>
      runRounds(
        operations.map((operation) => stepsOf(session.calendarId, operation)),
        untilHeldUp((requests) => api.send(session.accessToken, requests, signal)),
      ),
    readChanges: (session, cursor, window, signal) => readChanges(api, session, cursor, window, signal),
    openCalendar: (accessToken, kind, calendarName, signal) =>
      kind === 'primary' ? openPrimary(api, accessToken, signal) : makeCalendar(api, accessToken, calendarName, signal),
  };
}

/** Asks for no event: the list's head alone carries the calendar's name, and proves that the grant reaches it. */
async function openPrimary(api: GoogleApi, accessToken: string, signal: AbortSignal): Promise<TargetCalendar> {
  const path = `${eventsPath('primary')}?maxResults=1&fields=summary`;
  const [answer] = await api.send(accessToken, [{ method: 'GET', path }], signal);
  if (answer && isMissing(answer)) throw new ProviderFailure({ kind: 'gone', what: 'calendar' });
  const list = answer && succeeded(answer) ? readBody(eventListSchema, answer.body) : null;
  if (!answer || !list)
    throw new ProviderFailure(answer ? failureOf(answer, 'read') : { kind: 'unknown_outcome', code: 'part_missing' });
  return { id: 'primary', name: list.summary ?? 'Primary calendar', kind: 'primary' };
}

/** Google has no key against making a calendar twice, so an open outcome is reported and never repeated here. */
async function makeCalendar(
  api: GoogleApi,
  accessToken: string,
  summary: string,
  signal: AbortSignal,
): Promise<TargetCalendar> {
  const [answer] = await api.send(accessToken, [{ method: 'POST', path: '/calendars', body: { summary } }], signal);
  const calendar = answer && succeeded(answer) ? readBody(calendarSchema, answer.body) : null;
  if (!answer || !calendar)
    throw new ProviderFailure(answer ? failureOf(answer, 'write') : { kind: 'unknown_outcome', code: 'part_missing' });
  return { id: calendar.id, name: calendar.summary ?? summary, kind: 'dedicated' };
}
