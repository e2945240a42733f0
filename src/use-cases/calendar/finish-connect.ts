import { timingSafeEqual } from 'node:crypto';
import { SECOND } from '../../base/time.ts';
import { isOtherAccount } from '../../store/connections.ts';
import { keepGrant, spendState, type OAuthFlow } from '../../store/oauth-flows.ts';
import { GrantRefused, type Grant } from '../../sync/oauth.ts';
import { ProviderFailure, type ProviderName } from '../../sync/provider.ts';
import { hashOfToken } from '../tokens.ts';
import { flowPlace, type FlowSecrets } from './connect-calendar.ts';
import type { CalendarContext } from './context.ts';
import { linkAccount } from './link-account.ts';

/** A person waits for these calls: rather an error page than a spinner without an end. */
const PATIENCE_MS = 20 * SECOND;

const SETTINGS = '/settings/calendar';

/** Refusals of a target calendar that the settings page has words for. */
const TOLD_REFUSALS = new Set(['no_mailbox']);

export interface Callback {
  provider: ProviderName;
  /** The address that the browser came back to, with its query. */
  url: URL;
  /** From the cookie; `null` when the browser sent none. */
  browserToken: string | null;
}

/** Where the browser goes next, always to the web app: `path` and the words to add to its query. */
export interface CallbackResult {
  path: string;
  query:
    | { connected: string }
    | { error: string; provider: string }
    /** `reason`: why it is not linked at once. */
    | { confirm: string; provider: string; reason: 'other_browser' | 'other_account' }
    | { admin_consent: 'granted'; provider: string };
}

/**
 * Ends a consent: exchanges the code, and links the account if this is the browser in which the person began. In another
 * browser nothing is linked; the person confirms where they are signed in. Never throws for what people or providers do.
 */
export async function finishConnect(context: CalendarContext, callback: Callback): Promise<CallbackResult> {
  const { provider } = callback;
  const failed = (path: string, error: string): CallbackResult => ({ path, query: { error, provider } });
  const decision = adminDecision(context, callback);
  if (decision === 'granted') return { path: SETTINGS, query: { admin_consent: 'granted', provider } };
  if (decision === 'refused') return failed(SETTINGS, 'access_denied');
  const flow = await findFlow(context, callback);
  if (!flow) return failed(SETTINGS, 'state_mismatch');
  try {
    const grant = await exchange(context, flow, callback);
    const reason = await reasonToAsk(context, flow, grant, callback);
    if (reason !== null) {
      await keepGrant(context.database.db, flow.id, sealGrant(context, flow.id, grant));
      return { path: flow.returnTo, query: { confirm: flow.id, provider, reason } };
    }
    const linked = await linkAccount(context, flow, grant, AbortSignal.timeout(PATIENCE_MS));
    return linked === 'linked'
      ? { path: flow.returnTo, query: { connected: provider } }
      : failed(flow.returnTo, 'account_already_linked');
  } catch (error) {
    return failed(flow.returnTo, errorCode(error));
  }
}

/**
 * An administrator comes back who allowed the app for everybody, or did not. Only told; it connects nobody and proves
 * nothing, so nobody's state is needed for it.
 */
function adminDecision(context: CalendarContext, { provider, url }: Callback): 'granted' | 'refused' | null {
  const access = context.providers.get(provider);
  const query = url.searchParams;
  if (!access || !('oauth' in access) || access.oauth.adminConsentUrl === null) return null;
  if (query.has('code') || query.get('state')) return null;
  if (query.get('admin_consent')?.toLowerCase() === 'true') return 'granted';
  return query.get('error') === 'access_denied' ? 'refused' : null;
}

async function findFlow(context: CalendarContext, { provider, url }: Callback): Promise<OAuthFlow | null> {
  const state = url.searchParams.get('state');
  if (!state || !context.providers.has(provider)) return null;
  return spendState(context.database.db, provider, hashOfToken(state), context.clock.now());
}

async function exchange(context: CalendarContext, flow: OAuthFlow, { provider, url }: Callback): Promise<Grant> {
  const access = context.providers.get(provider);
  if (!access || !('oauth' in access)) throw new GrantRefused('provider_error');
  const secrets = JSON.parse(context.cipher.open(flow.secrets, flowPlace(flow.id, 'secrets'))) as FlowSecrets;
  const expected = { ...secrets, calendar: flow.calendarKind };
  return access.oauth.exchange(url, expected, AbortSignal.timeout(PATIENCE_MS));
}

/** Nothing is linked unasked in a browser in which nobody began, nor an account in place of the one that was meant. */
async function reasonToAsk(
  context: CalendarContext,
  flow: OAuthFlow,
  grant: Grant,
  { browserToken }: Callback,
): Promise<'other_browser' | 'other_account' | null> {
  if (!sameBrowser(flow, browserToken)) return 'other_browser';
  if (flow.reconnects === null) return null;
  return (await isOtherAccount(context.database.db, flow.reconnects, grant.accountId)) ? 'other_account' : null;
}

function sameBrowser(flow: OAuthFlow, browserToken: string | null): boolean {
  return browserToken !== null && timingSafeEqual(flow.browserHash, hashOfToken(browserToken));
}

/** What the settings page is told; anything unforeseen from a provider is `provider_error`. Bugs of ours are thrown on. */
export function errorCode(error: unknown): string {
  if (error instanceof GrantRefused) return error.code;
  if (!(error instanceof ProviderFailure)) throw error;
  const { failure } = error;
  if (failure.kind === 'refused' && TOLD_REFUSALS.has(failure.code)) return failure.code;
  const passing = failure.kind === 'retry_later' || failure.kind === 'unknown_outcome';
  return passing ? 'provider_unavailable' : 'provider_error';
}

function sealGrant(context: CalendarContext, flowId: string, grant: Grant): string {
  return context.cipher.seal(JSON.stringify(grant), flowPlace(flowId, 'grant'));
}

/** The other way round; instants come back as `Date`. */
export function openGrant(context: CalendarContext, flow: OAuthFlow): Grant {
  const grant = JSON.parse(context.cipher.open(flow.grantSecrets ?? '', flowPlace(flow.id, 'grant'))) as Grant;
  const { accessExpiresAt, refreshExpiresAt } = grant.tokens;
  return {
    ...grant,
    tokens: {
      ...grant.tokens,
      accessExpiresAt: new Date(accessExpiresAt),
      refreshExpiresAt: refreshExpiresAt === null ? null : new Date(refreshExpiresAt),
    },
  };
}
