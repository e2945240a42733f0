import { createHash } from 'node:crypto';
import type { JsonObject } from '../kit/json.ts';
import type { EventDraft } from './event-draft.ts';
import type { ExtendedProperty } from './extended-properties.ts';
import { guidOf } from './guid.ts';

/** The tenant of all personal accounts. */
export const CONSUMER_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** An app registration: multi-tenant, with personal accounts, of the platform type Web. */
export interface ClientConfig {
  clientId: string;
  clientSecret: string;
  redirectUris: readonly string[];
  /** Shown on the consent page; the client id when absent. */
  name?: string;
  /** API permissions listed in the registration, by short names: what an administrator's consent covers. */
  permissions?: readonly string[];
}

/** A person who can sign in. */
export interface AccountConfig {
  email: string;
  name: string;
  /** `work` when absent. */
  kind?: 'work' | 'personal';
  /** Tenant of a work account; one for each e-mail domain when absent. */
  tenantId?: string;
  /** IANA zone of the mailbox; `Etc/UTC` when absent. */
  timeZone?: string;
}

/** A person's account with what was switched on it. */
export interface Account {
  email: string;
  name: string;
  kind: 'work' | 'personal';
  tenantId: string;
  /** Object id in the tenant; of a personal account its 16 hexadecimal digits, padded to a GUID. */
  oid: string;
  timeZone: string;
  /** Sign-in and refresh answer AADSTS50057. */
  disabled: boolean;
  /** Consent is reserved to the tenant's administrator: AADSTS90094 until `adminconsent`. */
  needsAdminApproval: boolean;
  /** Refresh answers AADSTS50076 until the person has signed in once more. */
  interactionRequired: boolean;
  /** False: a guest, an unlicensed or an on-premises mailbox; the calendar answers 404 MailboxNotEnabledForRESTAPI. */
  hasMailbox: boolean;
  /** Writes answer 507 ErrorQuotaExceeded. */
  mailboxFull: boolean;
}

export interface Calendar {
  id: string;
  name: string;
  color: string;
  changeKey: string;
  isDefault: boolean;
  canEdit: boolean;
  properties: ExtendedProperty[];
  /** The client that made it through Graph; null for those that were always there or made by the person. */
  createdByClient: string | null;
}

/** An event, also after its deletion. */
export interface StoredEvent {
  /** The immutable id. */
  id: string;
  /** The default id: another one after each move. */
  defaultId: string;
  iCalUId: string;
  calendarId: string;
  /** Calendars that it has left. */
  formerCalendarIds: string[];
  draft: EventDraft;
  properties: ExtendedProperty[];
  /** What the create asked for, to know its repetition; null for events of the person. */
  createdFrom: JsonObject | null;
  transactionId: string | null;
  changeKey: string;
  /** Milliseconds since the epoch. */
  created: number;
  /** Milliseconds since the epoch. */
  lastModified: number;
  /** When Exchange will change the change key by itself; milliseconds since the epoch, null when that is over. */
  settlesAt: number | null;
  deleted: boolean;
  revision: number;
  /** Place in the order of creation, for stable paging. */
  ordinal: number;
}

/** A write: `revision` grows over the whole simulator, `at` is in milliseconds since the epoch. */
export interface Change {
  revision: number;
  eventId: string;
  at: number;
}

/** A mail that Exchange sent because of attendees. */
export interface SentMail {
  kind: 'invitation' | 'update' | 'cancellation';
  from: string;
  to: string;
  subject: string;
  /** ISO instant. */
  at: string;
}

/** What belongs to one person. */
export interface Mailbox {
  email: string;
  calendars: Map<string, Calendar>;
  /** By immutable id, deleted ones included. */
  events: Map<string, StoredEvent>;
  /** One entry per write in order of revision; entries that are no longer an event's newest are stale. */
  changes: Change[];
  mails: SentMail[];
  /** Immutable ids by `transactionId`. */
  transactions: Map<string, string>;
  /** Immutable ids of the events whose `settlesAt` lies ahead. */
  unsettled: Set<string>;
  /** Delta tokens made before this generation answer 410. */
  syncGeneration: number;
}

/** What one person has allowed one client. */
export interface Grant {
  email: string;
  clientId: string;
  scopes: string[];
}

/** An administrator's consent for everybody of a tenant. */
export interface TenantGrant {
  tenantId: string;
  clientId: string;
  scopes: string[];
}

export interface AuthorizationCode {
  code: string;
  clientId: string;
  email: string;
  scopes: string[];
  redirectUri: string;
  codeChallenge: string;
  nonce: string | null;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  used: boolean;
}

export interface RefreshToken {
  token: string;
  clientId: string;
  email: string;
  scopes: string[];
  /** Milliseconds since the epoch. */
  issuedAt: number;
  /** Sessions were revoked: AADSTS50173. */
  revoked: boolean;
}

