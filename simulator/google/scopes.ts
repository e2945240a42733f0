const PREFIX = 'https://www.googleapis.com/auth/';

/** Sign-in scopes: asked without a check box. */
export const SIGN_IN_SCOPES: readonly string[] = ['openid', `${PREFIX}userinfo.email`, `${PREFIX}userinfo.profile`];

// Google answers the long names whatever was asked for.
const ALIASES: Record<string, string> = { email: `${PREFIX}userinfo.email`, profile: `${PREFIX}userinfo.profile` };

// What the consent page says of each scope, in our own words.
const CONSENT_TEXTS: Record<string, string> = {
  [`${PREFIX}calendar.app.created`]: 'Make secondary calendars, and see, create, change and delete events on them',
  [`${PREFIX}calendar.events.owned`]: 'See, create, change and delete events on calendars you own',
  [`${PREFIX}calendar.events`]: 'View and edit events on all your calendars',
  [`${PREFIX}calendar.events.readonly`]: 'View events on all your calendars',
  [`${PREFIX}calendar.events.owned.readonly`]: 'View events on calendars you own',
  [`${PREFIX}calendar.calendarlist.readonly`]: 'See the list of calendars you have',
  [`${PREFIX}calendar.calendarlist`]: 'See, add and remove calendars in your list',
  [`${PREFIX}calendar.settings.readonly`]: 'View your calendar settings',
  [`${PREFIX}calendar.freebusy`]: 'View your availability',
  [`${PREFIX}calendar.events.freebusy`]: 'View your availability on your calendars',
  [`${PREFIX}calendar.calendars`]: 'See and change the properties of your calendars, and create calendars',
  [`${PREFIX}calendar.calendars.readonly`]: 'See the properties of your calendars',
  [`${PREFIX}calendar.readonly`]: 'See and download all your calendars',
  [`${PREFIX}calendar`]: 'See, edit, share and delete all your calendars',
};

/** The scopes of a request in Google's spelling, without repetitions. */
export function readScopes(text: string): string[] {
  const names = text.split(' ').filter((name) => name !== '');
  return [...new Set(names.map((name) => ALIASES[name] ?? name))];
}

/** True for a scope that the simulated Google offers. */
export function isKnownScope(scope: string): boolean {
  return SIGN_IN_SCOPES.includes(scope) || Object.hasOwn(CONSENT_TEXTS, scope);
}

/** The sentence of the consent page. */
export function consentText(scope: string): string {
  return CONSENT_TEXTS[scope] ?? scope;
}

/** Full names of calendar scopes given by their last part: `events.owned` → `https://…/auth/calendar.events.owned`. */
export function calendarScopes(...names: string[]): string[] {
  return names.map((name) => PREFIX + (name === '' ? 'calendar' : `calendar.${name}`));
}

/** The one scope that reaches only calendars made by the app itself. */
export const APP_CREATED = `${PREFIX}calendar.app.created`;
