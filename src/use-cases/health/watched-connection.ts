import { notFound } from '../../domain/errors.ts';
import type { Db } from '../../db/sql.ts';
import { listWatched, loadWatched, type WatchedConnection, type WatchFilter } from '../../store/watched-connections.ts';
import type { UseCaseContext } from '../context.ts';
import { decodeCursor, limitOf, pageFrom, type Page, type PageRequest } from '../page.ts';
import { operatorWords } from './operator-words.ts';

/** A calendar account as administrators see it. */
export interface WatchedView extends Omit<WatchedConnection, 'errorCode'> {
  error: { code: string; message: string } | null;
}

/** Everybody's calendar accounts, by id. */
export async function listConnections(
  { database }: UseCaseContext,
  query: PageRequest & WatchFilter,
): Promise<Page<WatchedView>> {
  const [afterId = 0] = decodeCursor(query, ['integer']) ?? [];
  const limit = limitOf(query);
  const rows = await listWatched(database.db, query, Number(afterId), limit + 1);
  return pageFrom(rows, limit, toView, (row) => [row.id]);
}

/** One of them. @throws BusinessError 404 */
export async function showConnection(db: Db, id: number): Promise<WatchedView> {
  const row = await loadWatched(db, id);
  if (!row) throw notFound('connection');
  return toView(row);
}

function toView({ errorCode, ...row }: WatchedConnection): WatchedView {
  const code = errorCode ?? (row.status === 'reauth_required' ? 'reauth_required' : null);
  return { ...row, error: code === null ? null : { code, message: operatorWords(code) } };
}
