import type { Answer } from '../../kit/delivery.ts';
import { html } from '../../kit/pages/html.ts';
import type { Html } from '../../kit/pages/html.ts';
import { avatar, page, redirect } from '../../kit/pages/layout.ts';
import {
  REQUEST_PARAMETERS,
  callbackUrl,
  hintedAccount,
  readAuthorizationRequest,
  readDestination,
} from '../authorization-request.ts';
import type { AuthorizationRequest, Destination } from '../authorization-request.ts';
import { EntraError, entraErrorQuery } from '../entra-error.ts';
import { isGranted, issueCode, recordConsent } from '../grants.ts';
import { randomGuid } from '../guid.ts';
import { consentText } from '../scopes.ts';
import { grantKey } from '../state.ts';
import type { Account } from '../state.ts';
import { admits, findTenant } from '../tenants.ts';
import type { Tenant } from '../tenants.ts';
import type { World } from '../world.ts';

/** A step of a sign-in: where it is, what the address says, and whom it lets in. */
interface Step {
  world: World;
  /** First segment of the address. */
  segment: string;
  tenant: Tenant;
  query: URLSearchParams;
  request: AuthorizationRequest;
}

/** `GET /{tenant}/oauth2/v2.0/authorize`: the account chooser, or straight on when the account is known. */
export function answerAuthorize(world: World, segment: string, query: URLSearchParams): Answer {
  return withStep(world, segment, query, (step) => {
    const { request } = step;
    const hinted = hintedAccount(world.state, request);
    if (request.prompt === 'none') return withoutPages(step, hinted);
    if (hinted && admits(step.tenant, hinted)) return accountStep(step, hinted);
    return chooserPage(step);
  });
}

/** `GET …/consent?account=`: what comes after the choice of an account. */
export function answerAccount(world: World, segment: string, query: URLSearchParams): Answer {
  return withAccount(world, segment, query, accountStep);
}

/** `POST …/consent?account=`: the person's decision. */
export function answerDecision(world: World, segment: string, query: URLSearchParams, form: URLSearchParams): Answer {
  return withAccount(world, segment, query, (step, account) => {
    if (isBlocked(step, account)) return accountStep(step, account);
    if (form.get('decision') !== 'accept') return goBack(step, new EntraError(65_004), { error_subcode: 'cancel' });
    recordConsent(world, account, step.request.client.clientId, step.request.scopes);
    return giveCode(step, account);
  });
}

/** `POST …/second-factor?account=`: the person has proved who they are. */
export function answerSecondFactor(world: World, segment: string, query: URLSearchParams): Answer {
  return withAccount(world, segment, query, (step, account) => {
    account.interactionRequired = false;
    world.changed();
    return accountStep(step, account);
  });
}

/** `GET …/return?account=`: back to the app from the page "Need admin approval". */
export function answerReturn(world: World, segment: string, query: URLSearchParams): Answer {
  return withAccount(world, segment, query, (step) =>
    goBack(step, new EntraError(90_094, { error: world.settings.adminApprovalError })),
  );
}

/** A page for what cannot be sent back to the app. */
export function errorPage(error: EntraError): Answer {
  return page(
    'Sorry – Simulated Microsoft account',
    html`<main class="card" data-step="error">
      ${badge()}
      <h1>Sorry, but we’re having trouble signing you in.</h1>
      <p>AADSTS${error.number}: ${error.message}</p>
      ${footnote()}
    </main>`,
    { status: 400 },
  );
}

/** The name of the simulated service above each card. */
export function badge(): Html {
  return html`<p class="badge">Simulated Microsoft account</p>`;
}

/** What no page leaves in doubt. */
export function footnote(): Html {
  return html`<p class="footnote">This page belongs to a simulator. No real account is involved.</p>`;
}

/** The app's name as pages show it. */
export function clientName({ client }: Destination): string {
  return client.name ?? client.clientId;
}

