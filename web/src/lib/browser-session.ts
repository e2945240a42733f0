import { useSyncExternalStore } from 'react';
import { sessionSchema } from '../../../src/api-contract/accounts.ts';
import { parsed, send } from './http.ts';
import { createSession, STORAGE_KEY, type Credentials, type SessionState } from './session.ts';

/** The sign-in of this tab, kept in this browser. */
export const browserSession = createSession({
  storage: window.localStorage,
  exchange,
  exclusively,
  now: () => Date.now(),
});

window.addEventListener('storage', (event) => {
  if (event.key === STORAGE_KEY || event.key === null) browserSession.storageChanged();
});

export function useSession(): SessionState {
  return useSyncExternalStore(browserSession.subscribe, browserSession.state);
}

async function exchange(refreshToken: string): Promise<Credentials> {
  const response = await send('POST', '/api/auth/refresh/', { body: { refresh_token: refreshToken } });
  return parsed(response, sessionSchema);
}

/** Web Locks exist on https and on localhost; elsewhere `createSession` copes with a token that another tab spent. */
async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(STORAGE_KEY, work);
}
