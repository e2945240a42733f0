import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { isSafe, Reader } from './reader.ts';
import type { Env, SettingName } from './settings.ts';

/** The operator's choices, checked, with defaults filled in. Holds no secrets; those are in `Secrets`. */
export interface Config {
  production: boolean;
  host: string;
  port: number;
  webPort: number;
  /** Origin and path of the web app, without a slash at the end. */
  frontendUrl: string;
  /** Where calendar programs read subscriptions, without a slash at the end; `null`: at the web app. */
  publicUrl: string | null;
  /** For Fastify's `trustProxy`. */
  trustedProxies: string[];
  database: 'embedded' | 'postgres';
  /** Absolute path. */
  dataDir: string;
  logLevel: string;
  businessName: string;
  /** Absolute path of a picture; `null`: our own mark. */
  businessLogo: string | null;
  calendarPollSeconds: number;
  syncHorizonDays: number;
  overviewHorizonDays: number;
  caldavAllowPrivateNetworks: boolean;
  /** `null`: no credentials. */
  google: GoogleSettings | null;
  outlook: OutlookSettings | null;
  /** Set when there is a mail server; `null`: the business's name will do. */
  mailFrom: string | null;
  bootstrapAdminEmail: string | null;
}

/** All of `GoogleConfig` but the client secret. */
export interface GoogleSettings {
  clientId: string;
  redirectUri: string;
  authUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  jwksUrl: string;
  issuer: string;
  apiBaseUrl: string;
}

