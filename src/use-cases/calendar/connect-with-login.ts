import { SECOND } from '../../base/time.ts';
import { BusinessError, invalidField } from '../../domain/errors.ts';
import { ownConnections, type StoredConnection } from '../../store/connections.ts';
import type { AccountCalendar, Login, OpenedAccount, ProviderLogin } from '../../sync/login.ts';
import { ProviderFailure, type CalendarKind, type ProviderName, type TargetCalendar } from '../../sync/provider.ts';
import { recordFailure, refuseTooMany, type Attempt } from '../accounts/sign-in-limits.ts';
import type { Caller } from '../context.ts';
import { configured } from './connect-calendar.ts';
import type { CalendarContext } from './context.ts';
import { errorCode } from './finish-connect.ts';
import { linkAccount } from './link-account.ts';
import { loginError } from './login-words.ts';

/** A person waits for these calls: rather an error than a spinner without an end. */
const PATIENCE_MS = 20 * SECOND;

/** Refused logins of one person in 15 minutes; nobody should try out passwords, or networks, through us. */
const MOST_FAILURES = 20;

export interface LoginRequest {
  provider: ProviderName;
  login: Login;
}

export interface ConnectLoginRequest extends LoginRequest {
  /** Default: the calendar that the person has already, else the account's own. */
  calendar: CalendarKind | null;
  /** One of the account's calendars, as `listLoginCalendars` names it. */
  calendarId: string | null;
}

/**
 * The calendars of an account, after its password was tried. Nothing is stored.
 * @throws BusinessError 422 with what is wrong about the login; 429 `too_many_attempts`
 */
export async function listLoginCalendars(
  context: CalendarContext,
  caller: Caller,
  request: LoginRequest,
): Promise<AccountCalendar[]> {
  return (await open(context, caller, request, AbortSignal.timeout(PATIENCE_MS))).calendars;
}

/**
 * Connects an account with a password; the same account again is reconnected, and goes on where it stopped.
 * @throws BusinessError 422 with what is wrong about the login, `unknown_calendar` or `calendar_not_made`; 409
 *   `account_already_linked`; 429 `too_many_attempts`; 503. Nothing is stored then
 */
export async function connectWithLogin(
  context: CalendarContext,
  caller: Caller,
  request: ConnectLoginRequest,
): Promise<void> {
  const { provider } = request;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const account = await open(context, caller, request, signal);
  const own = await ownConnections(context.database.db, caller.id, provider);
  const chosen = choose(account, own, request.calendarId);
  const calendarKind = request.calendar ?? own[0]?.calendarKind ?? 'primary';
  const wanted = { userId: caller.id, provider, calendarKind, chosen };
  const linked = await linkAccount(context, wanted, account.grant, signal).catch((error: unknown) => {
    throw openingError(error);
  });
  if (linked === 'linked') return;
  throw new BusinessError(
    'conflict',
    'account_already_linked',
    'This calendar account is connected to another user here. Disconnect it there first, or choose another account.',
  );
}

async function open(
  context: CalendarContext,
  caller: Caller,
  { provider, login }: LoginRequest,
  signal: AbortSignal,
): Promise<OpenedAccount> {
  const attempt: Attempt = [{ counted: `calendar:${caller.id}`, most: MOST_FAILURES }];
  await refuseTooMany(context, attempt);
  try {
    return await loginOf(context, provider).open(login, signal);
  } catch (error) {
    const told = loginError(error);
    await recordFailure(context, attempt);
    throw told;
  }
}

/** @throws BusinessError 503 `provider_not_configured` */
function loginOf(context: CalendarContext, provider: ProviderName): ProviderLogin {
  const access = configured(context, provider);
  if ('login' in access) return access.login;
  throw new Error(`${provider} takes no password`);
}

/** A calendar that we made keeps being ours when it is chosen again. */
function choose(
  { calendars }: OpenedAccount,
  own: readonly StoredConnection[],
  calendarId: string | null,
): TargetCalendar | null {
  if (calendarId === null) return null;
  const found = calendars.find(({ id }) => id === calendarId);
  if (!found) {
    throw invalidField(
      'unknown_calendar',
      'calendar_id',
      'The account has no such calendar to write to. Choose again.',
    );
  }
  const known = own.find((connection) => connection.calendarId === calendarId);
  return { id: found.id, name: found.name, kind: known?.calendarKind ?? 'primary' };
}

function openingError(error: unknown): unknown {
  if (!(error instanceof ProviderFailure)) return error;
  const { failure } = error;
  if (failure.kind === 'refused' && failure.code === 'calendar_not_made') {
    const message = 'The server does not let us make a calendar. Choose one of yours, or make one there first.';
    return invalidField('calendar_not_made', 'calendar', message);
  }
  return new BusinessError('unavailable', errorCode(error), 'The calendar server did not answer. Try again.', {
    cause: error,
  });
}
