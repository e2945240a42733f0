import type { QueryKey } from '@tanstack/react-query';
import type { LiveEvent } from '../../../src/api-contract/live.ts';

/** What an event makes worth a look. Features name their queries so. */
export function keysOf(event: LiveEvent): QueryKey[] {
  switch (event.name) {
    case 'reset':
      return [[]];
    case 'appointment':
      return [['appointments'], ['orders'], ...ledgers(event.data.ids)];
    case 'order':
      return [['orders']];
    case 'ledger':
      return ledgers(event.data.ids);
    case 'connection':
      return [['calendar']];
    case 'team':
      return [['team-calendars']];
    case 'absence':
      return [['absences']];
    case 'backfill':
    case 'end':
      return [];
  }
}

function ledgers(ids: number[] | null): QueryKey[] {
  return ids === null ? [['ledger']] : ids.map((id) => ['ledger', id]);
}
