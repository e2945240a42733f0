import type { OrderStatus } from '../domain/order.ts';
import { listOrderIds } from '../store/orders.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { decodeCursor, limitOf, pageFrom, type Page, type PageRequest } from './page.ts';
import { orderReader, seeOrders, type SeenOrder } from './see-orders.ts';

export interface OrderListRequest extends PageRequest {
  status?: OrderStatus | undefined;
  customerId?: number | undefined;
}

/** The orders that the caller may know of, newest first. @throws BusinessError 403 for staff, 422 for a strange cursor */
export async function listOrders(
  context: UseCaseContext,
  caller: Caller,
  request: OrderListRequest,
): Promise<Page<SeenOrder>> {
  orderReader(caller);
  const { db } = context.database;
  const limit = limitOf(request);
  const key = decodeCursor(request, ['integer']);
  const beforeId = key === null ? null : Number(key[0]);
  const { status, customerId } = request;
  const ids = await listOrderIds(db, caller, { status, customerId, beforeId, limit: limit + 1 });
  const page = pageFrom(
    ids,
    limit,
    (id) => id,
    (id) => [id],
  );
  return { ...page, items: await seeOrders(db, caller, page.items) };
}
