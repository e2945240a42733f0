import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import type { AccessToken, Account } from './state.ts';
import { nowOf } from './world.ts';
import type { World } from './world.ts';

const LIFETIME_SECONDS = 3600;

/** An id token of version 2.0: the issuer names the account's own tenant, whatever address it signed in under. */
export async function signIdToken(
  world: World,
  account: Account,
  access: AccessToken,
  nonce: string | null,
): Promise<string> {
  const { kid, privateKey } = await world.signingKey(account.kind);
  const now = Math.floor(nowOf(world) / 1000);
  const withProfile = access.scopes.includes('profile');
  const claims = {
    ver: '2.0',
    tid: account.tenantId,
    ...(withProfile ? { oid: account.oid, name: account.name, preferred_username: account.email } : {}),
    ...(access.scopes.includes('email') ? { email: account.email } : {}),
    ...(nonce === null ? {} : { nonce }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
    .setIssuer(`${world.url}/${account.tenantId}/v2.0`)
    .setAudience(access.clientId)
    .setSubject(pairwiseSubject(account, access.clientId))
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + LIFETIME_SECONDS)
    .sign(privateKey);
}

/** `sub` is another one for each app. */
export function pairwiseSubject(account: Account, clientId: string): string {
  return createHash('sha256').update(`${account.oid}:${clientId}`).digest('base64url');
}
