import type { JsonObject } from '../kit/json.ts';
import type { LoggedRequest } from '../kit/request-log.ts';
import { calendarResource } from './calendar-operations.ts';
import { walkAdminConsent, walkConsent } from './consent-walk.ts';
import type { ConsentChoices } from './consent-walk.ts';
import type { Faults } from './faults.ts';
import { expireAccessTokens, recordTenantConsent, revokeGrant, revokeSessions } from './grants.ts';
import {
  addCalendarAsPerson,
  createAsPerson,
  deletedEvents,
  editAsPerson,
  fullResource,
  livingEvents,
  moveAsPerson,
  removeAsPerson,
  removeCalendarAsPerson,
  requireCalendar,
  requirePerson,
  restoreAsPerson,
} from './person.ts';
import { changeSettings, defaultSettings } from './settings.ts';
import type { Settings, SettingsPatch } from './settings.ts';
import { addAccount, emptyState } from './state.ts';
import type { Account, AccountConfig, SentMail } from './state.ts';
import { throttleKey } from './throttle.ts';
import type { World } from './world.ts';

/** What can be switched on an account. */
export type AccountSwitches = Partial<
  Pick<Account, 'disabled' | 'needsAdminApproval' | 'interactionRequired' | 'hasMailbox' | 'mailboxFull'>
>;

/** An account as the control shows it. */
export interface AccountView extends Account {
  /** Scopes granted by the person to any client; empty when nothing is granted. */
  grantedScopes: string[];
  liveRefreshTokens: number;
  /** Requests of the last ten minutes, by client. */
  usedRequests: Record<string, number>;
}

/** Everything a test or the demo may do to the simulator from outside of Microsoft's own interfaces. */
export interface SimulatorControl {
  faults: Pick<Faults, 'add' | 'clear' | 'list'>;
  /** The events of a calendar as raw resources with immutable ids, in order of creation. Throws GraphError 404. */
  events(email: string, calendarId?: string): JsonObject[];
  /** What was deleted, the latest first. */
  deletedEvents(email: string): JsonObject[];
  /** The account's calendars as raw resources with `createdByClient`. */
  calendars(email: string): JsonObject[];
  /** The mails that attendees would have received; with an account those sent in its name. */
  mails(email?: string): SentMail[];
  accounts(): AccountView[];
  addAccount(account: AccountConfig): void;
  /** Throws GraphError 404 for an unknown account. */
  setAccount(email: string, switches: AccountSwitches): void;
  /** The tenant of the account lets nobody but its administrator consent. */
  requireAdminConsent(email: string): void;
  /** The administrator of the account's tenant consents, for one client or for all. */
  grantAdminConsent(email: string, clientId?: string): void;
  /** The latest requests to the token endpoint and Graph, oldest first. */
  requests(): LoggedRequest[];
  clearRequests(): void;
  settings(): Settings;
  /** Throws TypeError for an unknown switch. */
  changeSettings(patch: SettingsPatch): void;
  /** Walks the sign-in pages as a browser would; answers the callback address. See `walkConsent`. */
  authorize(authorizationUrl: string, choices: ConsentChoices): Promise<string>;
  /** Walks an administrator's consent page; answers the callback address. See `walkAdminConsent`. */
  adminConsent(adminConsentUrl: string, decision: 'accept' | 'cancel'): Promise<string>;
  /** Adds an event as the person. */
  create(email: string, calendarId: string, event: JsonObject): JsonObject;
  /** Changes an event as the person; `patch` as in Graph's PATCH, the id is the immutable one. */
  edit(email: string, eventId: string, patch: JsonObject): JsonObject;
  /** Moves an event to another calendar as the person. */
  move(email: string, eventId: string, calendarId: string): JsonObject;
  /** Deletes an event as the person. */
  remove(email: string, eventId: string): void;
  /** Undoes a deletion: the immutable id stays, the default id is another one. */
  restore(email: string, eventId: string): JsonObject;
  /** Adds a calendar as the person and answers its id. */
  addCalendar(email: string, name: string): string;
  /** Deletes a calendar as the person; empties the default one. */
  removeCalendar(email: string, calendarId: string): void;
  /** The person takes back the app's access on their account page. False when nothing was granted. */
  revokeGrant(email: string): boolean;
  /** All sessions of the account end (password reset by an administrator, "sign out everywhere"). Answers how many. */
  revokeSessions(email: string): number;
  /** Access tokens of the account (or of all) expire now; refresh tokens stay. Answers how many. */
  expireAccessTokens(email?: string): number;
  /** Delta links of the account (or of all) answer 410 from now on. */
  expireDeltaTokens(email?: string): void;
  /** Every request hangs without an answer and without effect, until switched off. */
  setHanging(hanging: boolean): void;
  /** Back to the accounts it was started with: no events, grants, faults, requests, and the first settings. */
  reset(): void;
}

