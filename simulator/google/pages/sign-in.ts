import type { AuthorizationRequest } from '../authorization-request.ts';
import {
  AuthorizationError,
  REQUEST_PARAMETERS,
  callbackUrl,
  hintedAccount,
  readAuthorizationRequest,
} from '../authorization-request.ts';
import type { Answer } from '../../kit/delivery.ts';
import { isGranted, issueCode } from '../grants.ts';
import { SIGN_IN_SCOPES, consentText } from '../scopes.ts';
import type { Account } from '../state.ts';
import type { World } from '../world.ts';
import { html } from '../../kit/pages/html.ts';
import type { Html } from '../../kit/pages/html.ts';
import { avatar, page, redirect } from '../../kit/pages/layout.ts';

export const CONSENT_PATH = '/signin/consent';

/** `GET /o/oauth2/v2/auth`: the account chooser, or straight on when the account is known. */
export function answerAuthorize(world: World, query: URLSearchParams): Answer {
  return withRequest(world, query, (request) => {
    const hinted = hintedAccount(world.state, request);
    if (request.prompts.has('none')) return withoutPages(world, request, hinted);
    if (hinted && !request.prompts.has('select_account')) return consentStep(world, query, request, hinted);
    return chooserPage(world, query, request);
  });
}

/** `GET /signin/consent?authuser=…`: the consent page, or straight back when everything was granted before. */
export function answerConsentPage(world: World, query: URLSearchParams): Answer {
  return withAccount(world, query, (request, account) => consentStep(world, query, request, account));
}

/** `POST /signin/consent?authuser=…`: the person's decision. */
export function answerDecision(world: World, query: URLSearchParams, form: URLSearchParams): Answer {
  return withAccount(world, query, (request, account) => {
    if (account.adminPolicyEnforced) return redirect(callbackUrl(request, { error: 'admin_policy_enforced' }));
    if (form.get('decision') !== 'allow') return redirect(callbackUrl(request, { error: 'access_denied' }));
    const ticked = form.getAll('scope');
    const granted = request.scopes.filter((scope) => SIGN_IN_SCOPES.includes(scope) || ticked.includes(scope));
    if (granted.length === 0) return redirect(callbackUrl(request, { error: 'access_denied' }));
    return giveCode(world, request, account, granted);
  });
}

function withRequest(world: World, query: URLSearchParams, run: (request: AuthorizationRequest) => Answer): Answer {
  try {
    return run(readAuthorizationRequest(world.clients, requestQuery(query)));
  } catch (error) {
    if (error instanceof AuthorizationError) return errorPage(error);
    throw error;
  }
}

function withAccount(
  world: World,
  query: URLSearchParams,
  run: (request: AuthorizationRequest, account: Account) => Answer,
): Answer {
  return withRequest(world, query, (request) => {
    const account = world.state.accounts.get(query.get('authuser') ?? '');
    if (!account) throw new AuthorizationError(400, 'invalid_request', 'There is no such account here.');
    return run(request, account);
  });
}

function requestQuery(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => REQUEST_PARAMETERS.includes(name)));
}

function withoutPages(world: World, request: AuthorizationRequest, account: Account | undefined): Answer {
  if (account && isGranted(world.state, account.email, request.scopes)) {
    return giveCode(world, request, account, request.scopes);
  }
  return redirect(callbackUrl(request, { error: 'interaction_required' }));
}

function consentStep(world: World, query: URLSearchParams, request: AuthorizationRequest, account: Account): Answer {
  if (account.adminPolicyEnforced) return redirect(callbackUrl(request, { error: 'admin_policy_enforced' }));
  const granted = isGranted(world.state, account.email, request.scopes);
  if (granted && !request.prompts.has('consent')) return giveCode(world, request, account, request.scopes);
  return consentPage(query, request, account);
}

function giveCode(world: World, request: AuthorizationRequest, account: Account, scopes: string[]): Answer {
  const code = issueCode(world, request, account.email, scopes);
  return redirect(callbackUrl(request, { code: code.code, scope: code.scopes.join(' '), authuser: '0' }));
}

function chooserPage(world: World, query: URLSearchParams, request: AuthorizationRequest): Answer {
  const accounts = [...world.state.accounts.values()];
  return page(
    'Choose an account – Simulated Google account',
    html`<main class="card">
      ${badge()}
      <h1>Choose an account</h1>
      <p>to continue to <strong>${clientName(request)}</strong></p>
      <ul class="accounts">
        ${accounts.map(
          (account) =>
            html`<li>
              <a href="${consentUrl(query, account.email)}">
                ${avatar(account.name, account.email)}
                <span><span class="name">${account.name}</span><span class="email">${account.email}</span></span>
              </a>
            </li>`,
        )}
      </ul>
      ${footnote()}
    </main>`,
  );
}

function consentPage(query: URLSearchParams, request: AuthorizationRequest, account: Account): Answer {
  const others = request.scopes.filter((scope) => !SIGN_IN_SCOPES.includes(scope));
  const signIn = request.scopes.some((scope) => SIGN_IN_SCOPES.includes(scope));
  return page(
    'Allow access – Simulated Google account',
    html`<main class="card">
      ${badge()}
      <h1>${clientName(request)} wants access to your account</h1>
      <p class="who">${avatar(account.name, account.email)} <span>${account.email}</span></p>
      <form method="post" action="${consentUrl(query, account.email)}">
        ${signIn ? html`<p>${clientName(request)} will see your name, e-mail address and account number.</p>` : null}
        ${others.length > 0 ? scopeBoxes(others) : null}
        <div class="actions">
          <button type="submit" name="decision" value="cancel" class="quiet">Cancel</button>
          <button type="submit" name="decision" value="allow" class="main">Allow</button>
        </div>
      </form>
      <p class="small"><a href="${chooserUrl(query)}">Use another account</a></p>
      ${footnote()}
    </main>`,
  );
}

function scopeBoxes(scopes: string[]): Html {
  return html`<fieldset>
    <legend>Select what the app may do</legend>
    ${scopes.map(
      (scope) =>
        html`<label class="scope">
          <input type="checkbox" name="scope" value="${scope}" checked />
          <span>${consentText(scope)}<code>${scope.split('/').at(-1)}</code></span>
        </label>`,
    )}
  </fieldset>`;
}

function errorPage(error: AuthorizationError): Answer {
  return page(
    'Access blocked – Simulated Google account',
    html`<main class="card">
      ${badge()}
      <h1>Access blocked: this app’s request is invalid</h1>
      <p>${error.message}</p>
      <p class="small">Error ${error.status}: ${error.code}</p>
      ${footnote()}
    </main>`,
    { status: error.status },
  );
}

function badge(): Html {
  return html`<p class="badge">Simulated Google account</p>`;
}

function footnote(): Html {
  return html`<p class="footnote">This page belongs to a simulator. No real account is involved.</p>`;
}

function clientName(request: AuthorizationRequest): string {
  return request.client.name ?? request.client.clientId;
}

function consentUrl(query: URLSearchParams, email: string): string {
  const carried = requestQuery(query);
  carried.set('authuser', email);
  return `${CONSENT_PATH}?${carried.toString()}`;
}

function chooserUrl(query: URLSearchParams): string {
  const carried = requestQuery(query);
  carried.delete('login_hint');
  return `/o/oauth2/v2/auth?${carried.toString()}`;
}
