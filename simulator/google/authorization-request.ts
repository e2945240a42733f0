import { isKnownScope, readScopes } from './scopes.ts';
import type { Account, ClientConfig, State } from './state.ts';

/** A sign-in that an app asks for, checked. */
export interface AuthorizationRequest {
  client: ClientConfig;
  redirectUri: string;
  /** In Google's spelling. */
  scopes: string[];
  state: string;
  offline: boolean;
  prompts: ReadonlySet<string>;
  loginHint: string | null;
  includeGrantedScopes: boolean;
  codeChallenge: string;
  nonce: string | null;
}

/** A request that cannot go on. Google shows these on its own page: there is nowhere safe to send them. */
export class AuthorizationError extends Error {
  readonly status: number;
  /** Google's code: `invalid_client`, `redirect_uri_mismatch`, `invalid_request` … */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The query parameters that make up the request; forms carry them on. */
export const REQUEST_PARAMETERS = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'access_type',
  'prompt',
  'login_hint',
  'include_granted_scopes',
  'code_challenge',
  'code_challenge_method',
  'nonce',
  'hd',
  'enable_granular_consent',
];

const PROMPTS = ['none', 'consent', 'select_account'];

/** Checks the query of the authorization endpoint. Throws AuthorizationError. */
export function readAuthorizationRequest(
  clients: ReadonlyMap<string, ClientConfig>,
  query: URLSearchParams,
): AuthorizationRequest {
  const client = clients.get(need(query, 'client_id'));
  if (!client) throw new AuthorizationError(401, 'invalid_client', 'The OAuth client was not found.');
  const redirectUri = need(query, 'redirect_uri');
  // Compared as text: scheme, case and a slash at the end all count.
  if (!client.redirectUris.includes(redirectUri)) {
    throw new AuthorizationError(
      400,
      'redirect_uri_mismatch',
      `The redirect URI in the request, ${redirectUri}, does not match the ones authorized for the OAuth client.`,
    );
  }
  refuseRepetition(query);
  if (need(query, 'response_type') !== 'code')
    refuse('unsupported_response_type', 'Only response_type=code is served.');
  return {
    client,
    redirectUri,
    scopes: readKnownScopes(need(query, 'scope')),
    // Google does without state and PKCE; the simulator insists, so that an app that forgets them is noticed.
    state: need(query, 'state'),
    codeChallenge: readChallenge(query),
    offline: readChoice(query, 'access_type', ['online', 'offline']) === 'offline',
    prompts: readPrompts(query.get('prompt')),
    loginHint: query.get('login_hint'),
    includeGrantedScopes: readChoice(query, 'include_granted_scopes', ['true', 'false']) === 'true',
    nonce: query.get('nonce'),
  };
}

/** The account meant by `login_hint` (e-mail or `sub`), if it exists here. */
export function hintedAccount(state: State, request: AuthorizationRequest): Account | undefined {
  const hint = request.loginHint;
  if (hint === null) return undefined;
  return state.accounts.get(hint) ?? [...state.accounts.values()].find((account) => account.sub === hint);
}

/** Where the browser goes back to, with the answer in the query. */
export function callbackUrl(request: AuthorizationRequest, answer: Record<string, string>): string {
  const url = new URL(request.redirectUri);
  url.searchParams.set('state', request.state);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  return url.href;
}

function need(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (!value) throw new AuthorizationError(400, 'invalid_request', `Missing required parameter: ${name}`);
  return value;
}

function refuse(code: string, message: string): never {
  throw new AuthorizationError(400, code, message);
}

// RFC 6749 section 3.1: parameters must not come more than once.
function refuseRepetition(query: URLSearchParams): void {
  for (const name of query.keys()) {
    if (query.getAll(name).length > 1) refuse('invalid_request', `Parameter given more than once: ${name}`);
  }
}

function readKnownScopes(text: string): string[] {
  const scopes = readScopes(text);
  const unknown = scopes.filter((scope) => !isKnownScope(scope));
  if (unknown.length > 0) refuse('invalid_scope', `Some requested scopes were invalid: ${unknown.join(', ')}`);
  return scopes;
}

function readChallenge(query: URLSearchParams): string {
  const challenge = need(query, 'code_challenge');
  if (query.get('code_challenge_method') !== 'S256') refuse('invalid_request', 'code_challenge_method must be S256.');
  // RFC 7636 section 4.2: 32 bytes of SHA-256 in base64url.
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) refuse('invalid_request', 'code_challenge is not of the S256 form.');
  return challenge;
}

function readPrompts(text: string | null): Set<string> {
  const prompts = (text ?? '').split(' ').filter((prompt) => prompt !== '');
  for (const prompt of prompts) if (!PROMPTS.includes(prompt)) refuse('invalid_request', `Invalid prompt: ${prompt}`);
  if (prompts.includes('none') && prompts.length > 1) refuse('invalid_request', 'prompt=none stands alone.');
  return new Set(prompts);
}

function readChoice(query: URLSearchParams, name: string, choices: string[]): string | null {
  const value = query.get(name);
  if (value !== null && !choices.includes(value)) refuse('invalid_request', `Invalid parameter value for ${name}.`);
  return value;
}