function withStep(world: World, segment: string, query: URLSearchParams, run: (step: Step) => Answer): Answer {
  const carried = requestQuery(query);
  let destination: Destination | null = null;
  try {
    const tenant = findTenant(world.state, segment);
    if (!tenant) throw new EntraError(90_002, { text: `Tenant '${segment}' not found.` });
    destination = readDestination(world.clients, carried);
    return run({ world, segment, tenant, query: carried, request: readAuthorizationRequest(destination, carried) });
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    return destination === null ? errorPage(error) : redirect(callbackUrl(destination, entraErrorQuery(world, error)));
  }
}

function withAccount(
  world: World,
  segment: string,
  query: URLSearchParams,
  run: (step: Step, account: Account) => Answer,
): Answer {
  return withStep(world, segment, query, (step) => {
    const account = world.state.accounts.get(query.get('account') ?? '');
    if (!account || !admits(step.tenant, account)) {
      return errorPage(new EntraError(50_020, { text: 'The user account does not exist in this tenant.' }));
    }
    return run(step, account);
  });
}

function requestQuery(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => REQUEST_PARAMETERS.includes(name)));
}

function withoutPages(step: Step, account: Account | undefined): Answer {
  if (!account || !admits(step.tenant, account)) return goBack(step, new EntraError(50_058));
  if (account.disabled) return goBack(step, new EntraError(50_057, { error: 'interaction_required' }));
  if (account.interactionRequired) return goBack(step, new EntraError(50_076));
  if (!isCovered(step, account)) return goBack(step, new EntraError(65_001, { error: 'consent_required' }));
  return giveCode(step, account);
}

function accountStep(step: Step, account: Account): Answer {
  if (account.disabled) return disabledPage(step, account);
  if (account.interactionRequired) return secondFactorPage(step, account);
  if (isBlocked(step, account)) return approvalPage(step, account);
  if (isCovered(step, account) && step.request.prompt !== 'consent') return giveCode(step, account);
  return consentPage(step, account);
}

function isCovered({ world, request }: Step, account: Account): boolean {
  return isGranted(world.state, account, request.client.clientId, request.scopes);
}

// What was allowed before goes on working; only a new consent needs the administrator.
function isBlocked(step: Step, account: Account): boolean {
  const { world, request } = step;
  if (!account.needsAdminApproval) return false;
  const byTenant = world.state.tenantGrants.get(grantKey(account.tenantId, request.client.clientId))?.scopes ?? [];
  if (request.scopes.every((scope) => byTenant.includes(scope))) return false;
  return request.prompt === 'consent' || !isCovered(step, account);
}

function giveCode({ world, request }: Step, account: Account): Answer {
  const { code } = issueCode(world, request, account);
  return redirect(callbackUrl(request, { code, session_state: randomGuid(world.random) }));
}

function goBack({ world, request }: Step, error: EntraError, more: Record<string, string> = {}): Answer {
  return redirect(callbackUrl(request, { ...entraErrorQuery(world, error), ...more }));
}

function chooserPage(step: Step): Answer {
  const { world, request, tenant } = step;
  const hint = request.domainHint;
  const accounts = [...world.state.accounts.values()].filter(
    (account) => admits(tenant, account) && (hint === null || (hint === 'consumers') === (account.kind === 'personal')),
  );
  return page(
    'Pick an account – Simulated Microsoft account',
    html`<main class="card" data-step="chooser">
      ${badge()}
      <h1>Pick an account</h1>
      <p>to continue to <strong>${clientName(request)}</strong></p>
      <ul class="accounts">
        ${accounts.map(
          (account) =>
            html`<li>
              <a href="${stepUrl(step, 'consent', account)}">
                ${avatar(account.name, account.email)}
                <span
                  ><span class="name">${account.name}</span><span class="email">${account.email}</span>
                  <span class="kind">${kindOf(account)}</span></span
                >
              </a>
            </li>`,
        )}
      </ul>
      ${accounts.length === 0 ? html`<p>Nobody here may sign in to this.</p>` : null} ${footnote()}
    </main>`,
  );
}

