import { MINUTE } from '../base/time.ts';
import type { Clock } from '../base/time.ts';
import type { ProviderGrants } from './oauth.ts';
import { ProviderFailure } from './provider.ts';
import type { Lease, SyncStore } from './store.ts';

/** Refresh this long before expiry, so that no call is made with a token that dies on the way. */
const AHEAD_MS = 5 * MINUTE;

/**
 * A valid access token for a held account. The lease makes the refresh single-flight over all nodes; a rotated refresh
 * token is stored before the new access token is used.
 * @param rejected the access token that the provider has just refused, whatever its expiry says
 * @throws {ProviderFailure} when the provider gives no token, or the lease was lost
 */
export async function freshAccessToken(
  deps: { grants: ProviderGrants; store: SyncStore; clock: Clock },
  lease: Lease,
  signal: AbortSignal,
  rejected: string | null = null,
): Promise<string> {
  const { connection } = lease;
  const { accessToken, accessExpiresAt, refreshToken } = connection;
  const now = deps.clock.now();
  const valid = accessExpiresAt !== null && accessExpiresAt.getTime() - AHEAD_MS > now.getTime();
  if (accessToken !== null && accessToken !== rejected && valid) return accessToken;
  if (refreshToken === null) throw new ProviderFailure({ kind: 'reauth_required', code: 'no_refresh_token' });

  const tokens = await deps.grants.refresh(refreshToken, signal);
  const held = await deps.store.storeTokens(lease, tokens, deps.clock.now());
  if (!held) throw new ProviderFailure({ kind: 'retry_later', code: 'lease_lost', afterMs: null, scope: 'connection' });
  connection.accessToken = tokens.accessToken;
  connection.accessExpiresAt = tokens.accessExpiresAt;
  connection.refreshToken = tokens.refreshToken ?? refreshToken;
  return tokens.accessToken;
}
