import type { LoggedRequest } from '../kit/request-log.ts';
import { factsOf, type EventFacts } from './event-text.ts';
import type { Faults } from './faults.ts';
import { pathsOf } from './places.ts';
import { changeSettings, defaultSettings, type Settings, type SettingsPatch } from './settings.ts';
import {
  addAccount,
  newCalendar,
  putObject,
  removeObject,
  type Account,
  type AccountConfig,
  type Calendar,
} from './state.ts';
import type { World } from './world.ts';

/** An object as its owner's program shows it. */
export interface SeenObject extends EventFacts {
  /** Last segment of its path. */
  name: string;
  data: string;
  etag: string;
}

/** Everything a test or the demo may do to the simulator from outside of CalDAV. */
export interface SimulatorControl {
  faults: Pick<Faults, 'add' | 'clear' | 'list'>;
  /** Without passwords. */
  accounts(): { user: string; name: string; events: number }[];
  addAccount(account: AccountConfig): void;
  /** The account's owner takes back the app password that they gave away, and makes another. */
  changePassword(user: string, password: string): void;
  /** Path, name and number of events of each calendar. */
  calendars(user: string): { slug: string; path: string; name: string; events: number }[];
  addCalendar(user: string, slug: string, name: string, more?: { readOnly?: boolean }): void;
  removeCalendar(user: string, slug: string): void;
  /** The objects of a calendar, in order of creation; of the first calendar when none is named. */
  events(user: string, slug?: string): SeenObject[];
  /** Writes an object's text anew, as the person's program does. */
  edit(user: string, name: string, change: (data: string) => string, slug?: string): void;
  /** Gives an object another name, as some servers do when they tidy up. */
  rename(user: string, name: string, newName: string, slug?: string): void;
  /** Deletes an object as the person. */
  remove(user: string, name: string, slug?: string): void;
  /** All sync tokens of the account's calendars are unknown from now on. */
  forgetTokens(user: string): void;
  /** The latest requests, oldest first. */
  requests(): LoggedRequest[];
  clearRequests(): void;
  settings(): Settings;
  /** Throws TypeError for an unknown switch. */
  changeSettings(patch: SettingsPatch): void;
  /** Back to the accounts it was started with: no events, faults, requests, and the first settings. */
  reset(): void;
}

/** Makes the control of a world; `accounts` and `settings` are what `reset` goes back to. */
export function createControl(
  world: World,
  start: { accounts: readonly AccountConfig[]; settings: SettingsPatch },
): SimulatorControl {
  const accountOf = (user: string): Account => requireOne(world.state.accounts, (one) => one.user === user, user);
  const calendarOf = (user: string, slug?: string): Calendar =>
    requireOne(accountOf(user).calendars, (one) => slug === undefined || one.slug === slug, slug ?? 'calendar');
  return {
    faults: world.faults,
    accounts: () =>
      world.state.accounts.map(({ user, name, calendars }) => ({ user, name, events: countIn(calendars) })),
    addAccount(account) {
      addAccount(world.state, account);
      world.changed();
    },
    changePassword(user, password) {
      accountOf(user).password = password;
      world.changed();
    },
    calendars(user) {
      const account = accountOf(user);
      const paths = pathsOf(account, world.settings.encodesAt);
      return account.calendars.map((one) => ({
        ...{ slug: one.slug, name: one.name, path: paths.calendar(one), events: one.objects.length },
      }));
    },
    addCalendar(user, slug, name, { readOnly = false } = {}) {
      accountOf(user).calendars.push({ ...newCalendar(slug, name), readOnly });
      world.changed();
    },
    removeCalendar(user, slug) {
      const account = accountOf(user);
      const gone = calendarOf(user, slug);
      account.calendars = account.calendars.filter((one) => one !== gone);
      world.changed();
    },
    events: (user, slug) =>
      calendarOf(user, slug).objects.map(({ name, data, etag }) => ({ name, data, etag, ...factsOf(data) })),
    edit(user, name, change, slug) {
      const calendar = calendarOf(user, slug);
      const object = requireOne(calendar.objects, (one) => one.name === name, name);
      putObject(calendar, { ...object, data: change(object.data) });
      world.changed();
    },
    rename(user, name, newName, slug) {
      const calendar = calendarOf(user, slug);
      const object = requireOne(calendar.objects, (one) => one.name === name, name);
      removeObject(calendar, name);
      putObject(calendar, { ...object, name: newName });
      world.changed();
    },
    remove(user, name, slug) {
      if (!removeObject(calendarOf(user, slug), name)) throw new TypeError(`there is no "${name}"`);
      world.changed();
    },
    forgetTokens(user) {
      for (const calendar of accountOf(user).calendars) calendar.generation += 1;
      world.changed();
    },
    requests: () => world.log.all(),
    clearRequests: () => world.log.clear(),
    settings: () => ({ ...world.settings }),
    changeSettings: (patch) => changeSettings(world.settings, patch),
    reset() {
      world.state.accounts = [];
      for (const account of start.accounts) addAccount(world.state, account);
      changeSettings(world.settings, { ...defaultSettings(), ...start.settings });
      world.faults.clear();
      world.pauses.reset();
      world.log.clear();
      world.changed();
    },
  };
}

function requireOne<T>(items: readonly T[], isIt: (item: T) => boolean, name: string): T {
  const found = items.find(isIt);
  if (!found) throw new TypeError(`there is no "${name}"`);
  return found;
}

function countIn(calendars: readonly Calendar[]): number {
  return calendars.reduce((sum, { objects }) => sum + objects.length, 0);
}
