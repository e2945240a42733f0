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

type Visited = { kind: 'page'; html: string } | { kind: 'left'; url: string };

async function visit(url: URL, fields?: URLSearchParams): Promise<Visited> {
  const response = await fetch(url, {
    redirect: 'manual',
    ...(fields ? { method: 'POST', body: fields } : {}),
  });
  const location = response.headers.get('location');
  const html = await response.text();
  if (response.status === 302 && location !== null) return { kind: 'left', url: location };
  if (response.status !== 200) throw new Error(`the sign-in page answered ${response.status}: ${plainText(html)}`);
  return { kind: 'page', html };
}

/** The account whose consent page this is, or null for another page. */
function consentAccount(html: string): string | null {
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1];
  return action === undefined ? null : new URL(unescaped(action), 'http://page').searchParams.get('authuser');
}

function otherAccountLink(html: string): string {
  const link = /<a href="(\/o\/oauth2\/v2\/auth[^"]+)"/.exec(html)?.[1];
  if (link === undefined) throw new Error('the consent page offers no other account');
  return unescaped(link);
}

function accountLink(html: string, email: string): string {
  const links = [...html.matchAll(/<a href="([^"]+)"/g)].map((match) => unescaped(match[1] ?? ''));
  const link = links.find((target) => new URL(target, 'http://page').searchParams.get('authuser') === email);
  if (link === undefined) throw new Error(`the account chooser offers no ${email}`);
  return link;
}

function decisionForm(html: string, choices: ConsentChoices): { action: string; fields: URLSearchParams } {
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1];
  if (action === undefined) throw new Error(`the page has no consent form: ${plainText(html)}`);
  const fields = new URLSearchParams({ decision: choices.deny ? 'cancel' : 'allow' });
  const cleared = choices.untick ?? [];
  for (const match of html.matchAll(/name="scope" value="([^"]+)"/g)) {
    const scope = unescaped(match[1] ?? '');
    const keep = !cleared.some((name) => name === scope || scope.endsWith(`/${name}`));
    if (keep) fields.append('scope', scope);
  }
  return { action: unescaped(action), fields };
}

function unescaped(text: string): string {
  return text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function plainText(html: string): string {
  return html
    .replaceAll(/<(style|script|head)[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
