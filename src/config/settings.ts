/** One setting: what `.env.example` and `docs/configuration.md` are made from. */
export interface Setting {
  /** One line for people. */
  description: string;
  /** What counts when it is not set, as people would write it; absent: nothing. */
  fallback?: string;
  /** Never shown, logged or kept with the rest. */
  secret?: true;
  group: 'Server' | 'Keys and first start' | 'Business' | 'Google' | 'Outlook' | 'CalDAV' | 'Mail';
}

const server = { group: 'Server' } as const;
const keys = { group: 'Keys and first start' } as const;
const business = { group: 'Business' } as const;
const google = { group: 'Google' } as const;
const outlook = { group: 'Outlook' } as const;

/** Every setting by its name in the environment or `.env`. */
export const SETTINGS = {
  NODE_ENV: { ...server, description: '`production` makes missing keys stop the start.', fallback: 'development' },
  HOST: { ...server, description: 'Address to listen on; 0.0.0.0 for all.', fallback: '127.0.0.1' },
  PORT: { ...server, description: 'Port of the API.', fallback: '8000' },
  WEB_PORT: { ...server, description: 'Port of the web app.', fallback: '3000' },
  FRONTEND_URL: {
    ...server,
    description: 'Address at which people open the web app.',
    fallback: 'http://localhost:3000',
  },
  PUBLIC_URL: {
    ...server,
    description: 'https address at which calendar programs read subscriptions, when it is another than FRONTEND_URL.',
  },
  TRUST_PROXY: {
    ...server,
    description: 'Proxies whose X-Forwarded-For is believed: addresses and networks, comma-separated, or `loopback`.',
    fallback: 'loopback',
  },
  DATABASE_URL: {
    ...server,
    description:
      'PostgreSQL server, `postgres://user:password@host/database`; without it the embedded database is used.',
    secret: true,
  },
  DATA_DIR: {
    ...server,
    description: 'Folder of the embedded database, of development keys and of mails that have no server.',
    fallback: './data',
  },
  LOG_LEVEL: {
    ...server,
    description: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
    fallback: 'info',
  },
  METRICS_TOKEN: {
    ...server,
    description: 'Bearer token for /metrics; without it /metrics answers this machine only.',
    secret: true,
  },

  JWT_SECRET: {
    ...keys,
    description: 'Signs access tokens (HS256); at least 32 characters. Make one: `openssl rand -base64 48`.',
    secret: true,
  },
  TOKEN_ENCRYPTION_KEYS: {
    ...keys,
    description:
      'Seal calendar grants: `<id>:<base64 of 32 bytes>`, comma-separated, the first encrypts. Make one: `echo "k1:$(openssl rand -base64 32)"`.',
    secret: true,
  },
  BOOTSTRAP_ADMIN_EMAIL: {
    ...keys,
    description: 'E-mail address of the first administrator, made when there is none.',
  },
  BOOTSTRAP_ADMIN_PASSWORD: {
    ...keys,
    description: 'Password of the first administrator, 10 to 200 characters.',
    secret: true,
  },

  BUSINESS_NAME: {
    ...business,
    description: 'Stands in the web app, in the help, in titles of events and in mails.',
    fallback: 'VALClean',
  },
  BUSINESS_LOGO: {
    ...business,
    description:
      'Path of an SVG or PNG file of at most 256 kB, shown beside the name in the web app and the help; a square one fits best. Not set: our own mark.',
  },
  CALENDAR_POLL_SECONDS: {
    ...business,
    description: 'How often calendars are read back, with some jitter; 10 to 86400.',
    fallback: '300',
  },
  SYNC_HORIZON_DAYS: {
    ...business,
    description: 'How far ahead appointments are put into calendars.',
    fallback: '365',
  },
  OVERVIEW_HORIZON_DAYS: { ...business, description: 'The same for managers and admins.', fallback: '60' },

  GOOGLE_CLIENT_ID: { ...google, description: 'OAuth client of the app; without it Google answers 503.' },
  GOOGLE_CLIENT_SECRET: { ...google, description: 'Its secret.', secret: true },
  GOOGLE_REDIRECT_URI: {
    ...google,
    description: 'Callback as registered with Google, equal to the letter.',
    fallback: 'http://localhost:8000/api/calendar/google/callback/',
  },
  GOOGLE_AUTH_URL: {
    ...google,
    description: 'Consent page.',
    fallback: 'https://accounts.google.com/o/oauth2/v2/auth',
  },
  GOOGLE_TOKEN_URL: { ...google, description: 'Token endpoint.', fallback: 'https://oauth2.googleapis.com/token' },
  GOOGLE_REVOKE_URL: {
    ...google,
    description: 'Revocation endpoint.',
    fallback: 'https://oauth2.googleapis.com/revoke',
  },
  GOOGLE_JWKS_URL: {
    ...google,
    description: 'Keys of ID tokens.',
    fallback: 'https://www.googleapis.com/oauth2/v3/certs',
  },
  GOOGLE_ISSUER: { ...google, description: 'Issuer of ID tokens.', fallback: 'https://accounts.google.com' },
  GOOGLE_API_BASE_URL: { ...google, description: 'Root of the Calendar API.', fallback: 'https://www.googleapis.com' },

  OUTLOOK_CLIENT_ID: { ...outlook, description: 'App registration; without it Outlook answers 503.' },
  OUTLOOK_CLIENT_SECRET: { ...outlook, description: 'Its client secret.', secret: true },
  OUTLOOK_REDIRECT_URI: {
    ...outlook,
    description: 'Callback as registered with Microsoft, equal to the letter.',
    fallback: 'http://localhost:8000/api/calendar/outlook/callback/',
  },
  OUTLOOK_TENANT: {
    ...outlook,
    description: 'Whose accounts may connect: a tenant id, `organizations`, `consumers` or `common`.',
    fallback: 'common',
  },
  OUTLOOK_AUTHORITY_URL: {
    ...outlook,
    description: 'Sign-in authority, tenant included; wins over OUTLOOK_TENANT.',
    fallback: 'https://login.microsoftonline.com/common',
  },
  GRAPH_API_BASE_URL: {
    ...outlook,
    description: 'Root of Microsoft Graph.',
    fallback: 'https://graph.microsoft.com/v1.0',
  },

  CALDAV_ALLOW_PRIVATE_NETWORKS: {
    group: 'CalDAV',
    description: '`true` lets people connect CalDAV servers in private networks.',
    fallback: 'false',
  },

  SMTP_URL: {
    group: 'Mail',
    description:
      'Mail server, `smtps://user:password@host:465` or `smtp://user:password@host:587`, where credentials need TLS; not set: mails are written to `outbox` in DATA_DIR.',
    secret: true,
  },
  MAIL_FROM: { group: 'Mail', description: 'Sender of mails, `VALClean <office@example.com>`; needed with SMTP_URL.' },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** What the environment says, without empty values. */
export type Env = Readonly<Partial<Record<SettingName, string>>>;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];
