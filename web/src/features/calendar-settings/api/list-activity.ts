import { infiniteQueryOptions } from '@tanstack/react-query';
import { activityPageSchema, type ActivityPageJson } from '../../../../../src/api-contract/calendar.ts';
import { ask } from '../../../lib/api.ts';

const PER_PAGE = 10;

export function listActivity(cursor: string | undefined, signal?: AbortSignal): Promise<ActivityPageJson> {
  return ask(activityPageSchema, 'GET', '/api/calendar/activity/', { query: { limit: PER_PAGE, cursor }, signal });
}

/** Newest first. */
export function activityQuery() {
  return infiniteQueryOptions({
    queryKey: ['calendar', 'activity'],
    queryFn: ({ pageParam, signal }) => listActivity(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}
