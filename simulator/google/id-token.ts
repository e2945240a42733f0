import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import type { AccessToken, Account } from './state.ts';
import type { World } from './world.ts';

/** An id token (OpenID Connect Core section 2) of the account for the client of the access token. */
export async function signIdToken(
  world: World,
  account: Account,
  accessToken: AccessToken,
  nonce: string | null,
): Promise<string> {
  const { kid, privateKey } = await world.signingKey();
  const now = Math.floor(world.clock.now().getTime() / 1000);
  const withEmail = accessToken.scopes.some((scope) => scope.endsWith('/userinfo.email'));
  const withName = accessToken.scopes.some((scope) => scope.endsWith('/userinfo.profile'));
  const claims = {
    azp: accessToken.clientId,
    at_hash: createHash('sha256').update(accessToken.token).digest().subarray(0, 16).toString('base64url'),
    ...(withEmail ? { email: account.email, email_verified: true } : {}),
    ...(withName ? { name: account.name } : {}),
    ...(nonce === null ? {} : { nonce }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
    .setIssuer(world.url)
    .setAudience(accessToken.clientId)
    .setSubject(account.sub)
    .setIssuedAt(now)
    .setExpirationTime(now + 3600)
    .sign(privateKey);
}