/** Makes the control of a world; `accounts` and `settings` are what `reset` goes back to. */
export function createControl(
  world: World,
  start: { accounts: readonly AccountConfig[]; settings: SettingsPatch },
): SimulatorControl {
  let hanging: string | null = null;
  return {
    faults: world.faults,
    events(email, calendarId = 'primary') {
      const { account, mailbox } = requirePerson(world, email);
      const calendar = requireCalendar(mailbox, calendarId);
      return livingEvents(mailbox, calendar).map((event) => fullResource(world, account, event));
    },
    deletedEvents(email) {
      const { account, mailbox } = requirePerson(world, email);
      return deletedEvents(mailbox).map((event) => fullResource(world, account, event));
    },
    calendars: (email) => calendarViews(world, email),
    mails: (email) =>
      [...world.state.mailboxes.values()]
        .filter((mailbox) => email === undefined || mailbox.email === email)
        .flatMap((mailbox) => mailbox.mails),
    accounts: () => [...world.state.accounts.values()].map((account) => accountView(world, account)),
    addAccount(account) {
      addAccount(world.state, account);
      world.changed();
    },
    setAccount: (email, switches) => setAccount(world, email, switches),
    requireAdminConsent: (email) => setAccount(world, email, { needsAdminApproval: true }),
    grantAdminConsent(email, clientId) {
      const { account } = requirePerson(world, email);
      const clients = clientId === undefined ? [...world.clients.keys()] : [clientId];
      for (const id of clients) recordTenantConsent(world, account.tenantId, id);
    },
    requests: () => world.log.all(),
    clearRequests: () => world.log.clear(),
    settings: () => structuredClone(world.settings),
    changeSettings: (patch) => changeSettings(world.settings, patch),
    authorize: walkConsent,
    adminConsent: walkAdminConsent,
    create: (email, calendarId, event) => createAsPerson(world, email, calendarId, event),
    edit: (email, eventId, patch) => editAsPerson(world, email, eventId, patch),
    move: (email, eventId, calendarId) => moveAsPerson(world, email, eventId, calendarId),
    remove: (email, eventId) => removeAsPerson(world, email, eventId),
    restore: (email, eventId) => restoreAsPerson(world, email, eventId),
    addCalendar: (email, name) => addCalendarAsPerson(world, email, name).id,
    removeCalendar: (email, calendarId) => removeCalendarAsPerson(world, email, calendarId),
    revokeGrant: (email) => revokeGrant(world, email),
    revokeSessions: (email) => revokeSessions(world, email),
    expireAccessTokens: (email) => expireAccessTokens(world, email),
    expireDeltaTokens(email) {
      for (const mailbox of world.state.mailboxes.values()) {
        if (email === undefined || mailbox.email === email) mailbox.syncGeneration += 1;
      }
      world.changed();
    },
    setHanging(on) {
      if (hanging !== null) world.faults.clear(hanging);
      hanging = on ? world.faults.add({ action: { kind: 'hang' }, times: 'until-cleared' }) : null;
    },
    reset() {
      hanging = null;
      resetWorld(world, start);
    },
  };
}

function setAccount(world: World, email: string, switches: AccountSwitches): void {
  const { account } = requirePerson(world, email);
  account.disabled = switches.disabled ?? account.disabled;
  account.needsAdminApproval = switches.needsAdminApproval ?? account.needsAdminApproval;
  account.interactionRequired = switches.interactionRequired ?? account.interactionRequired;
  account.hasMailbox = switches.hasMailbox ?? account.hasMailbox;
  account.mailboxFull = switches.mailboxFull ?? account.mailboxFull;
  world.changed();
}

function calendarViews(world: World, email: string): JsonObject[] {
  const { account, mailbox } = requirePerson(world, email);
  return [...mailbox.calendars.values()].map((calendar) => ({
    ...calendarResource(calendar, account),
    singleValueExtendedProperties: calendar.properties.map((property) => ({ ...property })),
    createdByClient: calendar.createdByClient,
  }));
}

function accountView(world: World, account: Account): AccountView {
  const grants = [...world.state.grants.values()].filter((grant) => grant.email === account.email);
  const tokens = [...world.state.refreshTokens.values()].filter((token) => token.email === account.email);
  const used = [...world.clients.keys()].map(
    (clientId) => [clientId, world.throttle.used(throttleKey(clientId, account.email))] as const,
  );
  return {
    ...account,
    grantedScopes: [...new Set(grants.flatMap((grant) => grant.scopes))],
    liveRefreshTokens: tokens.filter((token) => !token.revoked).length,
    usedRequests: Object.fromEntries(used),
  };
}

function resetWorld(world: World, start: { accounts: readonly AccountConfig[]; settings: SettingsPatch }): void {
  world.state = emptyState();
  for (const account of start.accounts) addAccount(world.state, account);
  changeSettings(world.settings, defaultSettings());
  changeSettings(world.settings, start.settings);
  world.faults.clear();
  world.throttle.reset();
  world.log.clear();
  world.changed();
}
