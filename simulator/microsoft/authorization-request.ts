import { EntraError } from './entra-error.ts';
import { readScopes } from './scopes.ts';
import type { Account, ClientConfig, State } from './state.ts';

/** What a request has to get right before anything may be sent to its redirect address. */
export interface Destination {
  client: ClientConfig;
  redirectUri: string;
  /** Empty when the request has none. */
  state: string;
}

/** A sign-in that an app asks for, checked. */
export interface AuthorizationRequest extends Destination {
  /** Short names. */
  scopes: string[];
  prompt: 'none' | 'consent' | 'login' | 'select_account' | null;
  loginHint: string | null;
  domainHint: 'consumers' | 'organizations' | null;
  codeChallenge: string;
  nonce: string | null;
}

/** The query parameters that make up the request; links and forms carry them on. */
export const REQUEST_PARAMETERS = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'prompt',
  'login_hint',
  'domain_hint',
  'code_challenge',
  'code_challenge_method',
  'nonce',
];

const PROMPTS = ['none', 'consent', 'login', 'select_account'] as const;
const DOMAIN_HINTS = ['consumers', 'organizations'] as const;

/** Checks client and redirect address. Throws EntraError: Microsoft shows these on its own page. */
export function readDestination(clients: ReadonlyMap<string, ClientConfig>, query: URLSearchParams): Destination {
  const client = clients.get(need(query, 'client_id'));
  if (!client) throw new EntraError(700_016);
  const redirectUri = need(query, 'redirect_uri');
  if (!client.redirectUris.some((registered) => isSameRedirect(registered, redirectUri))) {
    throw new EntraError(50_011, {
      text: `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${client.clientId}'.`,
    });
  }
  return { client, redirectUri, state: query.get('state') ?? '' };
}

/** Checks the rest of the query. Throws EntraError, which goes back to the app. */
export function readAuthorizationRequest(destination: Destination, query: URLSearchParams): AuthorizationRequest {
  refuseRepetition(query);
  if (need(query, 'response_type') !== 'code') {
    throw new EntraError(90_023, {
      error: 'unsupported_response_type',
      text: "The 'response_type' must be 'code' here.",
    });
  }
  // The real service has more modes; an app with a server has no use for them.
  if ((query.get('response_mode') ?? 'query') !== 'query') refuse("The 'response_mode' must be 'query' here.");
  // Microsoft does without state and PKCE; the simulator insists, so that an app that forgets them is noticed.
  need(query, 'state');
  const prompt = readChoice(query, 'prompt', PROMPTS);
  const loginHint = query.get('login_hint');
  if (prompt === 'select_account' && loginHint !== null) {
    refuse("'prompt=select_account' and 'login_hint' contradict each other.");
  }
  return {
    ...destination,
    scopes: readKnownScopes(need(query, 'scope')),
    prompt,
    loginHint,
    domainHint: readChoice(query, 'domain_hint', DOMAIN_HINTS),
    codeChallenge: readChallenge(query),
    nonce: query.get('nonce'),
  };
}

/** The account meant by `login_hint`, if it exists here. */
export function hintedAccount(state: State, request: AuthorizationRequest): Account | undefined {
  return request.loginHint === null ? undefined : state.accounts.get(request.loginHint);
}

/** Where the browser goes back to, with the answer in the query. */
export function callbackUrl(destination: Destination, answer: Record<string, string>): string {
  const url = new URL(destination.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (destination.state !== '') url.searchParams.set('state', destination.state);
  return url.href;
}

/** Compared as text, but on localhost any port will do. */
function isSameRedirect(registered: string, asked: string): boolean {
  if (registered === asked) return true;
  return withoutLocalPort(registered) === withoutLocalPort(asked);
}

function withoutLocalPort(uri: string): string {
  return uri.replace(/^(https?:\/\/localhost):\d+(?=\/|$)/, '$1');
}

function need(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (!value) {
    throw new EntraError(900_144, { text: `The request body must contain the following parameter: '${name}'.` });
  }
  return value;
}

function refuse(text: string): never {
  throw new EntraError(90_023, { text });
}

// RFC 6749 section 3.1: parameters must not come more than once.
function refuseRepetition(query: URLSearchParams): void {
  for (const name of query.keys()) {
    if (query.getAll(name).length > 1) refuse(`The parameter '${name}' is duplicated.`);
  }
}

function readKnownScopes(text: string): string[] {
  const { scopes, unknown } = readScopes(text);
  if (unknown.length > 0) {
    throw new EntraError(70_011, {
      text: `The provided value for the input parameter 'scope' is not valid. The scope ${unknown.join(' ')} is not valid.`,
    });
  }
  return scopes;
}

function readChallenge(query: URLSearchParams): string {
  const challenge = need(query, 'code_challenge');
  if (query.get('code_challenge_method') !== 'S256') refuse("The 'code_challenge_method' must be 'S256'.");
  // RFC 7636 section 4.2: 32 bytes of SHA-256 in base64url.
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) refuse("The 'code_challenge' is not of the S256 form.");
  return challenge;
}

// One value only: unlike others, Microsoft takes no list of prompts.
function readChoice<T extends string>(query: URLSearchParams, name: string, choices: readonly T[]): T | null {
  const value = query.get(name);
  if (value === null) return null;
  const choice = choices.find((one) => one === value);
  if (choice === undefined) refuse(`Unsupported '${name}' value.`);
  return choice;
}
