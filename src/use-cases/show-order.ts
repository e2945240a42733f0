import { notFound } from '../domain/errors.ts';
import { canKnowOrder } from '../store/orders.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { orderReader, seeOrder, type SeenOrder } from './see-orders.ts';

/** One order with its appointments. @throws BusinessError 403 for staff, 404 */
export async function showOrder(context: UseCaseContext, caller: Caller, id: number): Promise<SeenOrder> {
  orderReader(caller);
  const { db } = context.database;
  if (!(await canKnowOrder(db, caller, id))) throw notFound('order');
  return seeOrder(db, caller, id);
}
