import type { Role } from './appointment.ts';

/** How many days ahead calendars are filled; managers and administrators see more appointments than a calendar takes. */
export interface Horizons {
  syncHorizonDays: number;
  overviewHorizonDays: number;
}

/** How many days ahead the calendars of people with this role are filled. */
export function horizonDaysOf(role: Role, { syncHorizonDays, overviewHorizonDays }: Horizons): number {
  return role === 'manager' || role === 'admin' ? overviewHorizonDays : syncHorizonDays;
}