export interface AccessToken {
  token: string;
  clientId: string;
  email: string;
  scopes: string[];
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Everything that survives a restart. */
export interface State {
  revision: number;
  /** Events ever made. */
  ordinal: number;
  accounts: Map<string, Account>;
  mailboxes: Map<string, Mailbox>;
  /** By `grantKey`. */
  grants: Map<string, Grant>;
  /** By tenant id and client id, joined like `grantKey`. */
  tenantGrants: Map<string, TenantGrant>;
  codes: Map<string, AuthorizationCode>;
  refreshTokens: Map<string, RefreshToken>;
  accessTokens: Map<string, AccessToken>;
}

/** A state without accounts. */
export function emptyState(): State {
  return {
    revision: 0,
    ordinal: 0,
    accounts: new Map(),
    mailboxes: new Map(),
    grants: new Map(),
    tenantGrants: new Map(),
    codes: new Map(),
    refreshTokens: new Map(),
    accessTokens: new Map(),
  };
}

/** The key of a grant: of a person's by e-mail, of a tenant's by its id. */
export function grantKey(holder: string, clientId: string): string {
  return `${holder} ${clientId}`;
}

/** The tenant that a work account gets when none is named. */
export function tenantOfDomain(email: string): string {
  return guidOf(`tenant:${domainOf(email)}`);
}

/** What follows the @ of an e-mail address, in lower case. */
export function domainOf(email: string): string {
  return email.slice(email.indexOf('@') + 1).toLowerCase();
}

/** Adds the account with its mailbox; an account that is already there stays as it is. */
export function addAccount(state: State, config: AccountConfig): Account {
  const known = state.accounts.get(config.email);
  if (known) return known;
  const kind = config.kind ?? 'work';
  const account: Account = {
    email: config.email,
    name: config.name,
    kind,
    tenantId: kind === 'personal' ? CONSUMER_TENANT : (config.tenantId ?? tenantOfDomain(config.email)),
    oid: kind === 'personal' ? personalOid(config.email) : guidOf(`user:${config.email}`),
    timeZone: config.timeZone ?? 'Etc/UTC',
    disabled: false,
    needsAdminApproval: false,
    interactionRequired: false,
    hasMailbox: true,
    mailboxFull: false,
  };
  state.accounts.set(account.email, account);
  state.mailboxes.set(account.email, newMailbox(state, account));
  return account;
}

/** The next number of the one counter behind change keys, delta tokens and the order of events. */
export function nextRevision(state: State): number {
  state.revision += 1;
  return state.revision;
}

/** The opaque change key of a revision. */
export function changeKeyOf(revision: number): string {
  return createHash('sha256').update(`key:${revision}`).digest().subarray(0, 22).toString('base64');
}

function newMailbox(state: State, account: Account): Mailbox {
  const mailbox: Mailbox = {
    email: account.email,
    calendars: new Map(),
    events: new Map(),
    changes: [],
    mails: [],
    transactions: new Map(),
    unsettled: new Set(),
    syncGeneration: 0,
  };
  addCalendar(state, mailbox, { name: 'Calendar', isDefault: true, canEdit: true });
  // Every mailbox has at least one calendar that nobody can write to.
  addCalendar(state, mailbox, { name: 'Birthdays', isDefault: false, canEdit: false });
  return mailbox;
}

/** Adds an empty calendar. */
export function addCalendar(
  state: State,
  mailbox: Mailbox,
  given: Pick<Calendar, 'name' | 'isDefault' | 'canEdit'> &
    Partial<Pick<Calendar, 'color' | 'properties' | 'createdByClient'>>,
): Calendar {
  const revision = nextRevision(state);
  const calendar: Calendar = {
    color: 'auto',
    properties: [],
    createdByClient: null,
    ...given,
    id: folderId(mailbox.email, revision),
    changeKey: changeKeyOf(revision),
  };
  mailbox.calendars.set(calendar.id, calendar);
  return calendar;
}

/** The calendar that is there from the first day. */
export function defaultCalendar(mailbox: Mailbox): Calendar {
  const found = [...mailbox.calendars.values()].find((calendar) => calendar.isDefault);
  if (!found) throw new Error(`the mailbox of ${mailbox.email} has lost its default calendar`);
  return found;
}

/** An id of a calendar: case-sensitive base64 with `/`, `+` and `=` in it. */
export function folderId(email: string, number: number): string {
  return `AAMk${mailboxPart(email)}AuAAAA/${textPart(`folder:${email}:${number}`)}+AQ==`;
}

/** The part that all ids of one mailbox share. */
export function mailboxPart(email: string): string {
  return textPart(`mailbox:${email}`);
}

/** 16 characters of base64 that always belong to the same text. */
export function textPart(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 16);
}

function personalOid(email: string): string {
  const cid = createHash('sha256').update(`cid:${email}`).digest('hex').slice(0, 16);
  return `00000000-0000-0000-${cid.slice(0, 4)}-${cid.slice(4)}`;
}
