import { Problem } from './problem.ts';

/** Who is signed in, as far as the whole app has to know. */
export interface SessionUser {
  id: number;
  name: string;
  email: string;
  role: 'customer' | 'staff' | 'manager' | 'admin';
  /** IANA. */
  time_zone: string;
}

/** The part of a sign-in answer that the session keeps. */
export interface Credentials {
  access_token: string;
  refresh_token: string;
  /** Seconds from now. */
  expires_in: number;
  user: SessionUser;
}

/** `absent`: nobody was signed in here; `expired`: the server no longer accepts the sign-in; `left`: they signed out. */
export type SignedOutWhy = 'absent' | 'expired' | 'left';

export type SessionState =
  /** The page was just loaded; whether a kept sign-in still holds is not known yet. */
  { kind: 'unknown' } | { kind: 'signed_out'; why: SignedOutWhy } | { kind: 'signed_in'; user: SessionUser };

export interface SessionSetting {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Trades a refresh token for new credentials. @throws {Problem} */
  exchange(refreshToken: string): Promise<Credentials>;
  /** Runs `work` while no other tab of this browser runs its own. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Session {
  state(): SessionState;
  subscribe(listener: () => void): () => void;
  open(credentials: Credentials): void;
  close(why: SignedOutWhy): void;
  /** What is shown of the person who is signed in has changed. */
  know(user: SessionUser): void;
  /** The kept refresh token, for signing out at the server. */
  refreshToken(): string | null;
  /** A usable access token, renewed when needed; `null` when nobody is signed in. @throws {Problem} when the renewal can't be tried now. */
  accessToken(): Promise<string | null>;
  /** As `accessToken`, after the server refused `stale`. */
  renew(stale: string): Promise<string | null>;
  /** Another tab signed in, out or somebody else in. */
  storageChanged(): void;
}

export const STORAGE_KEY = 'valclean.session';

/** Renew this long before the end, so that a request under way does not arrive too late. */
const MARGIN_MS = 30_000;

/**
 * The sign-in of this tab. The access token lives in memory only. The refresh token is kept in `localStorage`, because
 * links from calendar events open in new tabs, which have to be signed in too, and because all tabs must share one
 * token: it is spent at each use, and its reuse by a second tab would end the whole family. What guards it from scripts
 * is the content security policy (`script-src 'self'`); what limits a theft is that spending.
 */
export function createSession(setting: SessionSetting): Session {
  let state: SessionState = { kind: 'unknown' };
  let access: { token: string; until: number } | null = null;
  let renewal: Promise<string | null> | null = null;
  const listeners = new Set<() => void>();

  function become(next: SessionState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function open(credentials: Credentials): void {
    const { id, name, email, role, time_zone } = credentials.user;
    access = { token: credentials.access_token, until: setting.now() + credentials.expires_in * 1000 };
    setting.storage.setItem(STORAGE_KEY, `${id}:${credentials.refresh_token}`);
    become({ kind: 'signed_in', user: { id, name, email, role, time_zone } });
  }

  function close(why: SignedOutWhy): void {
    access = null;
    setting.storage.removeItem(STORAGE_KEY);
    become({ kind: 'signed_out', why });
  }

  function kept(): { userId: number; token: string } | null {
    const value = setting.storage.getItem(STORAGE_KEY) ?? '';
    const colon = value.indexOf(':');
    return colon < 1 ? null : { userId: Number(value.slice(0, colon)), token: value.slice(colon + 1) };
  }

  async function exchangeKept(): Promise<string | null> {
    const before = kept();
    if (before === null) {
      close(state.kind === 'signed_in' ? 'expired' : 'absent');
      return null;
    }
    try {
      open(await setting.exchange(before.token));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Without locks (plain http beyond localhost) another tab may have spent the token first: take what it left.
      const now = kept();
      if (now !== null && now.token !== before.token) open(await setting.exchange(now.token));
      else close('expired');
    }
    return access?.token ?? null;
  }

  function refresh(): Promise<string | null> {
    renewal ??= setting.exclusively(exchangeKept).finally(() => {
      renewal = null;
    });
    return renewal;
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open,
    close,
    know({ id, name, email, role, time_zone }) {
      if (state.kind !== 'signed_in' || state.user.id !== id) return;
      become({ kind: 'signed_in', user: { id, name, email, role, time_zone } });
    },
    refreshToken: () => kept()?.token ?? null,
    async accessToken() {
      if (state.kind === 'signed_out') return null;
      if (access !== null && setting.now() < access.until - MARGIN_MS) return access.token;
      return refresh();
    },
    async renew(stale) {
      if (access !== null && access.token !== stale) return access.token;
      return refresh();
    },
    storageChanged() {
      const now = kept();
      if (now === null && state.kind === 'signed_in') close('left');
      // Somebody signed in elsewhere: whatever this tab holds is no longer theirs. The next request finds out who it is.
      if (now !== null && (state.kind !== 'signed_in' || state.user.id !== now.userId)) {
        access = null;
        become({ kind: 'unknown' });
      }
    },
  };
}

/** The server understood and said no; anything else (no answer, 429, 5xx) says nothing about the sign-in. */
function isRefusal(error: unknown): boolean {
  return error instanceof Problem && [400, 401, 403, 404, 422].includes(error.status);
}
