import { SECOND } from '../../base/time.ts';
import { BusinessError } from '../../domain/errors.ts';
import { takeGrant } from '../../store/oauth-flows.ts';
import type { ProviderName } from '../../sync/provider.ts';
import type { Caller } from '../context.ts';
import type { CalendarContext } from './context.ts';
import { disconnectCalendar, type DisconnectRequest } from './disconnect-calendar.ts';
import { errorCode, openGrant } from './finish-connect.ts';
import { linkAccount } from './link-account.ts';

const PATIENCE_MS = 20 * SECOND;

/**
 * Links what came back in another browser, or from another account than the one to be reconnected, for the person who
 * began the flow and is signed in here. `replace`: that other account is disconnected.
 * @throws BusinessError 404 for an unknown, foreign, spent or expired flow; 409 `account_already_linked`; 503
 */
export async function confirmConnect(
  context: CalendarContext,
  caller: Caller,
  provider: ProviderName,
  flowId: string,
  replace: boolean,
): Promise<void> {
  const wanted = { flowId, userId: caller.id, provider };
  const flow = await context.database.transaction((tx) => takeGrant(tx, wanted, context.clock.now()));
  if (!flow) {
    throw new BusinessError('not_found', 'flow_not_found', 'There is nothing to confirm any more. Connect again.');
  }
  const linked = await linkAccount(context, flow, openGrant(context, flow), AbortSignal.timeout(PATIENCE_MS)).catch(
    (error: unknown) => {
      throw new BusinessError('unavailable', errorCode(error), 'The calendar service did not answer. Connect again.', {
        cause: error,
      });
    },
  );
  if (linked === 'linked') {
    const connectionId = replace ? flow.reconnects : null;
    if (connectionId !== null) await leave(context, caller, { provider, removeEvents: true, connectionId });
    return;
  }
  throw new BusinessError(
    'conflict',
    'account_already_linked',
    'This calendar account is connected to another user here. Disconnect it there first, or choose another account.',
  );
}

/** The account that was replaced may be gone by now; that is as good. */
async function leave(context: CalendarContext, caller: Caller, request: DisconnectRequest): Promise<void> {
  await disconnectCalendar(context, caller, request).catch((error: unknown) => {
    if (!(error instanceof BusinessError) || error.code !== 'not_connected') throw error;
  });
}
