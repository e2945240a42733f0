import type { JsonObject } from '../kit/json.ts';
import { ok } from './graph-call.ts';
import type { AuthorizedCall, GraphReply } from './graph-call.ts';
import { userId } from './ids.ts';
import { readSelect } from './odata-query.ts';
import type { Account } from './state.ts';
import type { World } from './world.ts';

/** `GET /me` */
export function getMe(world: World, call: AuthorizedCall): GraphReply {
  const user = userResource(call.account);
  const names = readSelect(call.query, Object.keys(user));
  const shown = names === null ? user : Object.fromEntries(names.map((name) => [name, user[name]]));
  return ok({ '@odata.context': `${world.url}/v1.0/$metadata#users/$entity`, ...shown });
}

function userResource(account: Account): JsonObject {
  const [givenName = account.name, ...rest] = account.name.split(' ');
  return {
    businessPhones: [],
    displayName: account.name,
    givenName,
    jobTitle: null,
    mail: account.email,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: account.kind === 'personal' ? 'en-US' : null,
    surname: rest.join(' ') || null,
    userPrincipalName: account.email,
    id: userId(account),
  };
}
