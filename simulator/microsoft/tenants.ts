import { isGuid } from './guid.ts';
import { CONSUMER_TENANT, domainOf } from './state.ts';
import type { Account, State } from './state.ts';

/** Whom the first segment of a sign-in address lets in. */
export type Tenant = { kind: 'common' } | { kind: 'organizations' } | { kind: 'tenant'; id: string };

/** Reads the segment: `common`, `organizations`, `consumers`, a tenant id or a domain. Null for an unknown tenant. */
export function findTenant(state: State, segment: string): Tenant | null {
  const name = segment.toLowerCase();
  if (name === 'common' || name === 'organizations') return { kind: name };
  if (name === 'consumers' || name === CONSUMER_TENANT) return { kind: 'tenant', id: CONSUMER_TENANT };
  const member = workAccounts(state).find((account) =>
    isGuid(name) ? account.tenantId === name : domainOf(account.email) === name,
  );
  return member ? { kind: 'tenant', id: member.tenantId } : null;
}

/** True when the account may sign in under that address. */
export function admits(tenant: Tenant, account: Account): boolean {
  if (tenant.kind === 'common') return true;
  return tenant.kind === 'organizations' ? account.kind === 'work' : account.tenantId === tenant.id;
}

/** The tenants of all work accounts with their first domain. */
export function workTenants(state: State): { id: string; domain: string }[] {
  const tenants = new Map<string, string>();
  for (const { tenantId, email } of workAccounts(state)) {
    if (!tenants.has(tenantId)) tenants.set(tenantId, domainOf(email));
  }
  return [...tenants].map(([id, domain]) => ({ id, domain }));
}

function workAccounts(state: State): Account[] {
  return [...state.accounts.values()].filter((account) => account.kind === 'work');
}
