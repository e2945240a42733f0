import { formActionOf, linksOf, plainText, unescaped, visit } from '../kit/page-walk.ts';

/** What a person does on the sign-in pages. */
export interface ConsentChoices {
  /** The account to choose. */
  email: string;
  /** Scopes whose box the person clears; full names or their last part (`calendar.events.owned`). */
  untick?: readonly string[];
  /** The person presses Cancel. */
  deny?: boolean;
  /** Replaces the request's `prompt`. */
  prompt?: string;
}

/**
 * Walks the sign-in pages as a browser would: opens the address, chooses the account, decides on the scopes and
 * follows the way back. Answers the callback address with `code` and `state`, or `error`. Throws Error when a page
 * refuses, with the page's text.
 */
export async function walkConsent(authorizationUrl: string, choices: ConsentChoices): Promise<string> {
  const start = new URL(authorizationUrl);
  if (choices.prompt !== undefined) start.searchParams.set('prompt', choices.prompt);
  const origin = start.origin;
  let visited = await visit(start);
  if (visited.kind === 'left') return visited.url;
  if (consentAccount(visited.html) !== null && consentAccount(visited.html) !== choices.email) {
    visited = await visit(new URL(otherAccountLink(visited.html), origin));
    if (visited.kind === 'left') return visited.url;
  }
  if (consentAccount(visited.html) === null) {
    visited = await visit(new URL(accountLink(visited.html, choices.email), origin));
    if (visited.kind === 'left') return visited.url;
  }
  const form = decisionForm(visited.html, choices);
  const answer = await visit(new URL(form.action, origin), form.fields);
  if (answer.kind === 'left') return answer.url;
  throw new Error(`the consent page did not lead back: ${plainText(answer.html)}`);
}

/** The account whose consent page this is, or null for another page. */
function consentAccount(html: string): string | null {
  const action = formActionOf(html);
  return action === null ? null : new URL(action, 'http://page').searchParams.get('authuser');
}

function otherAccountLink(html: string): string {
  const link = linksOf(html).find((target) => target.startsWith('/o/oauth2/v2/auth'));
  if (link === undefined) throw new Error('the consent page offers no other account');
  return link;
}

function accountLink(html: string, email: string): string {
  const link = linksOf(html).find((target) => new URL(target, 'http://page').searchParams.get('authuser') === email);
  if (link === undefined) throw new Error(`the account chooser offers no ${email}`);
  return link;
}

function decisionForm(html: string, choices: ConsentChoices): { action: string; fields: URLSearchParams } {
  const action = formActionOf(html);
  if (action === null) throw new Error(`the page has no consent form: ${plainText(html)}`);
  const fields = new URLSearchParams({ decision: choices.deny ? 'cancel' : 'allow' });
  const cleared = choices.untick ?? [];
  for (const match of html.matchAll(/name="scope" value="([^"]+)"/g)) {
    const scope = unescaped(match[1] ?? '');
    const keep = !cleared.some((name) => name === scope || scope.endsWith(`/${name}`));
    if (keep) fields.append('scope', scope);
  }
  return { action, fields };
}
