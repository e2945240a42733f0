import { meSchema } from '../../../api-contract/accounts.ts';
import { showMe } from '../../../use-cases/accounts/show-me.ts';
import { EVERYBODY, type App } from '../../route.ts';
import { tellVersion } from '../../if-match.ts';
import { meJson } from './json.ts';

/** `GET /api/auth/me/` */
export function showMeRoute(app: App): void {
  app.get('/api/auth/me/', {
    config: { access: EVERYBODY },
    schema: { summary: 'One’s own account', tags: ['Accounts'], response: { 200: meSchema } },
    handler: async ({ context, caller }, reply) => {
      const user = await showMe(context, caller);
      tellVersion(reply, user.version);
      return meJson(user);
    },
  });
}
