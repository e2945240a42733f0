import { MINUTE } from '../base/time.ts';
import { sql, type Db } from '../db/sql.ts';
import type { BudgetStore, Share, ShareAsked } from '../sync/app-budget.ts';
import { backoffMs } from '../sync/backoff.ts';
import type { ProviderName } from '../sync/provider.ts';
import { pausedProviders } from './provider-settings.ts';

/** The budgets of our app at the providers, one row each, which all nodes share. */
export function createBudgetStore(db: Db, random: () => number): BudgetStore {
  return {
    takeShare: (provider, asked, now) => takeShare(db, provider, asked, now),
    blockProvider: (provider, afterMs, now) => blockProvider(db, provider, afterMs, now, random),
    pausedProviders: () => pausedProviders(db),
  };
}

/**
 * A bucket that holds half a minute's calls and refills at half the rate, so that no minute has more than the quota. It
 * refills on the database's own clock: clocks of nodes may differ. One statement, so that no two nodes are given the same.
 */
async function takeShare(
  db: Db,
  provider: ProviderName,
  { wish, reserve, perMinute }: ShareAsked,
  now: Date,
): Promise<Share> {
  const full = perMinute / 2;
  const kept = reserve / 2;
  const first = Math.floor(Math.max(0, Math.min(wish, full - kept)));
  const refilled = sql`least(${full}::float8, b.allowance + ${full / 60}::float8
    * greatest(0, extract(epoch from clock_timestamp() - b.refilled_at)::float8))`;
  const granted = sql`case when b.not_before > ${now} then 0
    else floor(greatest(0, least(${wish}::float8, ${refilled} - ${kept}::float8)))::int end`;
  const taken = await sql<Share>`
    insert into provider_budgets as b (provider, allowance, refilled_at, last_share)
    values (${provider}, ${full - first}, clock_timestamp(), ${first})
    on conflict (provider) do update
      set allowance = ${refilled} - ${granted}, last_share = ${granted}, refilled_at = clock_timestamp()
    returning last_share as granted, case when not_before > ${now} then not_before end as "notBefore"`.execute(db);
  return taken.rows[0] ?? { granted: 0, notBefore: null };
}

/** Blocks that are this old say nothing of the present: the next one is short again. */
const FORGET_BLOCKS_MS = 10 * MINUTE;

async function blockProvider(
  db: Db,
  provider: ProviderName,
  afterMs: number | null,
  now: Date,
  random: () => number,
): Promise<Date> {
  const since = new Date(now.getTime() - FORGET_BLOCKS_MS);
  const known = await sql<{ attempts: number }>`
    select attempts from provider_budgets where provider = ${provider} and not_before > ${since}`.execute(db);
  const waitMs = backoffMs(known.rows[0]?.attempts ?? 0, afterMs, random);
  const blocked = await sql<{ until: Date }>`
    insert into provider_budgets (provider, allowance, refilled_at, not_before, attempts)
    values (${provider}, 0, clock_timestamp(), ${new Date(now.getTime() + waitMs)}, 1)
    on conflict (provider) do update set
      attempts = case when provider_budgets.not_before > ${since} then provider_budgets.attempts + 1 else 1 end,
      not_before = greatest(provider_budgets.not_before, excluded.not_before)
    returning not_before as until`.execute(db);
  return blocked.rows[0]?.until ?? now;
}

/** Providers that asked our whole app to wait, and until when. */
export async function blockedUntil(db: Db, now: Date): Promise<Map<ProviderName, Date>> {
  const found = await sql<{ provider: ProviderName; until: Date }>`
    select provider, not_before as until from provider_budgets where not_before > ${now}`.execute(db);
  return new Map(found.rows.map(({ provider, until }) => [provider, until]));
}
