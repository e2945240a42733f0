import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { zoneDataSchema } from '../../../../../src/api-contract/admin.ts';
import {
  failingItemPageSchema,
  reminderOutcomeSchema,
  retriedSchema,
  syncHealthSchema,
  watchedConnectionPageSchema,
  watchedConnectionSchema,
  type FailingGroupJson,
  type ReminderOutcomeJson,
  type SyncHealthJson,
  type WatchedConnectionJson,
} from '../../../../../src/api-contract/health.ts';
import { ask } from '../../../lib/api.ts';
import type { Provider } from '../../../lib/providers.ts';

/** The page is looked at while something is being mended. */
const AGAIN_MS = 10_000;
const PER_PAGE = 30;

export function healthQuery() {
  return queryOptions({
    queryKey: ['calendar-health', 'sync'],
    queryFn: ({ signal }) => ask(syncHealthSchema, 'GET', '/api/admin/sync/', { signal }),
    refetchInterval: AGAIN_MS,
  });
}

export function zoneDataQuery() {
  return queryOptions({
    queryKey: ['calendar-health', 'zones'],
    queryFn: ({ signal }) => ask(zoneDataSchema, 'GET', '/api/admin/time-zones/', { signal }),
  });
}

/** Which accounts are shown; `needs_owner` is a state of its own here. */
export interface ConnectionFilter {
  state: WatchedConnectionJson['status'] | 'needs_owner' | undefined;
  provider: Provider | undefined;
  /** Part of a name or an address; left out: whosever they are. */
  search?: string;
}

export function connectionsQuery({ state, provider, search }: ConnectionFilter) {
  const status = state === 'needs_owner' ? { needs_owner: 'true' } : { status: state };
  return infiniteQueryOptions({
    queryKey: ['calendar-health', 'connections', state, provider, search],
    queryFn: ({ pageParam, signal }) =>
      ask(watchedConnectionPageSchema, 'GET', '/api/admin/connections/', {
        query: { ...status, provider, search: search === '' ? undefined : search, limit: PER_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: AGAIN_MS,
  });
}

export function failingQuery({ provider, code }: Pick<FailingGroupJson, 'provider' | 'code'>) {
  return infiniteQueryOptions({
    queryKey: ['calendar-health', 'failing', provider, code],
    queryFn: ({ pageParam, signal }) =>
      ask(failingItemPageSchema, 'GET', '/api/admin/sync/failing/', {
        query: { provider, code, limit: PER_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export async function retryFailing({ provider, code }: Pick<FailingGroupJson, 'provider' | 'code'>): Promise<number> {
  const { retried } = await ask(retriedSchema, 'POST', '/api/admin/sync/failing/retry/', { body: { provider, code } });
  return retried;
}

export type Steering = 'pause' | 'resume' | 'retry';

export function steerConnection(id: number, steering: Steering): Promise<WatchedConnectionJson> {
  return ask(watchedConnectionSchema, 'POST', `/api/admin/connections/${id}/${steering}/`);
}

export function remindOwners(ids: readonly number[]): Promise<ReminderOutcomeJson> {
  return ask(reminderOutcomeSchema, 'POST', '/api/admin/connections/remind/', { body: { ids } });
}

export function steerProvider(provider: Provider, steering: 'pause' | 'resume' | 'check'): Promise<SyncHealthJson> {
  return ask(syncHealthSchema, 'POST', `/api/admin/providers/${provider}/${steering}/`);
}

/** @param day `2027-05-01`; `null`: not known */
export function noteSecretExpiry(provider: Provider, day: string | null): Promise<SyncHealthJson> {
  return ask(syncHealthSchema, 'PATCH', `/api/admin/providers/${provider}/`, { body: { secret_expires_on: day } });
}
