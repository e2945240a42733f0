import { wakeWorkers } from '../../store/mark-links.ts';
import { listFailing, retryFailing, type FailingFilter, type FailingItem } from '../../store/sync-queue.ts';
import type { UseCaseContext } from '../context.ts';
import { decodeCursor, limitOf, pageFrom, type Page, type PageRequest } from '../page.ts';
import { operatorWords } from './operator-words.ts';

/** Of one provider, of one code. */
export type FailingQuery = Pick<FailingFilter, 'provider' | 'code'>;

export interface FailingView extends Omit<FailingItem, 'code'> {
  error: { code: string; message: string };
}

/** Events that could not be written, one by one; by id. */
export async function listFailingItems(
  { database }: UseCaseContext,
  query: PageRequest & FailingQuery,
): Promise<Page<FailingView>> {
  const [afterId = 0] = decodeCursor(query, ['integer']) ?? [];
  const limit = limitOf(query);
  const rows = await listFailing(database.db, query, Number(afterId), limit + 1);
  return pageFrom(
    rows,
    limit,
    ({ code, ...item }) => ({ ...item, error: { code, message: operatorWords(code) } }),
    (row) => [row.id],
  );
}

/** Tries those of a group again now; without a filter all. @returns how many */
export async function retryFailingItems({ database, clock }: UseCaseContext, query: FailingQuery): Promise<number> {
  return database.transaction(async (tx) => {
    const { count, connectionIds } = await retryFailing(tx, query, clock.now());
    await wakeWorkers(tx, connectionIds);
    return count;
  });
}