function consentPage(step: Step, account: Account): Answer {
  const { request } = step;
  return page(
    'Permissions requested – Simulated Microsoft account',
    html`<main class="card" data-step="consent" data-account="${account.email}">
      ${badge()} ${who(account)}
      <h1>${account.kind === 'personal' ? 'Let this app access your info?' : 'Permissions requested'}</h1>
      <p><strong>${clientName(request)}</strong> would like to:</p>
      <ul class="permissions">
        ${request.scopes.map((scope) => {
          const line = consentText(scope);
          return line ? html`<li><b>${line.title}</b><span>${line.text}</span> <code>${scope}</code></li>` : null;
        })}
      </ul>
      <p class="small">
        Accepting means that this app may use your data as it says in its terms. You can take this back.
      </p>
      <form method="post" action="${stepUrl(step, 'consent', account)}">
        <div class="actions">
          <button type="submit" name="decision" value="cancel" class="quiet">Cancel</button>
          <button type="submit" name="decision" value="accept" class="main">Accept</button>
        </div>
      </form>
      ${otherAccount(step)} ${footnote()}
    </main>`,
  );
}

function approvalPage(step: Step, account: Account): Answer {
  const { request } = step;
  return page(
    'Need admin approval – Simulated Microsoft account',
    html`<main class="card" data-step="approval" data-account="${account.email}">
      ${badge()} ${who(account)}
      <h1>Need admin approval</h1>
      <p>
        <strong>${clientName(request)}</strong> needs permission to access resources in your organization that only an
        admin can grant. Please ask an admin to grant permission to this app before you can use it.
      </p>
      <p class="small">AADSTS90094</p>
      <p><a href="${chooserUrl(step)}">Have an admin account? Sign in with that account</a></p>
      <p>
        <a href="${stepUrl(step, 'return', account)}">Return to the application without granting consent</a>
      </p>
      ${footnote()}
    </main>`,
  );
}

function secondFactorPage(step: Step, account: Account): Answer {
  return page(
    'Approve sign in request – Simulated Microsoft account',
    html`<main class="card" data-step="second-factor" data-account="${account.email}">
      ${badge()} ${who(account)}
      <h1>Approve sign in request</h1>
      <p>Your organization wants more than a password. Open your authenticator app and approve the request.</p>
      <form method="post" action="${stepUrl(step, 'second-factor', account)}">
        <div class="actions"><button type="submit" class="main">I have approved it</button></div>
      </form>
      ${otherAccount(step)} ${footnote()}
    </main>`,
  );
}

function disabledPage(step: Step, account: Account): Answer {
  const error = new EntraError(50_057);
  return page(
    'Sign in – Simulated Microsoft account',
    html`<main class="card" data-step="disabled" data-account="${account.email}">
      ${badge()}
      <h1>Your account has been locked</h1>
      <p>AADSTS${error.number}: ${error.message} Contact your support person to unlock it, then try again.</p>
      ${otherAccount(step)} ${footnote()}
    </main>`,
  );
}

function who(account: Account): Html {
  return html`<p class="who">${avatar(account.name, account.email)} <span>${account.email}</span></p>`;
}

function kindOf(account: Account): string {
  return account.kind === 'personal' ? 'Personal account' : 'Work or school account';
}

function otherAccount(step: Step): Html {
  return html`<p class="small"><a href="${chooserUrl(step)}">Use another account</a></p>`;
}

function stepUrl({ segment, query }: Step, name: string, account: Account): string {
  const carried = new URLSearchParams(query);
  carried.set('account', account.email);
  return `/${segment}/oauth2/v2.0/${name}?${carried.toString()}`;
}

function chooserUrl({ segment, query }: Step): string {
  const carried = new URLSearchParams(query);
  carried.delete('login_hint');
  return `/${segment}/oauth2/v2.0/authorize?${carried.toString()}`;
}
