import { queryOptions } from '@tanstack/react-query';
import { ledgerPageSchema, type LedgerRowJson } from '../../../../../src/api-contract/calendar.ts';
import { ask, askRaw } from '../../../lib/api.ts';
import { allPages } from '../../../lib/pages.ts';

/** How often to look again while an event is on its way. */
const WATCH_MS = 2000;

export async function listLedger(appointmentId: number, signal?: AbortSignal): Promise<LedgerRowJson[]> {
  const path = `/api/appointments/${appointmentId}/calendars/`;
  const { items } = await allPages((cursor) => ask(ledgerPageSchema, 'GET', path, { query: { cursor }, signal }));
  return items;
}

/** Looks again every two seconds while something is on its way and the tab is seen. */
export function ledgerQuery(appointmentId: number) {
  return queryOptions({
    queryKey: ['ledger', appointmentId],
    queryFn: ({ signal }) => listLedger(appointmentId, signal),
    refetchInterval: ({ state }) => (state.data?.some((row) => row.state === 'pending') ? WATCH_MS : false),
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
