import { notify } from '../../db/notify.ts';
import { announceAnything } from '../../store/changes.ts';
import { PROVIDERS_CHANNEL, setSecretExpiry, switchProvider } from '../../store/provider-settings.ts';
import type { ProviderName } from '../../sync/provider.ts';
import type { Caller, UseCaseContext } from '../context.ts';

/**
 * Lets all nodes leave a provider alone, or go on with it. Work is kept meanwhile. A call that is under way is finished.
 * Doing it twice changes nothing.
 */
export async function pauseProvider(
  { database, clock }: UseCaseContext,
  caller: Caller,
  provider: ProviderName,
  paused: boolean,
): Promise<void> {
  await database.transaction(async (tx) => {
    const changed = await switchProvider(tx, provider, paused, { userId: caller.id, at: clock.now() });
    if (!changed) return;
    await notify(tx, PROVIDERS_CHANNEL);
    // Calendars of many people wait from now on, or go on.
    await announceAnything(tx);
  });
}

/** Notes when our secret at a provider ends. The provider does not tell, so somebody has to. */
export async function noteSecretExpiry(
  { database }: UseCaseContext,
  provider: ProviderName,
  expiresOn: string | null,
): Promise<void> {
  await setSecretExpiry(database.db, provider, expiresOn);
}
