import type { Tx } from '../../db/sql.ts';
import { addActivity } from '../../store/activity.ts';
import { sealTokens } from '../../store/connection-tokens.ts';
import {
  activateConnection,
  insertConnection,
  linkedToAnother,
  lockOwnAccount,
  moveEvents,
  type StoredConnection,
} from '../../store/connections.ts';
import { markPerson } from '../../store/mark-calendars.ts';
import { lockAudience } from '../../store/mark-links.ts';
import type { OAuthFlow } from '../../store/oauth-flows.ts';
import { switchSync } from '../../store/sync-switch.ts';
import type { Grant } from '../../sync/oauth.ts';
import type { TargetCalendar } from '../../sync/provider.ts';
import { configured } from './connect-calendar.ts';
import { markingNow } from '../marking.ts';
import type { CalendarContext } from './context.ts';

interface Wanted extends Pick<OAuthFlow, 'userId' | 'provider' | 'calendarKind'> {
  /** The very calendar that the person chose; absent: the one that they have, or one of the kind. */
  chosen?: TargetCalendar | null;
}

/**
 * Links an account to a person: stores the grant, and marks everything that concerns them for the first filling, soonest
 * first. The same account again keeps its calendar and its events. An account serves one of our users at a time.
 * @throws ProviderFailure when the target calendar can't be opened; nothing is stored then
 */
export async function linkAccount(
  context: CalendarContext,
  wanted: Wanted,
  grant: Grant,
  signal: AbortSignal,
): Promise<'linked' | 'account_already_linked'> {
  const { database, clock } = context;
  const account = { provider: wanted.provider, accountId: grant.accountId, userId: wanted.userId };
  const known = await database.transaction(async (tx) => ({
    taken: await linkedToAnother(tx, account),
    own: await lockOwnAccount(tx, account),
  }));
  if (known.taken) return 'account_already_linked';
  const calendar = await targetCalendar(context, wanted, known.own, grant, signal);

  return database.transaction(async (tx) => {
    await lockAudience(tx, 'people');
    if (await linkedToAnother(tx, account)) return 'account_already_linked';
    const now = clock.now();
    const own = await lockOwnAccount(tx, account);
    const newcomer = { ...account, accountEmail: grant.accountEmail, kind: wanted.calendarKind };
    const connectionId = own?.id ?? (await insertConnection(tx, newcomer, now));
    if (own && own.calendarId !== calendar.id) {
      await moveEvents(tx, own.id, own.errorCode === 'calendar_gone' ? null : own.calendarId);
    }
    const tokens = sealTokens(context.cipher, connectionId, grant.tokens);
    await activateConnection(
      tx,
      {
        connectionId,
        accountEmail: grant.accountEmail,
        scopes: grant.scopes,
        calendar,
        accessToken: tokens.accessToken,
        refreshToken: tokens.refreshToken ?? '',
        accessExpiresAt: grant.tokens.accessExpiresAt,
        refreshExpiresAt: grant.tokens.refreshExpiresAt,
      },
      now,
    );
    await fill(context, tx, wanted.userId, connectionId);
    return 'linked';
  });
}

/** A living connection keeps its calendar; a lost or a new one opens the calendar that was asked for. */
async function targetCalendar(
  context: CalendarContext,
  wanted: Wanted,
  own: StoredConnection | null,
  grant: Grant,
  signal: AbortSignal,
): Promise<TargetCalendar> {
  if (wanted.chosen) return wanted.chosen;
  const sameCalendar = own?.calendarId && own.calendarKind === wanted.calendarKind && own.errorCode !== 'calendar_gone';
  if (own?.calendarId && sameCalendar) {
    return { id: own.calendarId, name: own.calendarName ?? context.settings.businessName, kind: own.calendarKind };
  }
  const { provider } = configured(context, wanted.provider);
  return provider.openCalendar(grant.tokens.accessToken, wanted.calendarKind, context.settings.businessName, signal);
}

/** Connecting switches sync on, and sets off the first filling of this calendar. */
async function fill(context: CalendarContext, tx: Tx, userId: number, connectionId: number): Promise<void> {
  const marking = markingNow(context, 1);
  await switchSync(tx, userId, true, marking.now);
  const count = (await markPerson(tx, userId, marking)).get(connectionId) ?? 0;
  await addActivity(tx, { userId, connectionId, kind: 'connected', count, at: marking.now });
}
