import type { Account, Calendar, State, StoredObject } from './state.ts';

/*
 * The tree: /dav/ · /dav/principals/{user}/ · /dav/calendars/{user}/ (with inbox/) · …/{calendar}/ · …/{calendar}/{object}
 */

export const ROOT = '/dav/';
export const INBOX = 'inbox';

/** What an address means to the account that asks. */
export type Place =
  | { kind: 'root' }
  | { kind: 'principal' }
  | { kind: 'home' }
  | { kind: 'inbox' }
  | { kind: 'calendar'; slug: string; calendar: Calendar | null }
  | { kind: 'object'; calendar: Calendar | null; name: string; object: StoredObject | null }
  | { kind: 'nowhere' };

/** Reads an address; other people's places are nowhere. */
export function placeAt(account: Account, pathname: string): Place {
  if (pathname === ROOT || pathname === '/') return { kind: 'root' };
  const [first, second, user, slug, name, ...more] = pathname.split('/').slice(1).map(decoded).filter(Boolean);
  if (first !== 'dav' || user !== account.user || more.length > 0) return { kind: 'nowhere' };
  if (second === 'principals') return slug === undefined ? { kind: 'principal' } : { kind: 'nowhere' };
  if (second !== 'calendars') return { kind: 'nowhere' };
  if (slug === undefined) return { kind: 'home' };
  if (slug === INBOX) return name === undefined ? { kind: 'inbox' } : { kind: 'nowhere' };
  const calendar = account.calendars.find((one) => one.slug === slug) ?? null;
  if (name === undefined) return { kind: 'calendar', slug, calendar };
  return { kind: 'object', calendar, name, object: calendar?.objects.find((one) => one.name === name) ?? null };
}

/** The paths of an account, in the spelling that the server has chosen. */
export function pathsOf(account: Account, encodesAt: boolean): Paths {
  const segment = (text: string): string => {
    const encoded = encodeURIComponent(text);
    return encodesAt ? encoded : encoded.replaceAll('%40', '@');
  };
  const home = `${ROOT}calendars/${segment(account.user)}/`;
  return {
    principal: `${ROOT}principals/${segment(account.user)}/`,
    home,
    inbox: `${home}${INBOX}/`,
    calendar: ({ slug }) => `${home}${segment(slug)}/`,
    object: ({ slug }, name) => `${home}${segment(slug)}/${segment(name)}`,
  };
}

export interface Paths {
  principal: string;
  home: string;
  inbox: string;
  calendar(calendar: Pick<Calendar, 'slug'>): string;
  object(calendar: Pick<Calendar, 'slug'>, name: string): string;
}

/** The account that credentials belong to (RFC 7617). */
export function signedIn(state: State, authorization: string | undefined): Account | null {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return state.accounts.find(({ user, password }) => text === `${user}:${password}`) ?? null;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // URIError: a lone percent sign names nothing
  }
}
