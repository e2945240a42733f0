import { sql, type Db, type Tx } from '../db/sql.ts';
import type { ProviderName } from '../sync/provider.ts';

/** Told when a provider is paused or resumed; there is no payload. */
export const PROVIDERS_CHANNEL = 'providers';

/** What administrators have settled about a provider, and what was last found out about its credentials. */
export interface ProviderSettings {
  provider: ProviderName;
  paused: boolean;
  /** When it was paused or resumed last; `null`: never. */
  switchedAt: Date | null;
  switchedBy: { id: number; name: string } | null;
  /** `2027-05-01` */
  secretExpiresOn: string | null;
  checkedAt: Date | null;
  checkOutcome: CheckOutcome | null;
  checkCode: string | null;
}

/** What a provider said to our credentials. `unreachable`: nothing, or nothing that tells. */
export type CheckOutcome = 'accepted' | 'refused' | 'unreachable';

/** Of the providers about which anything was ever settled. */
export async function loadProviderSettings(db: Db): Promise<ProviderSettings[]> {
  const found = await sql<ProviderSettings>`
    select s.provider, s.paused, s.switched_at as "switchedAt",
           case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end as "switchedBy",
           s.secret_expires_on as "secretExpiresOn", s.checked_at as "checkedAt", s.check_outcome as "checkOutcome",
           s.check_code as "checkCode"
      from provider_settings s left join users u on u.id = s.switched_by order by s.provider`.execute(db);
  return found.rows;
}

/** Those that nobody may call. */
export async function pausedProviders(db: Db): Promise<ProviderName[]> {
  const found = await sql<{ provider: ProviderName }>`select provider from provider_settings where paused`.execute(db);
  return found.rows.map((row) => row.provider);
}

/** Pauses or resumes a provider. @returns whether that is a change */
export async function switchProvider(
  tx: Tx,
  provider: ProviderName,
  paused: boolean,
  by: { userId: number; at: Date },
): Promise<boolean> {
  const switched = await sql`
    insert into provider_settings (provider, paused, switched_at, switched_by)
    select ${provider}, ${paused}, ${by.at}::timestamptz, ${by.userId}::bigint
     where ${paused} or exists (select from provider_settings where provider = ${provider})
    on conflict (provider) do update
      set paused = excluded.paused, switched_at = excluded.switched_at, switched_by = excluded.switched_by
     where provider_settings.paused <> excluded.paused`.execute(tx);
  return switched.numAffectedRows === 1n;
}

/** Notes when our secret at a provider ends; `null`: not known. */
export async function setSecretExpiry(db: Db, provider: ProviderName, expiresOn: string | null): Promise<void> {
  await sql`
    insert into provider_settings (provider, secret_expires_on) values (${provider}, ${expiresOn}::date)
    on conflict (provider) do update set secret_expires_on = excluded.secret_expires_on`.execute(db);
}

/** Keeps what a check of our credentials found. */
export async function keepCheck(
  db: Db,
  provider: ProviderName,
  check: { at: Date; outcome: CheckOutcome; code: string | null },
): Promise<void> {
  await sql`
    insert into provider_settings (provider, checked_at, check_outcome, check_code)
    values (${provider}, ${check.at}, ${check.outcome}, ${check.code})
    on conflict (provider) do update set checked_at = excluded.checked_at, check_outcome = excluded.check_outcome,
      check_code = excluded.check_code`.execute(db);
}
