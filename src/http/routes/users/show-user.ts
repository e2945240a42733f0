import { idParamsSchema } from '../../../api-contract/fields.ts';
import { userSchema } from '../../../api-contract/users.ts';
import { showUser } from '../../../use-cases/accounts/show-user.ts';
import type { App } from '../../route.ts';
import { tellVersion } from '../../if-match.ts';
import { userJson } from './json.ts';

/** `GET /api/users/{id}/` */
export function showUserRoute(app: App): void {
  app.get('/api/users/:id/', {
    config: { access: ['manager', 'admin'] },
    schema: {
      summary: 'Show a person',
      tags: ['Accounts'],
      params: idParamsSchema,
      response: { 200: userSchema },
    },
    handler: async ({ context, caller, params }, reply) => {
      const user = await showUser(context, caller, params.id);
      tellVersion(reply, user.version);
      return userJson(user);
    },
  });
}
