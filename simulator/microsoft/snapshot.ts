import { keyed, loadSnapshot } from '../kit/snapshot.ts';
import { emptyState, grantKey } from './state.ts';
import type { Mailbox, State } from './state.ts';

const FORMAT = 1;

type Items<K extends keyof State> = State[K] extends Map<string, infer T> ? T[] : never;

interface SavedMailbox extends Pick<Mailbox, 'email' | 'mails' | 'syncGeneration'> {
  calendars: Mailbox['calendars'] extends Map<string, infer T> ? T[] : never;
  events: Mailbox['events'] extends Map<string, infer T> ? T[] : never;
}

interface SavedState {
  revision: number;
  ordinal: number;
  accounts: Items<'accounts'>;
  mailboxes: SavedMailbox[];
  grants: Items<'grants'>;
  tenantGrants: Items<'tenantGrants'>;
  codes: Items<'codes'>;
  refreshTokens: Items<'refreshTokens'>;
  accessTokens: Items<'accessTokens'>;
}

/** The state in the file, or an empty one when there is no file. Throws Error for a file of another format. */
export async function loadState(file: string): Promise<State> {
  const saved = await loadSnapshot(file, FORMAT);
  return saved === null ? emptyState() : revive(saved as unknown as SavedState);
}

/** The state as it is saved. */
export function plain(state: State): Record<string, unknown> {
  const saved: SavedState = {
    revision: state.revision,
    ordinal: state.ordinal,
    accounts: [...state.accounts.values()],
    mailboxes: [...state.mailboxes.values()].map(({ email, mails, syncGeneration, calendars, events }) => ({
      email,
      mails,
      syncGeneration,
      calendars: [...calendars.values()],
      events: [...events.values()],
    })),
    grants: [...state.grants.values()],
    tenantGrants: [...state.tenantGrants.values()],
    codes: [...state.codes.values()],
    refreshTokens: [...state.refreshTokens.values()],
    accessTokens: [...state.accessTokens.values()],
  };
  return { format: FORMAT, ...saved };
}

function revive(saved: SavedState): State {
  return {
    revision: saved.revision,
    ordinal: saved.ordinal,
    accounts: keyed(saved.accounts, ({ email }) => email),
    mailboxes: keyed(saved.mailboxes.map(reviveMailbox), ({ email }) => email),
    grants: keyed(saved.grants, ({ email, clientId }) => grantKey(email, clientId)),
    tenantGrants: keyed(saved.tenantGrants, ({ tenantId, clientId }) => grantKey(tenantId, clientId)),
    codes: keyed(saved.codes, ({ code }) => code),
    refreshTokens: keyed(saved.refreshTokens, ({ token }) => token),
    accessTokens: keyed(saved.accessTokens, ({ token }) => token),
  };
}

function reviveMailbox(saved: SavedMailbox): Mailbox {
  const { email, mails, syncGeneration, calendars, events } = saved;
  const transactions = events.flatMap(({ id, transactionId }) =>
    transactionId === null ? [] : [[transactionId, id] as const],
  );
  return {
    email,
    mails,
    syncGeneration,
    calendars: keyed(calendars, ({ id }) => id),
    events: keyed(events, ({ id }) => id),
    changes: events
      .map(({ id, revision, lastModified }) => ({ eventId: id, revision, at: lastModified }))
      .toSorted((one, other) => one.revision - other.revision),
    transactions: new Map(transactions),
    unsettled: new Set(events.filter(({ settlesAt }) => settlesAt !== null).map(({ id }) => id)),
  };
}
