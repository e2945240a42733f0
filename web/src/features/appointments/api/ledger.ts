import { queryOptions } from '@tanstack/react-query';
import { ledgerPageSchema, type LedgerRowJson } from '../../../../../src/api-contract/calendar.ts';
import { ask, askRaw } from '../../../lib/api.ts';
import { fallbackMs } from '../../../lib/live.ts';
import { allPages } from '../../../lib/pages.ts';

export async function listLedger(appointmentId: number, signal?: AbortSignal): Promise<LedgerRowJson[]> {
  const path = `/api/appointments/${appointmentId}/calendars/`;
  const { items } = await allPages((cursor) => ask(ledgerPageSchema, 'GET', path, { query: { cursor }, signal }));
  return items;
}

/** The page is told of changes; while something is on its way it also looks by itself now and then. */
export function ledgerQuery(appointmentId: number) {
  return queryOptions({
    queryKey: ['ledger', appointmentId],
    queryFn: ({ signal }) => listLedger(appointmentId, signal),
    refetchInterval: ({ state }) => (state.data?.some((row) => row.state === 'pending') ? fallbackMs() : false),
  });
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
