import type { CalendarJson } from '../../../../src/api-contract/calendar.ts';

const SECOND_MS = 1000;

/**
 * How soon to look again, or `false` where nothing changes by itself: quickly while events are on their way or a calendar
 * is being taken off, slowly while the provider keeps us waiting.
 */
export function lookAgainMs(calendar: CalendarJson | undefined): number | false {
  const live = (calendar?.connections ?? []).filter(
    ({ status }) => status !== 'reauth_required' && status !== 'paused',
  );
  if (live.some(isMoving)) return 1.5 * SECOND_MS;
  return live.some(({ status }) => status === 'degraded') ? 10 * SECOND_MS : false;
}

function isMoving({ status, pending, backfill }: CalendarJson['connections'][number]): boolean {
  return status === 'disconnecting' || (status === 'active' && (pending > 0 || backfill !== null));
}
