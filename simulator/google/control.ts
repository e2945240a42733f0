import { notFound } from './api-error.ts';
import { calendarResource } from './calendar-operations.ts';
import { walkConsent } from './consent-walk.ts';
import type { ConsentChoices } from './consent-walk.ts';
import { purgeTombstones } from './event-store.ts';
import { eventResource } from './event-view.ts';
import type { Faults } from './faults.ts';
import { expireAccessTokens, revokeAccount } from './grants.ts';
import type { JsonObject } from '../kit/json.ts';
import { createAsPerson, editAsPerson, removeAsPerson, removeCalendarAsPerson, requireCalendar } from './person.ts';
import type { LoggedRequest } from '../kit/request-log.ts';
import { changeSettings, defaultSettings } from './settings.ts';
import type { Settings, SettingsPatch } from './settings.ts';
import { addAccount, emptyState } from './state.ts';
import type { Account, AccountConfig } from './state.ts';
import type { World } from './world.ts';

/** What can be switched on an account. */
export type AccountSwitches = Partial<Pick<Account, 'disabled' | 'adminPolicyEnforced' | 'quotaExceeded'>>;

/** An account as the control shows it. */
export interface AccountView extends Account {
  /** Scopes granted to the project; empty when nothing is granted. */
  grantedScopes: string[];
  liveRefreshTokens: number;
  /** Quota units used within the last minute. */
  usedUnits: number;
}

/** Everything a test or the demo may do to the simulator from outside of Google's own interfaces. */
export interface SimulatorControl {
  faults: Pick<Faults, 'add' | 'clear' | 'list'>;
  /** All events of a calendar as raw resources, tombstones included, in order of creation. Throws ApiError 404. */
  events(email: string, calendarId?: string): JsonObject[];
  /** The account's calendars as raw resources with `createdByClient`. */
  calendars(email: string): JsonObject[];
  accounts(): AccountView[];
  addAccount(account: AccountConfig): void;
  /** Throws ApiError 404 for an unknown account. */
  setAccount(email: string, switches: AccountSwitches): void;
  /** The latest requests to the OAuth and Calendar endpoints, oldest first. */
  requests(): LoggedRequest[];
  clearRequests(): void;
  settings(): Settings;
  /** Throws TypeError for an unknown switch. */
  changeSettings(patch: SettingsPatch): void;
  /** Walks the sign-in pages as a browser would; answers the callback address. See `walkConsent`. */
  authorize(authorizationUrl: string, choices: ConsentChoices): Promise<string>;
  /** Adds an event as the person. */
  create(email: string, calendarId: string, event: JsonObject): JsonObject;
  /** Changes an event as the person; `patch` as in the API's PATCH. */
  edit(email: string, calendarId: string, eventId: string, patch: JsonObject): JsonObject;
  /** Deletes an event as the person. */
  remove(email: string, calendarId: string, eventId: string): void;
  /** Deletes a secondary calendar as the person; empties a primary one. */
  removeCalendar(email: string, calendarId: string): void;
  /** The person takes back the app's access on their account page. False when nothing was granted. */
  revokeGrant(email: string): boolean;
  /** Access tokens of the account (or of all) expire now; refresh tokens stay. Answers how many. */
  expireAccessTokens(email?: string): number;
  /** Sync tokens of the account (or of all), or of one calendar, answer 410 from now on. */
  expireSyncTokens(email?: string, calendarId?: string): void;
  /** Google cleans up tombstones: they are gone from get and list, their ids stay spent, sync tokens die. */
  purgeTombstones(email: string, calendarId?: string): number;
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
  const primary = (calendarId: string | undefined): string => calendarId ?? 'primary';
  return {
    faults: world.faults,
    events(email, calendarId) {
      const calendar = requireCalendar(world, email, primary(calendarId));
      return [...calendar.events.values()].map((event) => eventResource(world, event, calendar));
    },
    calendars: (email) => calendarViews(world, email),
    accounts: () => [...world.state.accounts.values()].map((account) => accountView(world, account)),
    addAccount(account) {
      addAccount(world.state, account);
      world.changed();
    },
    setAccount(email, { disabled, adminPolicyEnforced, quotaExceeded }) {
      const account = world.state.accounts.get(email);
      if (!account) throw notFound();
      account.disabled = disabled ?? account.disabled;
      account.adminPolicyEnforced = adminPolicyEnforced ?? account.adminPolicyEnforced;
      account.quotaExceeded = quotaExceeded ?? account.quotaExceeded;
      world.changed();
    },
    requests: () => world.log.all(),
    clearRequests: () => world.log.clear(),
    settings: () => structuredClone(world.settings),
    changeSettings: (patch) => changeSettings(world.settings, patch),
    authorize: walkConsent,
    create: (email, calendarId, event) => createAsPerson(world, email, calendarId, event),
    edit: (email, calendarId, eventId, patch) => editAsPerson(world, email, calendarId, eventId, patch),
    remove: (email, calendarId, eventId) => removeAsPerson(world, email, calendarId, eventId),
    removeCalendar: (email, calendarId) => removeCalendarAsPerson(world, email, calendarId),
    revokeGrant: (email) => revokeAccount(world, email),
    expireAccessTokens: (email) => expireAccessTokens(world, email),
    expireSyncTokens: (email, calendarId) => expireSyncTokens(world, email, calendarId),
    purgeTombstones(email, calendarId) {
      const calendar = requireCalendar(world, email, primary(calendarId));
      calendar.syncGeneration += 1;
      world.changed();
      return purgeTombstones(calendar);
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

function calendarViews(world: World, email: string): JsonObject[] {
  return [...world.state.calendars.values()]
    .filter((calendar) => calendar.owner === email)
    .map((calendar) => ({
      ...calendarResource(calendar),
      primary: calendar.primary,
      createdByClient: calendar.createdByClient,
    }));
}

function accountView(world: World, account: Account): AccountView {
  const tokens = [...world.state.refreshTokens.values()].filter((token) => token.email === account.email);
  return {
    ...account,
    grantedScopes: world.state.grants.get(account.email)?.scopes ?? [],
    liveRefreshTokens: tokens.length,
    usedUnits: world.quota.used(account.email),
  };
}

function expireSyncTokens(world: World, email: string | undefined, calendarId: string | undefined): void {
  if (email !== undefined && calendarId !== undefined) {
    requireCalendar(world, email, calendarId).syncGeneration += 1;
  } else {
    for (const calendar of world.state.calendars.values()) {
      if (email === undefined || calendar.owner === email) calendar.syncGeneration += 1;
    }
  }
  world.changed();
}

function resetWorld(world: World, start: { accounts: readonly AccountConfig[]; settings: SettingsPatch }): void {
  world.state = emptyState();
  for (const account of start.accounts) addAccount(world.state, account);
  changeSettings(world.settings, defaultSettings());
  changeSettings(world.settings, start.settings);
  world.faults.clear();
  world.quota.reset();
  world.pauses.reset();
  world.log.clear();
  world.changed();
}
