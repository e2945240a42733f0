import { randomUUID } from 'node:crypto';
import { BusinessError } from '../../domain/errors.ts';
import { ownConnections } from '../../store/connections.ts';
import { insertFlow } from '../../store/oauth-flows.ts';
import type { ProviderAccess } from '../../sync/drain-context.ts';
import type { ProviderOAuth } from '../../sync/oauth.ts';
import type { CalendarKind, ProviderName } from '../../sync/provider.ts';
import type { Caller } from '../context.ts';
import { hashOfToken, newToken } from '../tokens.ts';
import type { CalendarContext } from './context.ts';

export interface ConnectRequest {
  provider: ProviderName;
  /** Default: the calendar that the person has already, else the primary one. */
  calendar: CalendarKind | null;
  /** Path of the web app to come back to. */
  returnTo: string | null;
  /** The browser's own secret from an earlier flow, if it has one. */
  browserToken: string | null;
}

export interface ConnectStarted {
  authorizationUrl: string;
  /** To be kept in an HttpOnly cookie: the callback must come from this browser. */
  browserToken: string;
}

/** What a flow keeps encrypted. */
export interface FlowSecrets {
  state: string;
  nonce: string;
  codeVerifier: string;
}

const DEFAULT_RETURN = '/settings/calendar';

/** Begins the consent at a provider. Nothing is connected yet. @throws BusinessError 503 `provider_not_configured` */
export async function connectCalendar(
  context: CalendarContext,
  caller: Caller,
  request: ConnectRequest,
): Promise<ConnectStarted> {
  const oauth = consentOf(context, request.provider);
  const own = await ownConnections(context.database.db, caller.id, request.provider);
  const broken = own.find((connection) => connection.status === 'reauth_required');
  const calendar = request.calendar ?? broken?.calendarKind ?? own[0]?.calendarKind ?? 'primary';
  // 43 characters: good as state, nonce and PKCE verifier (RFC 7636 §4.1) alike.
  const secrets: FlowSecrets = { state: newToken(), nonce: newToken(), codeVerifier: newToken() };
  const browserToken = request.browserToken ?? newToken();
  const id = randomUUID();
  await insertFlow(
    context.database.db,
    {
      id,
      userId: caller.id,
      provider: request.provider,
      calendarKind: calendar,
      returnTo: request.returnTo ?? DEFAULT_RETURN,
      reconnects: broken?.id ?? null,
      stateHash: hashOfToken(secrets.state),
      browserHash: hashOfToken(browserToken),
      secrets: context.cipher.seal(JSON.stringify(secrets), flowPlace(id, 'secrets')),
    },
    context.clock.now(),
  );
  const moving = own.find(({ calendarKind }) => calendarKind !== calendar) ?? null;
  const loginHint = (broken ?? moving)?.accountEmail ?? null;
  const formerCalendar = moving?.calendarKind ?? null;
  const authorizationUrl = await oauth.authorizationUrl({ ...secrets, calendar, formerCalendar, loginHint });
  return { authorizationUrl, browserToken };
}

/** @throws BusinessError 503 `provider_not_configured` */
export function configured(context: CalendarContext, provider: ProviderName): ProviderAccess {
  const access = context.providers.get(provider);
  if (access) return access;
  throw new BusinessError(
    'unavailable',
    'provider_not_configured',
    'This calendar service is not set up here yet. The operator adds its client id and secret to the settings.',
  );
}

/** @throws BusinessError 503 `provider_not_configured` */
export function consentOf(context: CalendarContext, provider: ProviderName): ProviderOAuth {
  const access = configured(context, provider);
  if ('oauth' in access) return access.oauth;
  throw new Error(`${provider} has no consent page`);
}

/** Binds a flow's ciphertext to its row. */
export function flowPlace(flowId: string, field: 'secrets' | 'grant'): string {
  return `oauth_flow:${flowId}:${field}`;
}
