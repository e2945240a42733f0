import type { Cipher } from '../base/cipher.ts';
import { sql, type Db } from '../db/sql.ts';
import type { TokenSet } from '../sync/oauth.ts';

/** Binds a ciphertext to its place: copied to another row or column it can't be opened. */
const place = (connectionId: number, field: string): string => `connection:${connectionId}:${field}`;

/** Opens a connection's stored tokens. @throws when a key is missing or the ciphertext was tampered with */
export function openTokens(
  cipher: Cipher,
  row: { id: number; access_token: string | null; refresh_token: string | null },
): { accessToken: string | null; refreshToken: string | null } {
  const open = (sealed: string | null, field: string): string | null =>
    sealed === null ? null : cipher.open(sealed, place(row.id, field));
  return {
    accessToken: open(row.access_token, 'access_token'),
    refreshToken: open(row.refresh_token, 'refresh_token'),
  };
}

/** Seals tokens for one connection. */
export function sealTokens(
  cipher: Cipher,
  connectionId: number,
  tokens: Pick<TokenSet, 'accessToken' | 'refreshToken'>,
): { accessToken: string; refreshToken: string | null } {
  const { accessToken, refreshToken } = tokens;
  return {
    accessToken: cipher.seal(accessToken, place(connectionId, 'access_token')),
    refreshToken: refreshToken === null ? null : cipher.seal(refreshToken, place(connectionId, 'refresh_token')),
  };
}

/**
 * Ends disconnections: the tokens are erased and the connection is hidden. The row and its links stay, so that the same
 * account finds its events again; what could not be removed is counted in the activity.
 */
export async function eraseTokens(db: Db, connectionIds: readonly number[], now: Date): Promise<void> {
  if (connectionIds.length === 0) return;
  await sql`
    with gone as (
      update connections set status = 'disconnected', access_token = null, refresh_token = null, access_expires_at = null,
             refresh_expires_at = null, not_before = null, attempts = 0, waiting_since = null, error_code = null,
             disconnect_by = null, lease_token = null, scopes = '{}', updated_at = ${now}
       where id = any(${[...connectionIds]}::bigint[])
      returning id, user_id, remove_events
    )
    insert into activity (user_id, connection_id, kind, count, at)
    select user_id, id, 'disconnected', case when remove_events then
        (select count(*) from links l where l.connection_id = gone.id and l.remote_id is not null) else 0 end, ${now}
      from gone`.execute(db);
}