export interface OutlookSettings {
  clientId: string;
  redirectUri: string;
  /** Tenant included, without a slash at the end. */
  authorityUrl: string;
  graphBaseUrl: string;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** What Kubernetes, Docker and people write for production, test and work; anything else is a slip. */
const ENVIRONMENTS = ['development', 'test', 'production'] as const;

/** @throws {ConfigError} naming every setting that can't be used. */
export function toConfig(env: Env): Config {
  const reader = new Reader(env);
  const production = reader.oneOf('NODE_ENV', ENVIRONMENTS, 'development') === 'production';
  const port = reader.integer('PORT', 0, 65_535);
  const config: Config = {
    production,
    host: reader.text('HOST'),
    port,
    webPort: reader.integer('WEB_PORT', 0, 65_535),
    frontendUrl: reader.url('FRONTEND_URL').replace(/\/$/, ''),
    publicUrl: publicUrl(reader, production),
    trustedProxies: trustedProxies(reader),
    database: reader.isSet('DATABASE_URL') ? 'postgres' : 'embedded',
    dataDir: resolve(reader.text('DATA_DIR')),
    logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    businessName: oneLine(reader, 'BUSINESS_NAME', 100),
    businessLogo: reader.isSet('BUSINESS_LOGO') ? resolve(reader.text('BUSINESS_LOGO')) : null,
    calendarPollSeconds: reader.integer('CALENDAR_POLL_SECONDS', 10, 86_400),
    syncHorizonDays: reader.integer('SYNC_HORIZON_DAYS', 1, 1830),
    overviewHorizonDays: reader.integer('OVERVIEW_HORIZON_DAYS', 1, 1830),
    caldavAllowPrivateNetworks: reader.flag('CALDAV_ALLOW_PRIVATE_NETWORKS'),
    google: googleSettings(reader, port),
    outlook: outlookSettings(reader, port),
    mailFrom: mailFrom(reader),
    bootstrapAdminEmail: bootstrapAdminEmail(reader),
  };
  reader.finish();
  return config;
}

function publicUrl(reader: Reader, production: boolean): string | null {
  if (!reader.isSet('PUBLIC_URL')) return null;
  const address = reader.url('PUBLIC_URL').replace(/\/$/, '');
  if (address === '') return null;
  if (isSafe(address) && !(production && address.startsWith('http:'))) return address;
  reader.fault('PUBLIC_URL', 'Give an https address; http on this machine is allowed outside production only.');
  return null;
}

function googleSettings(reader: Reader, port: number): GoogleSettings | null {
  const settings = {
    redirectUri: redirectUri(reader, 'GOOGLE_REDIRECT_URI', port),
    authUrl: reader.endpoint('GOOGLE_AUTH_URL'),
    tokenUrl: reader.endpoint('GOOGLE_TOKEN_URL'),
    revokeUrl: reader.endpoint('GOOGLE_REVOKE_URL'),
    jwksUrl: reader.endpoint('GOOGLE_JWKS_URL'),
    issuer: reader.endpoint('GOOGLE_ISSUER'),
    apiBaseUrl: reader.endpoint('GOOGLE_API_BASE_URL'),
  };
  const clientId = clientIdOf(reader, 'GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET');
  return clientId === null ? null : { clientId, ...settings };
}

function outlookSettings(reader: Reader, port: number): OutlookSettings | null {
  const settings = {
    redirectUri: redirectUri(reader, 'OUTLOOK_REDIRECT_URI', port),
    authorityUrl: reader.isSet('OUTLOOK_AUTHORITY_URL') ? reader.endpoint('OUTLOOK_AUTHORITY_URL') : tenantUrl(reader),
    graphBaseUrl: reader.endpoint('GRAPH_API_BASE_URL'),
  };
  const clientId = clientIdOf(reader, 'OUTLOOK_CLIENT_ID', 'OUTLOOK_CLIENT_SECRET');
  return clientId === null ? null : { clientId, ...settings };
}

function tenantUrl(reader: Reader): string {
  const tenant = reader.text('OUTLOOK_TENANT');
  if (!/^[\w.-]+$/.test(tenant)) {
    reader.fault('OUTLOOK_TENANT', 'Give a tenant id, a domain, organizations, consumers or common.');
  }
  return `https://login.microsoftonline.com/${tenant}`;
}

function clientIdOf(reader: Reader, id: SettingName, secret: SettingName): string | null {
  if (reader.isSet(id) && !reader.isSet(secret)) reader.fault(secret, `Give it too: it belongs to ${id}.`);
  if (!reader.isSet(id) && reader.isSet(secret)) reader.fault(id, `Give it too: it belongs to ${secret}.`);
  return reader.isSet(id) && reader.isSet(secret) ? reader.optional(id) : null;
}

/** Follows the port of the API while nobody says otherwise. */
function redirectUri(reader: Reader, name: SettingName, port: number): string {
  const address = reader.url(name);
  if (reader.isSet(name) || address === '') return address;
  const url = new URL(address);
  url.port = String(port);
  return url.href;
}

function mailFrom(reader: Reader): string | null {
  if (!reader.isSet('SMTP_URL') && !reader.isSet('MAIL_FROM')) return null;
  const from = reader.optional('MAIL_FROM');
  if (from !== null && /^[^\p{Cc}]*[^\s@<]+@[^\s@>]+>?$/u.test(from)) return from;
  reader.fault('MAIL_FROM', 'Give the sender of mails, such as VALClean <office@example.com>; SMTP_URL needs it.');
  return null;
}

function bootstrapAdminEmail(reader: Reader): string | null {
  const email = clientIdOf(reader, 'BOOTSTRAP_ADMIN_EMAIL', 'BOOTSTRAP_ADMIN_PASSWORD');
  if (email !== null && (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 254)) {
    reader.fault('BOOTSTRAP_ADMIN_EMAIL', 'Give an e-mail address such as admin@example.com.');
  }
  return email;
}

function oneLine(reader: Reader, name: SettingName, most: number): string {
  const text = reader.text(name);
  if (text.length > most || /\p{Cc}/u.test(text)) reader.fault(name, `Give one line of at most ${most} characters.`);
  return text;
}

/** Names that Fastify knows for ranges of addresses (`proxy-addr`). */
const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

function trustedProxies(reader: Reader): string[] {
  const parts = reader.text('TRUST_PROXY').split(',');
  const networks = parts.map((part) => part.trim()).filter((part) => part !== '');
  const strange = networks.some((network) => {
    const [address = '', bits = '0', ...rest] = network.split('/');
    return !NAMED_NETWORKS.includes(network) && (isIP(address) === 0 || !/^\d{1,3}$/.test(bits) || rest.length > 0);
  });
  if (strange)
    reader.fault('TRUST_PROXY', 'Give addresses such as 10.0.0.1, networks such as 10.0.0.0/8, or loopback.');
  return networks;
}
