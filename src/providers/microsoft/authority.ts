/** The tenant of all personal accounts (https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference). */
export const CONSUMER_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The addresses of one sign-in authority, and whom it signs in. */
export interface Authority {
  authorizeUrl: string;
  tokenUrl: string;
  jwksUrl: string;
  /** `null`: personal accounts only. */
  adminConsentUrl: string | null;
  /** Issuer of the ID tokens of a tenant. */
  issuerOf(tenantId: string): string;
  /** Whether a text is the issuer of some tenant here. */
  isIssuer(text: string): boolean;
  /** Whether accounts of this tenant may sign in here. A domain's tenant id is known to Entra alone, which checks it. */
  admits(tenantId: string): boolean;
}

/**
 * Reads an authority's address, whose last part is the tenant: `common`, `organizations`, `consumers`, a tenant's id or one
 * of its domains (https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints).
 */
export function createAuthority(authorityUrl: string): Authority {
  const base = authorityUrl.replace(/\/+$/, '');
  const login = base.slice(0, base.lastIndexOf('/'));
  const tenant = base.slice(base.lastIndexOf('/') + 1).toLowerCase();
  const issuerOf = (tenantId: string): string => `${login}/${tenantId}/v2.0`;
  return {
    authorizeUrl: new URL(`${base}/oauth2/v2.0/authorize`).href,
    tokenUrl: new URL(`${base}/oauth2/v2.0/token`).href,
    jwksUrl: new URL(`${base}/discovery/v2.0/keys`).href,
    adminConsentUrl: tenant === 'consumers' || tenant === CONSUMER_TENANT ? null : `${base}/adminconsent`,
    issuerOf,
    isIssuer(text) {
      const inner = text.startsWith(`${login}/`) ? text.slice(login.length + 1) : '';
      return inner.endsWith('/v2.0') && GUID.test(inner.slice(0, -'/v2.0'.length));
    },
    admits(tenantId) {
      const tid = tenantId.toLowerCase();
      if (tenant === 'consumers') return tid === CONSUMER_TENANT;
      if (tenant === 'organizations') return tid !== CONSUMER_TENANT;
      return !GUID.test(tenant) || tid === tenant;
    },
  };
}
