import { listUsersQuerySchema, userPageSchema } from '../../../api-contract/users.ts';
import { listUsers } from '../../../use-cases/accounts/list-users.ts';
import type { App } from '../../route.ts';
import { userJson } from './json.ts';

/** `GET /api/users/` */
export function listUsersRoute(app: App): void {
  app.get('/api/users/', {
    config: { access: ['manager', 'admin'] },
    schema: {
      summary: 'List people',
      description: 'Administrators: everybody. Managers: their own staff, or all customers with `role=customer`.',
      tags: ['Accounts'],
      querystring: listUsersQuerySchema,
      response: { 200: userPageSchema },
    },
    handler: async ({ context, caller, query }) => {
      const { limit, cursor, role, search, is_active: isActive } = query;
      const { items, nextCursor } = await listUsers(context, caller, { limit, cursor, role, search, isActive });
      return { items: items.map(userJson), next_cursor: nextCursor };
    },
  });
}
