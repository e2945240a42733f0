import type { Answer } from '../../kit/delivery.ts';
import { html } from '../../kit/pages/html.ts';
import { page, redirect } from '../../kit/pages/layout.ts';
import { callbackUrl, readDestination } from '../authorization-request.ts';
import type { Destination } from '../authorization-request.ts';
import { EntraError, entraErrorQuery } from '../entra-error.ts';
import { recordTenantConsent } from '../grants.ts';
import { STANDARD_PERMISSIONS, consentText } from '../scopes.ts';
import { CONSUMER_TENANT } from '../state.ts';
import { findTenant, workTenants } from '../tenants.ts';
import type { World } from '../world.ts';
import { badge, clientName, errorPage, footnote } from './sign-in.ts';

/** `GET /{tenant}/adminconsent?client_id=&redirect_uri=&state=`: an administrator's page, for one tenant. */
export function answerAdminConsent(world: World, segment: string, query: URLSearchParams): Answer {
  return withTenant(world, segment, query, (destination, tenantId) =>
    tenantId === null ? tenantChooser(world, query, destination) : consentPage(world, query, destination, tenantId),
  );
}

/** `POST /{tenant}/adminconsent?…`: the administrator's decision. */
export function answerAdminDecision(
  world: World,
  segment: string,
  query: URLSearchParams,
  form: URLSearchParams,
): Answer {
  return withTenant(world, segment, query, (destination, tenantId) => {
    if (tenantId === null) return errorPage(new EntraError(90_002));
    if (form.get('decision') !== 'accept') {
      const refused = entraErrorQuery(world, new EntraError(65_004));
      return redirect(callbackUrl(destination, { ...refused, tenant: tenantId }));
    }
    recordTenantConsent(world, tenantId, destination.client.clientId);
    return redirect(callbackUrl(destination, { tenant: tenantId, admin_consent: 'True' }));
  });
}

function withTenant(
  world: World,
  segment: string,
  query: URLSearchParams,
  run: (destination: Destination, tenantId: string | null) => Answer,
): Answer {
  try {
    const tenant = findTenant(world.state, segment);
    if (!tenant) throw new EntraError(90_002, { text: `Tenant '${segment}' not found.` });
    if (tenant.kind === 'tenant' && tenant.id === CONSUMER_TENANT) {
      throw new EntraError(90_023, { text: 'Personal accounts have no administrator.' });
    }
    return run(readDestination(world.clients, query), tenant.kind === 'tenant' ? tenant.id : null);
  } catch (error) {
    if (error instanceof EntraError) return errorPage(error);
    throw error;
  }
}

function tenantChooser(world: World, query: URLSearchParams, destination: Destination): Answer {
  return page(
    'Pick an organization – Simulated Microsoft account',
    html`<main class="card" data-step="tenants">
      ${badge()}
      <h1>Sign in as an administrator</h1>
      <p>to decide about <strong>${clientName(destination)}</strong></p>
      <ul class="accounts">
        ${workTenants(world.state).map(
          ({ id, domain }) =>
            html`<li>
              <a href="${tenantUrl(id, query)}"
                ><span><span class="name">Administrator of ${domain}</span><span class="email">${id}</span></span></a
              >
            </li>`,
        )}
      </ul>
      ${footnote()}
    </main>`,
  );
}

function consentPage(world: World, query: URLSearchParams, destination: Destination, tenantId: string): Answer {
  const domain = workTenants(world.state).find(({ id }) => id === tenantId)?.domain ?? tenantId;
  const permissions = destination.client.permissions ?? STANDARD_PERMISSIONS;
  return page(
    'Review for your organization – Simulated Microsoft account',
    html`<main class="card" data-step="admin-consent">
      ${badge()}
      <p class="who"><span>Administrator of ${domain}</span></p>
      <h1>Permissions requested</h1>
      <p>Review for your organization: <strong>${clientName(destination)}</strong> would like to:</p>
      <ul class="permissions">
        ${permissions.map((scope) => {
          const line = consentText(scope);
          return line ? html`<li><b>${line.title}</b><span>${line.text}</span> <code>${scope}</code></li>` : null;
        })}
      </ul>
      <p class="small">If you accept, this app gets these permissions for all users of ${domain}.</p>
      <form method="post" action="${tenantUrl(tenantId, query)}">
        <div class="actions">
          <button type="submit" name="decision" value="cancel" class="quiet">Cancel</button>
          <button type="submit" name="decision" value="accept" class="main">Accept</button>
        </div>
      </form>
      ${footnote()}
    </main>`,
  );
}

function tenantUrl(tenantId: string, query: URLSearchParams): string {
  return `/${tenantId}/adminconsent?${query.toString()}`;
}
