import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { isAbsent } from '../absence.ts';

const MINUTE_MS = 60_000;

/** One visit of a cleaner's day. */
export interface DayStop {
  appointment: AppointmentJson;
  /** Which place in the order of the day it has; `null` for what they don't go to. */
  number: number | null;
  /** What lies between the place before and this one; `null` for the first. */
  way: Way | null;
  phase: 'now' | 'next' | null;
}

/** From one place to the next. */
export interface Way {
  from: AppointmentJson;
  /** From the end of the one to the start of the other; negative when they overlap. */
  minutes: number;
  samePlace: boolean;
}

export interface DayTotals {
  visits: number;
  /** RFC 3339: when the first begins and the last ends. */
  from: string;
  to: string;
  workMinutes: number;
}

/** The visits in their order, and the way between those that the person goes to. */
export function planDay(appointments: readonly AppointmentJson[], userId: number, now: Date): DayStop[] {
  const stops: DayStop[] = [];
  let before: AppointmentJson | null = null;
  let number = 0;
  for (const appointment of appointments.toSorted(byStart)) {
    const goes = appointment.status !== 'cancelled' && !isAbsent(appointment, userId);
    if (goes) number += 1;
    stops.push({
      appointment,
      number: goes ? number : null,
      way: goes && before !== null ? wayBetween(before, appointment) : null,
      phase: null,
    });
    if (goes && (before === null || end(appointment) >= end(before))) before = appointment;
  }
  return withPhases(stops, now);
}

/** `null` for a day without work. */
export function totalsOf(stops: readonly DayStop[]): DayTotals | null {
  const visits = stops.filter(({ number }) => number !== null).map(({ appointment }) => appointment);
  const [first] = visits;
  if (first === undefined) return null;
  return {
    visits: visits.length,
    from: first.starts_at,
    to: visits.reduce((last, visit) => (end(visit) > end(last) ? visit : last)).ends_at,
    workMinutes: visits.reduce((sum, visit) => sum + (end(visit) - start(visit)) / MINUTE_MS, 0),
  };
}

function wayBetween(from: AppointmentJson, to: AppointmentJson): Way {
  return {
    from,
    minutes: Math.round((start(to) - end(from)) / MINUTE_MS),
    samePlace: placeOf(from) === placeOf(to),
  };
}

/** What goes on now, and the first that is still to come. */
function withPhases(stops: readonly DayStop[], now: Date): DayStop[] {
  const open = stops.filter(({ appointment, number }) => number !== null && appointment.status === 'scheduled');
  const at = now.getTime();
  const next = open.find(({ appointment }) => start(appointment) > at);
  return stops.map((stop) => {
    if (!open.includes(stop)) return stop;
    if (start(stop.appointment) <= at && at < end(stop.appointment)) return { ...stop, phase: 'now' };
    return stop === next ? { ...stop, phase: 'next' } : stop;
  });
}

function byStart(a: AppointmentJson, b: AppointmentJson): number {
  return start(a) - start(b) || a.id - b.id;
}

function start({ starts_at: at }: AppointmentJson): number {
  return Date.parse(at);
}

function end({ ends_at: at }: AppointmentJson): number {
  return Date.parse(at);
}

function placeOf({ address: { line1, line2, city, postal_code: code, country } }: AppointmentJson): string {
  return JSON.stringify([line1, line2, city, code, country]);
}
