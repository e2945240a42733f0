import type { Service } from '../domain/service.ts';
import { listServices as readServices } from '../store/services.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { decodeCursor, limitOf, pageFrom, type Page, type PageRequest } from './page.ts';

/** What can be ordered, by id; admins also see what is no longer on offer. @throws BusinessError 422 for a strange cursor */
export async function listServices(
  context: UseCaseContext,
  caller: Caller,
  request: PageRequest,
): Promise<Page<Service>> {
  const limit = limitOf(request);
  const [afterId = 0] = decodeCursor(request, ['integer']) ?? [];
  const activeOnly = caller.role !== 'admin';
  const services = await readServices(context.database.db, { activeOnly, afterId: Number(afterId), limit: limit + 1 });
  return pageFrom(
    services,
    limit,
    (service) => service,
    (service) => [service.id],
  );
}
