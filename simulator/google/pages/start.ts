import type { Answer } from '../../kit/delivery.ts';
import { revokeAccount } from '../grants.ts';
import { SIGN_IN_SCOPES, consentText } from '../scopes.ts';
import type { Account } from '../state.ts';
import type { World } from '../world.ts';
import { html } from '../../kit/pages/html.ts';
import type { Html } from '../../kit/pages/html.ts';
import { avatar, page, seeOther } from '../../kit/pages/layout.ts';

/** `GET /`: everyone who has an account here, and what they have allowed. */
export function answerStart(world: World): Answer {
  const accounts = [...world.state.accounts.values()];
  return page(
    'Simulated Google accounts',
    html`<main class="card roomy">
      <p class="badge">Simulator</p>
      <h1>Simulated Google accounts</h1>
      <p>
        These people exist only on this machine. Open a calendar to see what arrives in it and to change it as that
        person.
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
  revokeAccount(world, email);
  return seeOther('/');
}

function person(world: World, account: Account): Html {
  const grant = world.state.grants.get(account.email);
  const calendars = [...world.state.calendars.values()].filter((calendar) => calendar.owner === account.email);
  const alive = calendars
    .flatMap((calendar) => [...calendar.events.values()])
    .filter((event) => event.status !== 'cancelled');
  const allowed = grant?.scopes.filter((scope) => !SIGN_IN_SCOPES.includes(scope)) ?? [];
  return html`<li>
    <a href="/calendar/${encodeURIComponent(account.email)}">
      ${avatar(account.name, account.email)}
      <span>
        <span class="name">${account.name}</span>
        <span class="email">${account.email} · ${alive.length} ${alive.length === 1 ? 'event' : 'events'}</span>
      </span>
    </a>
    ${
      grant
        ? html`<form method="post" action="/accounts/${encodeURIComponent(account.email)}/revoke" class="access">
            <span>${allowed.length === 0 ? 'Signed in without a calendar' : allowed.map(consentText).join('; ')}</span>
            <button type="submit" aria-label="Remove access of the app to ${account.email}">Remove access</button>
          </form>`
        : html`<p class="access">No app has access</p>`
    }
  </li>`;
}
