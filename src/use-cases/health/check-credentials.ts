import { SECOND } from '../../base/time.ts';
import { keepCheck, type CheckOutcome } from '../../store/provider-settings.ts';
import type { ProviderOAuth } from '../../sync/oauth.ts';
import { ProviderFailure, type Failure, type ProviderName } from '../../sync/provider.ts';
import { configured } from '../calendar/connect-calendar.ts';
import type { CalendarContext } from '../calendar/context.ts';

/** No refresh token of anybody: whoever knows our client says that this one is not valid. */
const NOBODYS_TOKEN = 'credentials-check';
const WITHIN_MS = 15 * SECOND;

export interface CredentialsCheck {
  outcome: CheckOutcome;
  code: string | null;
}

/**
 * Asks the provider's sign-in service whether it takes our client id and secret, and keeps the answer. Nobody's account is
 * touched. Where people give passwords of their own there is nothing to ask. @throws BusinessError 503
 */
export async function checkCredentials(context: CalendarContext, provider: ProviderName): Promise<void> {
  const access = configured(context, provider);
  if (!('oauth' in access)) return;
  const check = await askProvider(access.oauth);
  await keepCheck(context.database.db, provider, { at: context.clock.now(), ...check });
}

/** A refusal of the token means that the client was accepted (RFC 6749 §5.2: `invalid_grant` against `invalid_client`). */
export async function askProvider(oauth: ProviderOAuth): Promise<CredentialsCheck> {
  try {
    await oauth.refresh(NOBODYS_TOKEN, AbortSignal.timeout(WITHIN_MS));
    return { outcome: 'accepted', code: null };
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    return verdict(error.failure);
  }
}

function verdict(failure: Failure): CredentialsCheck {
  if (failure.kind === 'reauth_required') return { outcome: 'accepted', code: null };
  if (failure.kind === 'operator_error') return { outcome: 'refused', code: failure.code };
  return { outcome: 'unreachable', code: 'code' in failure ? failure.code : null };
}
