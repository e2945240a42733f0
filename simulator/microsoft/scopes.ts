const PREFIX = 'https://graph.microsoft.com/';

/** Scopes of OpenID Connect: never written with the address of Graph. */
export const SIGN_IN_SCOPES: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

// What the consent page says of each permission, in our own words.
const CONSENT_TEXTS: Record<string, { title: string; text: string }> = {
  'Calendars.ReadWrite': {
    title: 'Have full access to your calendars',
    text: 'The app will be able to read, update, create and delete events in your calendars.',
  },
  'Calendars.Read': { title: 'Read your calendars', text: 'The app will be able to read events in your calendars.' },
  'User.Read': { title: 'View your basic profile', text: 'The app will see your name and address.' },
  'MailboxSettings.Read': {
    title: 'Read your mailbox settings',
    text: 'The app will see your time zone and language, but no mail.',
  },
  offline_access: {
    title: 'Maintain access to data you have given it access to',
    text: 'The app keeps its access while you do not use it. This gives it no further permission.',
  },
};

const KNOWN = new Map(
  [...SIGN_IN_SCOPES, ...Object.keys(CONSENT_TEXTS)].map((scope) => [scope.toLowerCase(), scope] as const),
);

/** The scopes of a request by their short names, without repetitions; unknown ones apart. */
export function readScopes(text: string): { scopes: string[]; unknown: string[] } {
  const names = text.split(' ').filter((name) => name !== '');
  const scopes: string[] = [];
  const unknown: string[] = [];
  for (const name of names) {
    const short = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
    const known = KNOWN.get(short.toLowerCase());
    if (known === undefined) unknown.push(name);
    else if (!scopes.includes(known)) scopes.push(known);
  }
  return { scopes, unknown };
}

/** A scope as the token endpoint echoes it. */
export function spellScope(scope: string, form: 'short' | 'uri'): string {
  return form === 'short' || SIGN_IN_SCOPES.includes(scope) ? scope : PREFIX + scope;
}

/** The line of the consent page for a permission; null for those that have none of their own. */
export function consentText(scope: string): { title: string; text: string } | null {
  return CONSENT_TEXTS[scope] ?? null;
}

/** Permissions of a registration that lists none. */
export const STANDARD_PERMISSIONS: readonly string[] = [...SIGN_IN_SCOPES, 'User.Read', 'Calendars.ReadWrite'];
