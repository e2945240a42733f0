import { MINUTE } from '../base/time.ts';
import { sql, type Db, type Tx } from '../db/sql.ts';
import type { CalendarKind, ProviderName } from '../sync/provider.ts';

/** How long a person may take on the provider's pages, and to confirm afterwards (api: confirm). */
export const FLOW_LASTS_MS = 10 * MINUTE;

export interface OAuthFlow {
  id: string;
  userId: number;
  provider: ProviderName;
  calendarKind: CalendarKind;
  returnTo: string;
  /** The connection whose owner was asked to sign in again. */
  reconnects: number | null;
  browserHash: Buffer;
  /** Ciphertexts. */
  secrets: string;
  grantSecrets: string | null;
}

const COLUMNS = sql`id, user_id as "userId", provider, calendar_kind as "calendarKind", return_to as "returnTo",
  browser_hash as "browserHash", reconnects, secrets, grant_secrets as "grantSecrets"`;

/** Begins a flow. `stateHash` and `browserHash` are SHA-256: the values themselves are known only to the browser. */
export async function insertFlow(
  db: Db,
  flow: Omit<OAuthFlow, 'grantSecrets'> & { stateHash: Buffer },
  now: Date,
): Promise<void> {
  await sql`
    insert into oauth_flows (id, state_hash, browser_hash, user_id, provider, calendar_kind, return_to, secrets, expires_at,
      created_at, reconnects)
    values (${flow.id}, ${flow.stateHash}, ${flow.browserHash}, ${flow.userId}, ${flow.provider}, ${flow.calendarKind},
      ${flow.returnTo}, ${flow.secrets}, ${new Date(now.getTime() + FLOW_LASTS_MS)}, ${now},
      ${flow.reconnects})`.execute(db);
}

/** Spends a state: the second caller with the same state gets `null`, as does one who comes too late. */
export async function spendState(
  db: Db,
  provider: ProviderName,
  stateHash: Buffer,
  now: Date,
): Promise<OAuthFlow | null> {
  const spent = await sql<OAuthFlow>`
    update oauth_flows set used_at = ${now}
     where state_hash = ${stateHash} and provider = ${provider} and used_at is null and expires_at > ${now}
    returning ${COLUMNS}`.execute(db);
  return spent.rows[0] ?? null;
}

/** Keeps what came back in another browser until the person who began confirms it there. */
export async function keepGrant(db: Db, flowId: string, grantSecrets: string): Promise<void> {
  await sql`update oauth_flows set grant_secrets = ${grantSecrets} where id = ${flowId}`.execute(db);
}

/** Takes a kept grant, once, if this person began the flow. */
export async function takeGrant(
  tx: Tx,
  wanted: { flowId: string; userId: number; provider: ProviderName },
  now: Date,
): Promise<OAuthFlow | null> {
  const found = await sql<OAuthFlow>`
    select ${COLUMNS} from oauth_flows where id = ${wanted.flowId} and user_id = ${wanted.userId}
       and provider = ${wanted.provider} and grant_secrets is not null and expires_at > ${now} for update`.execute(tx);
  const flow = found.rows[0];
  if (!flow) return null;
  await sql`update oauth_flows set grant_secrets = null where id = ${flow.id}`.execute(tx);
  return flow;
}

/** Removes flows that are over; they hold ciphertexts that nobody needs any more. */
export async function deleteOldFlows(db: Db, now: Date): Promise<void> {
  await sql`delete from oauth_flows where expires_at < ${now}`.execute(db);
}
