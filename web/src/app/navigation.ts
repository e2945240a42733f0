import type { IconName } from '../components/Icon.tsx';
import type { SessionUser } from '../lib/session.ts';

/** One place of the main navigation. */
export interface NavigationEntry {
  to:
    | '/'
    | '/team'
    | '/appointments'
    | '/orders'
    | '/people'
    | '/services'
    | '/admin/calendar-health'
    | '/settings/calendar';
  icon: IconName;
  word: string;
}

const TODAY: NavigationEntry = { to: '/', icon: 'home', word: 'Today' };
const TEAM: NavigationEntry = { to: '/team', icon: 'calendar', word: 'Team week' };
const APPOINTMENTS: NavigationEntry = { to: '/appointments', icon: 'list', word: 'Appointments' };
const ORDERS: NavigationEntry = { to: '/orders', icon: 'order', word: 'Orders' };
const SETTINGS: NavigationEntry = { to: '/settings/calendar', icon: 'settings', word: 'Settings' };
const PEOPLE: NavigationEntry = { to: '/people', icon: 'people', word: 'People' };
const SERVICES: NavigationEntry = { to: '/services', icon: 'price', word: 'Services' };

const HEALTH: NavigationEntry = { to: '/admin/calendar-health', icon: 'check', word: 'Health' };

/** Where each role goes, the most used first: where there is little room, those stand in the bar. */
export const NAVIGATION: Readonly<Record<SessionUser['role'], readonly NavigationEntry[]>> = {
  customer: [TODAY, APPOINTMENTS, ORDERS, SETTINGS],
  staff: [TODAY, APPOINTMENTS, SETTINGS],
  manager: [TODAY, TEAM, ORDERS, APPOINTMENTS, SETTINGS],
  admin: [TODAY, TEAM, ORDERS, APPOINTMENTS, PEOPLE, SERVICES, HEALTH, SETTINGS],
};

/** So many fit beside each other on 360 px with words that can be read. */
const MOST_IN_A_NARROW_BAR = 5;

/** What stands in the bar, and what behind "More": the bar keeps a place for that. */
export function splitNavigation(
  entries: readonly NavigationEntry[],
  narrow: boolean,
): { bar: readonly NavigationEntry[]; more: readonly NavigationEntry[] } {
  if (!narrow || entries.length <= MOST_IN_A_NARROW_BAR) return { bar: entries, more: [] };
  return { bar: entries.slice(0, MOST_IN_A_NARROW_BAR - 1), more: entries.slice(MOST_IN_A_NARROW_BAR - 1) };
}
