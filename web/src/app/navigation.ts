import type { IconName } from '../components/Icon.tsx';
import type { SessionUser } from '../lib/session.ts';

/** One place of the main navigation. */
export interface NavigationEntry {
  to:
    | '/'
    | '/my-day'
    | '/team'
    | '/appointments'
    | '/orders'
    | '/people'
    | '/services'
    | '/admin/calendar-health'
    | '/settings/calendar';
  icon: IconName;
  /** Of its word, `app.navigation.…`. */
  name: 'today' | 'myDay' | 'team' | 'appointments' | 'orders' | 'people' | 'services' | 'health' | 'settings';
}

const TODAY: NavigationEntry = { to: '/', icon: 'home', name: 'today' };
const MY_DAY: NavigationEntry = { to: '/my-day', icon: 'pin', name: 'myDay' };
const TEAM: NavigationEntry = { to: '/team', icon: 'calendar', name: 'team' };
const APPOINTMENTS: NavigationEntry = { to: '/appointments', icon: 'list', name: 'appointments' };
const ORDERS: NavigationEntry = { to: '/orders', icon: 'order', name: 'orders' };
const SETTINGS: NavigationEntry = { to: '/settings/calendar', icon: 'settings', name: 'settings' };
const PEOPLE: NavigationEntry = { to: '/people', icon: 'people', name: 'people' };
const SERVICES: NavigationEntry = { to: '/services', icon: 'price', name: 'services' };
const HEALTH: NavigationEntry = { to: '/admin/calendar-health', icon: 'pulse', name: 'health' };

/** Where each role goes, the most used first: where there is little room, those stand in the bar. */
export const NAVIGATION: Readonly<Record<SessionUser['role'], readonly NavigationEntry[]>> = {
  customer: [TODAY, APPOINTMENTS, ORDERS, SETTINGS],
  staff: [TODAY, MY_DAY, APPOINTMENTS, SETTINGS],
  manager: [TODAY, TEAM, ORDERS, APPOINTMENTS, SETTINGS],
  admin: [TODAY, TEAM, ORDERS, APPOINTMENTS, PEOPLE, SERVICES, HEALTH, SETTINGS],
};

/** So many fit beside each other on 360 px with words that can be read; "More" is one of them. */
export const MOST_ON_A_PHONE = 5;

/** What stands in the bar, and what behind "More", which takes one of the `places` when not everything fits. */
export function splitNavigation(
  entries: readonly NavigationEntry[],
  places: number,
): { bar: readonly NavigationEntry[]; more: readonly NavigationEntry[] } {
  if (entries.length <= places) return { bar: entries, more: [] };
  return { bar: entries.slice(0, places - 1), more: entries.slice(places - 1) };
}

/**
 * How many places there are beside each other, "More" included when it is needed.
 * @param widths of the entries, in order, and `gap` between two of them, as `room`, in pixels
 */
export function placesIn(room: number, widths: readonly number[], moreWidth: number, gap: number): number {
  let taken = -gap;
  let beforeMore = 0;
  for (const width of widths) {
    taken += gap + width;
    if (taken + gap + moreWidth <= room) beforeMore += 1;
  }
  return taken <= room ? widths.length : beforeMore + 1;
}
