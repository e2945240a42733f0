import type { CalendarJson } from '../../../../src/api-contract/calendar.ts';

/**
 * Whether anything may change by itself, so that the page looks now and then even when it is not told: while events are on
 * their way, a calendar is being taken off, or the provider keeps us waiting.
 */
export function changesByItself(calendar: CalendarJson | undefined): boolean {
  const live = (calendar?.connections ?? []).filter(
    ({ status }) => status !== 'reauth_required' && status !== 'paused',
  );
  return live.some((connection) => connection.status === 'degraded' || isMoving(connection));
}

function isMoving({ status, pending, backfill }: CalendarJson['connections'][number]): boolean {
  return status === 'disconnecting' || (status === 'active' && (pending > 0 || backfill !== null));
}
