import { pkce, request } from '../kit/test-client.ts';
import type { Answered } from '../kit/test-client.ts';
import { startGoogleSimulator } from './server.ts';
import type { GoogleSimulator, GoogleSimulatorOptions } from './server.ts';
import type { JsonObject } from '../kit/json.ts';

/** The client and people of the simulator's own tests. */
export const CLIENT = {
  clientId: 'app-1',
  clientSecret: 'secret-1',
  redirectUris: ['http://localhost:8000/callback/'],
};
export const OTHER_CLIENT = {
  clientId: 'app-2',
  clientSecret: 'secret-2',
  redirectUris: ['http://localhost:8001/callback/'],
};
export const ANNA = { email: 'anna@example.com', name: 'Anna Keller', timeZone: 'Europe/Zurich' };
export const BEN = { email: 'ben@example.com', name: 'Ben Ortiz', timeZone: 'America/New_York' };

export const OWNED = 'https://www.googleapis.com/auth/calendar.events.owned';
export const APP_CREATED = 'https://www.googleapis.com/auth/calendar.app.created';

/** A simulator with two clients and two people. */
export function startForTest(options: Partial<GoogleSimulatorOptions> = {}): Promise<GoogleSimulator> {
  return startGoogleSimulator({ clients: [CLIENT, OTHER_CLIENT], accounts: [ANNA, BEN], ...options });
}

/** The address of a sign-in as an app would build it. */
export function authorizationUrl(
  sim: GoogleSimulator,
  challenge: string,
  more: Record<string, string> = {},
  client = CLIENT,
): string {
  const url = new URL(`${sim.url}/o/oauth2/v2/auth`);
  const query = {
    client_id: client.clientId,
    redirect_uri: client.redirectUris[0] ?? '',
    response_type: 'code',
    scope: `openid email ${OWNED}`,
    access_type: 'offline',
    prompt: 'consent select_account',
    state: 'state-1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    nonce: 'nonce-1',
    ...more,
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** Posts a form to the token endpoint. */
export function postToken(sim: GoogleSimulator, form: Record<string, string>): Promise<Answered> {
  return request(`${sim.url}/token`, { method: 'POST', body: new URLSearchParams(form) });
}

/** Signs a person in and answers the token endpoint's JSON. Without openid, which would cost a signature each time. */
export async function signIn(
  sim: GoogleSimulator,
  options: { email?: string; scope?: string; client?: typeof CLIENT; more?: Record<string, string> } = {},
): Promise<JsonObject & { access_token: string; refresh_token: string }> {
  const client = options.client ?? CLIENT;
  const { verifier, challenge } = pkce();
  const more = { ...options.more, scope: options.scope ?? `email ${OWNED}` };
  const callback = await sim.authorize(authorizationUrl(sim, challenge, more, client), {
    email: options.email ?? ANNA.email,
  });
  const answer = await postToken(sim, {
    grant_type: 'authorization_code',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uri: client.redirectUris[0] ?? '',
    code: new URL(callback).searchParams.get('code') ?? '',
    code_verifier: verifier,
  });
  return answer.body as JsonObject & { access_token: string; refresh_token: string };
}

/** The form of a refresh. */
export function refreshForm(refreshToken: string, client = CLIENT): Record<string, string> {
  return {
    grant_type: 'refresh_token',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    refresh_token: refreshToken,
  };
}

/** Calls the Calendar API; `target` is below `/calendar/v3/`. */
export function callApi(
  sim: GoogleSimulator,
  token: string,
  method: string,
  target: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  return request(`${sim.url}/calendar/v3/${target}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Google's reason in an error answer. */
export function reasonOf(answer: { body: JsonObject }): string | undefined {
  const error = answer.body['error'] as { errors?: { reason?: string }[] } | undefined;
  return error?.errors?.[0]?.reason;
}

/** An event of one hour. */
export function anEvent(more: JsonObject = {}): JsonObject {
  return {
    summary: 'Deep clean',
    start: { dateTime: '2026-03-02T09:00:00+01:00', timeZone: 'Europe/Zurich' },
    end: { dateTime: '2026-03-02T10:00:00+01:00', timeZone: 'Europe/Zurich' },
    ...more,
  };
}
