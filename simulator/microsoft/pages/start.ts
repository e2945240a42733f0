import type { Answer } from '../../kit/delivery.ts';
import { html } from '../../kit/pages/html.ts';
import type { Html } from '../../kit/pages/html.ts';
import { avatar, page, seeOther } from '../../kit/pages/layout.ts';
import { recordTenantConsent, revokeGrant } from '../grants.ts';
import { consentText } from '../scopes.ts';
import { grantKey } from '../state.ts';
import type { Account } from '../state.ts';
import type { World } from '../world.ts';

/** `GET /`: everyone who has an account here, and what they have allowed. */
export function answerStart(world: World): Answer {
  const accounts = [...world.state.accounts.values()];
  return page(
    'Simulated Microsoft accounts',
    html`<main class="card roomy">
      <p class="badge">Simulator</p>
      <h1>Simulated Microsoft accounts</h1>
      <p>
        These people exist only on this machine. Open a mailbox to see what arrives in its calendar and to change it as
        that person.
      </p>
      <ul class="accounts people">
        ${accounts.map((account) => person(world, account))}
      </ul>
      <p class="footnote">How tests steer this simulator is told in <code>simulator/README.md</code>.</p>
    </main>`,
  );
}

/** `POST /accounts/{email}/revoke`: the person takes back the app's access. Null for an unknown account. */
export function answerRevokeForm(world: World, email: string): Answer | null {
  if (!world.state.accounts.has(email)) return null;
  revokeGrant(world, email);
  return seeOther('/');
}

/** `POST /accounts/{email}/approval`: turns on, or satisfies, the need for an administrator. Null for an unknown account. */
export function answerApprovalForm(world: World, email: string): Answer | null {
  const account = world.state.accounts.get(email);
  if (!account) return null;
  if (waitsForAdmin(world, account)) {
    for (const clientId of world.clients.keys()) recordTenantConsent(world, account.tenantId, clientId);
  } else {
    account.needsAdminApproval = true;
    for (const clientId of world.clients.keys()) world.state.tenantGrants.delete(grantKey(account.tenantId, clientId));
    world.changed();
  }
  return seeOther('/');
}

function person(world: World, account: Account): Html {
  const mailbox = world.state.mailboxes.get(account.email);
  const alive = [...(mailbox?.events.values() ?? [])].filter((event) => !event.deleted);
  return html`<li>
    <a href="/mailbox/${encodeURIComponent(account.email)}">
      ${avatar(account.name, account.email)}
      <span>
        <span class="name">${account.name}</span>
        <span class="email">${account.email} · ${alive.length} ${alive.length === 1 ? 'event' : 'events'}</span>
        <span class="kind">${account.kind === 'personal' ? 'Personal account' : 'Work or school account'}</span>
      </span>
    </a>
    ${access(world, account)} ${account.kind === 'work' ? approval(world, account) : null}
  </li>`;
}

function access(world: World, account: Account): Html {
  const grants = [...world.state.grants.values()].filter((grant) => grant.email === account.email);
  if (grants.length === 0) return html`<p class="access">No app has access</p>`;
  const allowed = [...new Set(grants.flatMap(({ scopes }) => scopes))].flatMap(
    (scope) => consentText(scope)?.title ?? [],
  );
  return html`<form method="post" action="/accounts/${encodeURIComponent(account.email)}/revoke" class="access">
    <span>${allowed.length === 0 ? 'Signed in without a calendar' : allowed.join('; ')}</span>
    <button type="submit" aria-label="Remove access of the app to ${account.email}">Remove access</button>
  </form>`;
}

function approval(world: World, account: Account): Html {
  const waits = waitsForAdmin(world, account);
  const button = waits ? 'Approve as administrator' : 'Require admin approval';
  return html`<form method="post" action="/accounts/${encodeURIComponent(account.email)}/approval" class="access">
    <span>${waits ? 'Only an administrator may consent to apps' : 'May consent to apps'}</span>
    <button type="submit" aria-label="${button}: ${account.email}">${button}</button>
  </form>`;
}

function waitsForAdmin(world: World, account: Account): boolean {
  const clients = [...world.clients.keys()];
  const approved = clients.every((id) => world.state.tenantGrants.has(grantKey(account.tenantId, id)));
  return account.needsAdminApproval && !approved;
}
