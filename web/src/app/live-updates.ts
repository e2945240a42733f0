import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LiveEvent } from '../../../src/api-contract/live.ts';
import { calendarQuery } from '../features/calendar-settings/api/get-calendar.ts';
import { startLive } from '../lib/live.ts';
import { queryClient } from '../lib/query-client.ts';
import { Refetcher } from '../lib/refetcher.ts';
import { keysOf } from './news-keys.ts';

/** The server tells everybody at once that anything may have changed; they don't all ask at once. */
const SPREAD_MS = 2000;

/** Keeps what is on the pages behind the sign-in as the server has it, without a reload. */
export function useLiveUpdates(userId: number | null): void {
  useEffect(() => {
    if (userId === null) return undefined;
    const refetcher = new Refetcher(queryClient);
    let later: ReturnType<typeof setTimeout> | undefined;
    const stop = startLive((event, first) => {
      if (event.name !== 'reset' || first) return apply(event, queryClient, refetcher);
      clearTimeout(later);
      later = setTimeout(() => apply(event, queryClient, refetcher), Math.random() * SPREAD_MS);
    });
    return () => {
      clearTimeout(later);
      stop();
    };
  }, [userId]);
}

function apply(event: LiveEvent, client: QueryClient, refetcher: Refetcher): void {
  if (event.name === 'backfill') showProgress(client, event.data);
  for (const queryKey of keysOf(event)) refetcher.refetch(queryKey);
}

function showProgress(client: QueryClient, progress: Extract<LiveEvent, { name: 'backfill' }>['data']): void {
  const { connection_id: id, done, total } = progress;
  client.setQueryData(
    calendarQuery().queryKey,
    (calendar) =>
      calendar && {
        ...calendar,
        connections: calendar.connections.map((one) => (one.id === id ? { ...one, backfill: { done, total } } : one)),
      },
  );
}
