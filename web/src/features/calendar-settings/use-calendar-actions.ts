import { useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type {
  CalendarJson,
  ChangeCalendarRequest,
  ConnectionJson,
  ConnectRequest,
} from '../../../../src/api-contract/calendar.ts';
import { t } from '../../lib/t.ts';
import { tellDone, tellFailure } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { changeCalendar } from './api/change-calendar.ts';
import { startConnect, type OAuthProvider } from './api/connect.ts';
import { disconnect } from './api/disconnect.ts';
import { calendarQuery } from './api/get-calendar.ts';
import { steerCalendar, type Steering } from './api/steer-calendar.ts';
import { syncNow } from './api/sync-now.ts';

/** Leaves for the provider's consent page; the way back leads to `/settings/calendar?connected=…` or `?error=…`. */
export function useConnect(provider: OAuthProvider): UseMutationResult<string, Error, ConnectRequest['calendar']> {
  return useMutation({
    mutationFn: (calendar) => startConnect(provider, calendar),
    onSuccess: (address) => {
      if (/^https?:\/\//.test(address)) window.location.assign(address);
    },
    onError: (error) => tellFailure(t('calendar.offer.notBegun'), error),
  });
}

export function useDisconnect(onDone: () => void): UseMutationResult<void, Error, Disconnecting> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ connection, removeEvents }) => disconnect(connection, removeEvents),
    onSuccess: async () => {
      onDone();
      tellDone(t('calendar.disconnecting.begun'), t('calendar.disconnecting.begunMore'));
      await client.invalidateQueries({ queryKey: ['calendar'] });
    },
  });
}

export interface Disconnecting {
  connection: Pick<ConnectionJson, 'id' | 'provider'>;
  removeEvents: boolean;
}

/** After pressing Sync now the page looks again at these times: the worker wakes up at once and is usually done by the last. */
const AFTER_SYNC_MS = [1500, 4000, 10_000];

export function useSyncNow(): UseMutationResult<number, Error, void> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => syncNow(),
    onSuccess: async () => {
      tellDone(t('calendar.syncing'), t('calendar.syncingMore'));
      for (const ms of AFTER_SYNC_MS) setTimeout(() => void client.invalidateQueries({ queryKey: ['calendar'] }), ms);
      await client.invalidateQueries({ queryKey: ['calendar'] });
    },
    onError: (error) => tellFailure(t('common.didNotWork'), error),
  });
}

export function useChangeCalendar(
  done: (change: ChangeCalendarRequest) => string,
): UseMutationResult<CalendarJson, Error, ChangeCalendarRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: changeCalendar,
    onSuccess: async (calendar, change) => {
      client.setQueryData(calendarQuery().queryKey, calendar);
      tellDone(done(change));
      // Reminders stand in the preview of events, too.
      await Promise.all([['calendar'], ['calendar-preview']].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onError: (error) => tellFailure(t('calendar.preferences.notSaved'), error),
  });
}

/** Stops a calendar of the reader's, or lets it go on. */
export function usePausing(connectionId: number): UseMutationResult<CalendarJson, Error, Steering> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (steering) => steerCalendar(connectionId, steering),
    onSuccess: async (calendar, steering) => {
      client.setQueryData(calendarQuery().queryKey, calendar);
      tellDone(t(steering === 'pause' ? 'calendar.connection.pausing' : 'calendar.connection.resuming'));
      await client.invalidateQueries({ queryKey: ['calendar'] });
    },
    onError: (error) => tellFailure(t('common.didNotWork'), error),
  });
}
