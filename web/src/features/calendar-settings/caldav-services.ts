/** A calendar service that people may have; what they have to know to connect it. */
export interface CaldavService {
  name: string;
  /** Known beforehand; `null`: the person gives it. */
  server: string | null;
  serverLabel: string;
  serverHelp: string;
  usernameLabel: string;
  passwordHelp: string;
  /** Where app passwords are made; `null`: on the person's own server. */
  passwordPage: { href: string; text: string } | null;
}

const ADDRESS = { serverLabel: 'Server or e-mail address' };

/** In the order in which they are offered; iPhones and Macs come first. */
export const CALDAV_SERVICES = {
  icloud: {
    ...ADDRESS,
    name: 'Apple iCloud',
    server: 'https://caldav.icloud.com/',
    serverHelp: '',
    usernameLabel: 'Apple Account (e-mail address)',
    passwordHelp: 'Not the password of your Apple Account, but one made for this app, such as abcd-efgh-ijkl-mnop.',
    passwordPage: { href: 'https://account.apple.com/', text: 'Make one under Sign-In and Security' },
  },
  fastmail: {
    ...ADDRESS,
    name: 'Fastmail',
    server: 'https://caldav.fastmail.com/',
    serverHelp: '',
    usernameLabel: 'Fastmail address',
    passwordHelp: 'Not your usual password, but one made for this app, with access to calendars.',
    passwordPage: { href: 'https://app.fastmail.com/settings/security/apps', text: 'Make one under App passwords' },
  },
  nextcloud: {
    name: 'Nextcloud',
    server: null,
    serverLabel: 'Address of your Nextcloud',
    serverHelp: 'As in the browser, such as https://cloud.example.com',
    usernameLabel: 'User name',
    passwordHelp: 'Make an app password in your Nextcloud: Settings, Security, Devices & sessions.',
    passwordPage: null,
  },
  other: {
    ...ADDRESS,
    name: 'Another server',
    server: null,
    serverHelp: 'The CalDAV address from your provider’s help page, or your e-mail address there.',
    usernameLabel: 'User name',
    passwordHelp: 'An app password where your provider has such.',
    passwordPage: null,
  },
} as const satisfies Record<string, CaldavService>;

export type CaldavServiceId = keyof typeof CALDAV_SERVICES;

/** For lists to choose from. */
export const CALDAV_CHOICES = Object.entries(CALDAV_SERVICES).map(([value, { name }]) => ({ value, label: name }));

export function isCaldavService(value: string | null): value is CaldavServiceId {
  return value !== null && Object.hasOwn(CALDAV_SERVICES, value);
}
