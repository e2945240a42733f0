import type { JsonObject } from '../kit/json.ts';
import { pkce, request } from '../kit/test-client.ts';
import type { Answered } from '../kit/test-client.ts';
import { startMicrosoftSimulator } from './server.ts';
import type { MicrosoftSimulator, MicrosoftSimulatorOptions } from './server.ts';

/** The clients and people of the simulator's own tests. */
export const CLIENT = {
  clientId: 'a1b2c3d4-0000-4000-a000-000000000001',
  clientSecret: 'secret-1',
  redirectUris: ['http://localhost:8000/callback/'],
  name: 'VALClean',
};
export const OTHER_CLIENT = {
  clientId: 'a1b2c3d4-0000-4000-a000-000000000002',
  clientSecret: 'secret-2',
  redirectUris: ['https://app.example.com/callback'],
};
export const ANNA = { email: 'anna@contoso.example', name: 'Anna Keller', timeZone: 'Europe/Zurich' };
export const BEN = {
  email: 'ben@outlook.example',
  name: 'Ben Ortiz',
  kind: 'personal',
  timeZone: 'America/New_York',
} as const;
export const CARA = { email: 'cara@fabrikam.example', name: 'Cara Lind' };

export const SCOPE = 'openid profile email offline_access User.Read Calendars.ReadWrite';
export const IMMUTABLE = { prefer: 'IdType="ImmutableId"' };
export const MARKER = 'String {8f0c6c1e-3a8e-4f6c-9b40-0d7c5c9a1b11} Name ValcleanRef';

/** What the token endpoint answers, as far as tests use it. */
export type Tokens = JsonObject & { access_token: string; refresh_token: string };

/** A simulator with two clients and three people. */
export function startForTest(options: Partial<MicrosoftSimulatorOptions> = {}): Promise<MicrosoftSimulator> {
  return startMicrosoftSimulator({ clients: [CLIENT, OTHER_CLIENT], accounts: [ANNA, BEN, CARA], ...options });
}

/** The address of a sign-in as an app would build it. */
export function authorizationUrl(
  sim: MicrosoftSimulator,
  challenge: string,
  more: Record<string, string> = {},
  tenant = 'common',
): string {
  const url = new URL(`${sim.url}/${tenant}/oauth2/v2.0/authorize`);
  const query = {
    client_id: CLIENT.clientId,
    redirect_uri: CLIENT.redirectUris[0] ?? '',
    response_type: 'code',
    response_mode: 'query',
    scope: SCOPE,
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
export function postToken(
  sim: MicrosoftSimulator,
  form: Record<string, string>,
  { tenant = 'common', headers = {} }: { tenant?: string; headers?: Record<string, string> } = {},
): Promise<Answered> {
  return request(`${sim.url}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
  });
}

/** The form that redeems a code. */
export function codeForm(code: string, verifier: string, client = CLIENT): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uri: client.redirectUris[0] ?? '',
    code,
    code_verifier: verifier,
  };
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

/** Signs a person in and answers the token endpoint's JSON. Without openid, which would cost a signature each time. */
export async function signIn(
  sim: MicrosoftSimulator,
  options: { email?: string; scope?: string; more?: Record<string, string> } = {},
): Promise<Tokens> {
  const more = { ...options.more, scope: options.scope ?? 'offline_access User.Read Calendars.ReadWrite' };
  const { code, verifier } = await obtainCode(sim, options.email, more);
  return (await postToken(sim, codeForm(code, verifier))).body as Tokens;
}

/** Calls Graph; `target` is below `/v1.0/`. Asks for immutable ids unless told otherwise. */
export function callGraph(
  sim: MicrosoftSimulator,
  token: string,
  method: string,
  target: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  return request(`${sim.url}/v1.0/${target}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...IMMUTABLE,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The address of an event below `/v1.0/`. */
export function eventTarget(id: unknown): string {
  return `me/events/${encodeURIComponent(String(id))}`;
}

/** Graph's code, or Entra's number, in an error answer. */
export function codeOf(answer: { body: JsonObject }): unknown {
  const { error, error_codes: numbers } = answer.body as { error?: { code?: string }; error_codes?: number[] };
  return numbers?.[0] ?? error?.code;
}

/** An event of one hour. */
export function anEvent(more: JsonObject = {}): JsonObject {
  return {
    subject: 'Deep clean',
    start: { dateTime: '2026-03-02T09:00:00', timeZone: 'W. Europe Standard Time' },
    end: { dateTime: '2026-03-02T10:00:00', timeZone: 'W. Europe Standard Time' },
    ...more,
  };
}

/** Where events are asked for that meet a condition. */
export function filteredEvents(condition: string): string {
  return `me/events?$filter=${encodeURIComponent(condition)}`;
}

/** Signs in up to the code, which is not redeemed yet. */
export async function obtainCode(
  sim: MicrosoftSimulator,
  email = ANNA.email,
  more: Record<string, string> = {},
): Promise<{ code: string; verifier: string; url: URL }> {
  const { verifier, challenge } = pkce();
  const url = new URL(await sim.authorize(authorizationUrl(sim, challenge, more), { email }));
  return { code: url.searchParams.get('code') ?? '', verifier, url };
}
