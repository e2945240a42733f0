import { formActionOf, linksOf, plainText, visit } from '../kit/page-walk.ts';

/** What a person does on the sign-in pages. */
export interface ConsentChoices {
  /** The account to choose. */
  email: string;
  /** The person presses Cancel. */
  deny?: boolean;
  /** Replaces the request's `prompt`. */
  prompt?: string;
}

// Chooser, second factor, consent, and one detour to another account.
const MOST_STEPS = 6;

/**
 * Walks the sign-in pages as a browser would: opens the address, chooses the account, passes the second factor, decides
 * and follows the way back, which from the page "Need admin approval" is its link back to the app. Answers the callback
 * address with `code` and `state`, or `error`. Throws Error when a page leads nowhere, with the page's text.
 */
export async function walkConsent(authorizationUrl: string, choices: ConsentChoices): Promise<string> {
  const start = new URL(authorizationUrl);
  if (choices.prompt !== undefined) start.searchParams.set('prompt', choices.prompt);
  let visited = await visit(start);
  for (let step = 0; step < MOST_STEPS && visited.kind === 'page'; step += 1) {
    visited = await takeStep(visited.html, start.origin, choices);
  }
  if (visited.kind === 'left') return visited.url;
  throw new Error(`the sign-in pages do not lead back: ${plainText(visited.html)}`);
}

/** Walks an administrator's consent page. `authorizationUrl` names a tenant, or has to have only one to choose from. */
export async function walkAdminConsent(adminConsentUrl: string, decision: 'accept' | 'cancel'): Promise<string> {
  const start = new URL(adminConsentUrl);
  let visited = await visit(start);
  if (visited.kind === 'page' && stepOf(visited.html) === 'tenants') {
    visited = await visit(new URL(linksOf(visited.html)[0] ?? '', start.origin));
  }
  if (visited.kind === 'left') return visited.url;
  const action = formActionOf(visited.html);
  if (action === null) throw new Error(`the page has no form: ${plainText(visited.html)}`);
  const answer = await visit(new URL(action, start.origin), new URLSearchParams({ decision }));
  if (answer.kind === 'left') return answer.url;
  throw new Error(`the consent page did not lead back: ${plainText(answer.html)}`);
}

function takeStep(html: string, origin: string, choices: ConsentChoices): ReturnType<typeof visit> {
  const step = stepOf(html);
  if (step === 'chooser') return visit(new URL(accountLink(html, choices.email), origin));
  if (accountOf(html) !== choices.email) return visit(new URL(linkTo(html, '/authorize?'), origin));
  const action = formActionOf(html);
  if (step === 'consent' && action !== null) {
    return visit(new URL(action, origin), new URLSearchParams({ decision: choices.deny ? 'cancel' : 'accept' }));
  }
  if (step === 'second-factor' && action !== null) return visit(new URL(action, origin), new URLSearchParams());
  if (step === 'approval') return visit(new URL(linkTo(html, '/return?'), origin));
  throw new Error(`the sign-in page leads nowhere: ${plainText(html)}`);
}

function stepOf(html: string): string | null {
  return /data-step="([^"]+)"/.exec(html)?.[1] ?? null;
}

/** The account whose page this is. */
function accountOf(html: string): string | null {
  return /data-account="([^"]+)"/.exec(html)?.[1] ?? null;
}

function accountLink(html: string, email: string): string {
  const link = linksOf(html).find((target) => new URL(target, 'http://page').searchParams.get('account') === email);
  if (link === undefined) throw new Error(`the account chooser offers no ${email}`);
  return link;
}

function linkTo(html: string, part: string): string {
  const link = linksOf(html).find((target) => target.includes(part));
  if (link === undefined) throw new Error(`the page has no link to ${part}: ${plainText(html)}`);
  return link;
}
