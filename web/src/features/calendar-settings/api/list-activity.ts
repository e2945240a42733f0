import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import {
  activityPageSchema,
  type ActivityPageJson,
  type ActivityQuery,
} from '../../../../../src/api-contract/calendar.ts';
import { ask } from '../../../lib/api.ts';

const PER_PAGE = 10;

export type ActivityFilter = Pick<ActivityQuery, 'provider' | 'about'>;

export function listActivity(
  filter: ActivityFilter,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<ActivityPageJson> {
  const query = { ...filter, limit: PER_PAGE, cursor };
  return ask(activityPageSchema, 'GET', '/api/calendar/activity/', { query, signal });
}

/** Newest first. */
export function activityQuery(filter: ActivityFilter) {
  return infiniteQueryOptions({
    queryKey: ['calendar', 'activity', filter],
    queryFn: ({ pageParam, signal }) => listActivity(filter, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}
