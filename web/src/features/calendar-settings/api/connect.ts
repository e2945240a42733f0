import { authorizationSchema, type ConnectRequest } from '../../../../../src/api-contract/calendar.ts';
import { ask, askRaw } from '../../../lib/api.ts';

/** The providers with a consent page. */
export type OAuthProvider = 'google' | 'outlook';

/** Where the person gives their consent. @throws {Problem} `provider_not_configured` when the company has not set it up. */
export async function startConnect(provider: OAuthProvider, calendar: ConnectRequest['calendar']): Promise<string> {
  const body: ConnectRequest = { calendar, return_to: '/settings/calendar' };
  const answer = await ask(authorizationSchema, 'POST', `/api/calendar/${provider}/connect/`, { body });
  return answer.authorization_url;
}

/** Links what came back in another browser or from another account. `replace`: in place of the one to be reconnected. */
export async function confirmConnect(provider: OAuthProvider, flowId: string, replace: boolean): Promise<void> {
  await askRaw('POST', `/api/calendar/${provider}/confirm/`, { body: { flow_id: flowId, replace } });
}
