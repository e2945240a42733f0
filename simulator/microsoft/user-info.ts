import type { Answer } from '../kit/delivery.ts';
import type { JsonObject } from '../kit/json.ts';
import { authenticate } from './access.ts';
import { GraphError, graphErrorBody } from './graph-error.ts';
import { pairwiseSubject } from './id-token.ts';
import { nowOf } from './world.ts';
import type { World } from './world.ts';

/** `GET /oidc/userinfo` (OpenID Connect) */
export function answerUserInfo(world: World, headers: Record<string, string | undefined>): Answer {
  try {
    const { token, account } = authenticate(world.state, headers['authorization'], nowOf(world));
    return json({
      sub: pairwiseSubject(account, token.clientId),
      ...(token.scopes.includes('profile') ? { name: account.name } : {}),
      ...(token.scopes.includes('email') ? { email: account.email } : {}),
    });
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return json(graphErrorBody(error, {}), error.status);
  }
}

function json(body: JsonObject, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}
