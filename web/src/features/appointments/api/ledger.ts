import { queryOptions } from '@tanstack/react-query';
import { ledgerSchema, type LedgerJson } from '../../../../../src/api-contract/ledger.ts';
import { ask, askRaw } from '../../../lib/api.ts';
import { fallbackMs } from '../../../lib/live.ts';

/** It is never more than one page. */
export function showLedger(appointmentId: number, signal?: AbortSignal): Promise<LedgerJson> {
  return ask(ledgerSchema, 'GET', `/api/appointments/${appointmentId}/calendars/`, { signal });
}

/** The page is told of changes; while something is on its way it also looks by itself now and then. */
export function ledgerQuery(appointmentId: number) {
  return queryOptions({
    queryKey: ['ledger', appointmentId],
    queryFn: ({ signal }) => showLedger(appointmentId, signal),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? fallbackMs() : false),
  });
}

function isMoving({ items, without_calendar }: LedgerJson): boolean {
  return items.some((row) => row.state === 'pending') || without_calendar.some((one) => one.reason === 'being_filled');
}

/** Tries failed rows now. */
export async function retryLedger(appointmentId: number): Promise<void> {
  await askRaw('POST', `/api/appointments/${appointmentId}/calendars/retry/`);
}

/** Brings back an event that its owner had deleted. */
export async function restoreEvent(appointmentId: number, connectionId: number): Promise<void> {
  await askRaw('POST', `/api/appointments/${appointmentId}/calendars/restore/`, {
    body: { connection_id: connectionId },
  });
}
