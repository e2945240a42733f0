import { queryOptions } from '@tanstack/react-query';
import { eventPreviewsSchema } from '../../../../../src/api-contract/calendar.ts';
import { ask } from '../../../lib/api.ts';

/** Events of an invented visit, the reader's own first. They change with the reader's reminder. */
export function previewQuery() {
  return queryOptions({
    queryKey: ['calendar-preview'],
    queryFn: async ({ signal }) => (await ask(eventPreviewsSchema, 'GET', '/api/calendar/preview/', { signal })).items,
  });
}
