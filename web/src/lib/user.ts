import { createContext, use } from 'react';
import type { SessionUser } from './session.ts';

/** Set by the layout of all pages behind the sign-in. */
export const UserContext = createContext<SessionUser | null>(null);

/** The person who is signed in. Throws outside the pages behind the sign-in. */
export function useUser(): SessionUser {
  const user = use(UserContext);
  if (user === null) throw new Error('useUser needs somebody signed in');
  return user;
}
