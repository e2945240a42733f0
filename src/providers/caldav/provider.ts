import type { CalendarProvider, ProviderLimits } from '../../sync/provider.ts';
import type { Zones } from '../../zones/zones.ts';
import { untilHeldUp } from '../kit/held-up.ts';
import { runRounds } from '../kit/rounds.ts';
import { readAccess } from './account.ts';
import { createDavApi, type DavDeps } from './api.ts';
import { openCalendar } from './calendars.ts';
import { readChanges } from './changes.ts';
import { calendarOf } from './href.ts';
import { ACCOUNT_PER_MINUTE, APP_PER_MINUTE, BATCH_SIZE } from './limits.ts';
import { normalise } from './mapping.ts';
import { stepsOf } from './operations.ts';

const REJECTED = { kind: 'failed', failure: { kind: 'reauth_required', code: 'access_token_rejected' } } as const;

/** Calendars of any server that speaks CalDAV (RFC 4791): iCloud, Fastmail, Nextcloud, and what people run themselves. */
export function createCaldavProvider(deps: DavDeps & { zones: Zones; limits?: ProviderLimits }): CalendarProvider {
  const api = createDavApi(deps);
  const { zones, clock } = deps;
  return {
    name: 'caldav',
    capabilities: {
      batchSize: BATCH_SIZE,
      idempotency: 'if-none-match',
      calendarCreation: true,
      incremental: true,
      // An update reads, then writes.
      cost: { create: 1, update: 2, check: 1, delete: 1, lookUp: 1 },
    },
    limits: deps.limits ?? { accountPerMinute: ACCOUNT_PER_MINUTE, appPerMinute: APP_PER_MINUTE },
    normalise: (content) => normalise(zones, content),
    async apply(session, operations, signal) {
      const access = readAccess(session.accessToken);
      if (!access) return operations.map(() => REJECTED);
      const calendar = calendarOf(session.calendarId, new URL(access.home));
      return runRounds(
        operations.map((operation) => stepsOf({ zones, clock, calendar }, operation)),
        untilHeldUp((requests) => api.send(access, calendar, requests, signal)),
      );
    },
    readChanges: (session, cursor, _window, signal) => readChanges(api, session, cursor, signal),
    openCalendar: (accessToken, kind, calendarName, signal) =>
      openCalendar(api, accessToken, kind, calendarName, signal),
  };
}
