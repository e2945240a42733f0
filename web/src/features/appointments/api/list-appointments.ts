import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  appointmentPageSchema,
  type AppointmentJson,
  type AppointmentPageJson,
} from '../../../../../src/api-contract/appointments.ts';
import { ask } from '../../../lib/api.ts';
import { allPages } from '../../../lib/pages.ts';

export interface AppointmentFilter {
  /** RFC 3339 instants; what overlaps `[from, to)`. */
  from?: string;
  to?: string;
  status?: AppointmentJson['status'] | undefined;
  /** Only what somebody has to be found for. */
  needs_staff?: 'true' | undefined;
  /** Only what a customer waits for an answer about. */
  reschedule_requested?: 'true' | undefined;
}

/** The first page comes quickly; who scrolls on gets as much as there may be at once. */
const FIRST_PAGE = 30;
const LARGEST_PAGE = 200;

/** Soonest first, unless `sort` says otherwise. */
export function listAppointments(
  filter: AppointmentFilter & { sort?: '-starts_at'; limit: number; cursor?: string | undefined },
  signal?: AbortSignal,
): Promise<AppointmentPageJson> {
  return ask(appointmentPageSchema, 'GET', '/api/appointments/', { query: { ...filter }, signal });
}

/** What is still ahead after `from`, page by page. */
export function upcomingQuery(filter: AppointmentFilter) {
  return pagesOf(filter);
}

/** What began before `to`, the latest first, page by page. */
export function pastQuery(filter: AppointmentFilter) {
  return pagesOf({ ...filter, sort: '-starts_at' });
}

function pagesOf(filter: AppointmentFilter & { sort?: '-starts_at' }) {
  return infiniteQueryOptions({
    queryKey: ['appointments', 'pages', filter],
    queryFn: ({ pageParam: cursor, signal }) =>
      listAppointments({ ...filter, limit: cursor === undefined ? FIRST_PAGE : LARGEST_PAGE, cursor }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** Everything of a span of time; `complete` is false when that was too much. */
export function spanQuery(filter: AppointmentFilter) {
  return queryOptions({
    queryKey: ['appointments', 'span', filter],
    queryFn: ({ signal }) => allPages((cursor) => listAppointments({ ...filter, limit: LARGEST_PAGE, cursor }, signal)),
  });
}

/** The first few of a list; `next_cursor` tells whether there are more. */
export function firstQuery(filter: AppointmentFilter, limit: number) {
  return queryOptions({
    queryKey: ['appointments', 'first', filter, limit],
    queryFn: ({ signal }) => listAppointments({ ...filter, limit }, signal),
  });
}

/** The soonest scheduled one that ends after `from`; `null` when there is none. */
export function nextQuery(from: string) {
  return queryOptions({
    queryKey: ['appointments', 'next', from],
    queryFn: async ({ signal }) =>
      (await listAppointments({ from, status: 'scheduled', limit: 1 }, signal)).items[0] ?? null,
  });
}
