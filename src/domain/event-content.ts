import type { Address, WallTime } from './appointment.ts';
import { shortName, type AppointmentView } from './projection.ts';

/** The content of one person's calendar event, before any provider gives it its own form. Texts are plain, not HTML. */
export interface EventContent {
  title: string;
  /** Lines are separated by `\n`. */
  description: string;
  location: string;
  startsWall: WallTime;
  endsWall: WallTime;
  /** IANA. */
  timeZone: string;
  startsAt: Date;
  endsAt: Date;
  /** The wall time happens twice in that night (clocks go back): providers send the instant instead. */
  startsTwice: boolean;
  endsTwice: boolean;
  /** Whether the event blocks its owner's time. */
  busy: boolean;
  /** Hidden from people with whom the owner shares the calendar. */
  private: boolean;
  /** Link into the app. */
  url: string | null;
  /** `null`: the owner's own default reminders. */
  reminderMinutes: number | null;
}

/** What an event needs beside the view: the business, the app's address and zone arithmetic. */
export interface EventSetting {
  businessName: string;
  /** Origin of the web app, without a slash at the end. */
  appUrl: string;
  reminderMinutes: number | null;
  /** The wall time of an instant in a zone. */
  toWall(timeZone: string, instant: Date): WallTime;
  /** Whether a wall time happens twice in a zone. */
  happensTwice(timeZone: string, wall: WallTime): boolean;
}

const MINUTE_MS = 60_000;

/** Makes the event of one audience member from what they may see. Pure: same view, same event. */
export function eventContent(view: AppointmentView, setting: EventSetting): EventContent {
  const url = `${setting.appUrl}/appointments/${view.id}`;
  const end = eventEnd(view, setting);
  return {
    title: title(view, setting),
    description: description(view, url),
    location: formatAddress(view.address),
    startsWall: view.startsWall,
    endsWall: end.wall,
    timeZone: view.timeZone,
    startsAt: view.startsAt,
    endsAt: end.at,
    startsTwice: setting.happensTwice(view.timeZone, view.startsWall),
    endsTwice: setting.happensTwice(view.timeZone, end.wall),
    busy: view.role === 'customer' || view.role === 'staff',
    private: true,
    url,
    reminderMinutes: setting.reminderMinutes,
  };
}

/** A customer who was promised an arrival window keeps that time free too; everyone else works to the exact times. */
function eventEnd(view: AppointmentView, setting: EventSetting): { at: Date; wall: WallTime } {
  if (view.role !== 'customer' || !view.arrivalWindowMinutes) return { at: view.endsAt, wall: view.endsWall };
  const at = new Date(view.endsAt.getTime() + view.arrivalWindowMinutes * MINUTE_MS);
  return { at, wall: setting.toWall(view.timeZone, at) };
}

function title(view: AppointmentView, setting: EventSetting): string {
  const service = view.service.name;
  if (view.role === 'customer') return `${setting.businessName}: ${service}`;
  const visit = `${service} – ${view.customer?.name ?? ''}`;
  if (view.role === 'staff') return visit;
  const team = view.team.map((member) => shortName(member.name)).join(', ') || 'Unassigned';
  const overview = `${team} · ${visit}`;
  return view.role === 'admin' ? `${overview} #${view.orderId}` : overview;
}

function description(view: AppointmentView, url: string): string {
  const team = view.team.map((member) => member.name).join(', ');
  const lines = [
    view.status === 'completed' ? 'Completed' : null,
    view.status === 'no_show' ? 'Nobody was at home' : null,
    arrivalLine(view),
    team ? labelled(view.role === 'customer' ? 'Your team' : 'Team', team) : null,
    labelled('Customer', view.customer?.name),
    labelled('Phone', view.customer?.phone),
    labelled('E-mail', view.customer?.email),
    labelled('Access', view.accessNotes),
    labelled('Notes', view.notes),
    labelled('Internal notes', view.internalNotes),
    view.priceCents === undefined ? null : labelled('Price', formatMoney(view.priceCents, view.currency ?? '')),
    labelled('Order', `#${view.orderId}`),
    url,
  ];
  return lines.filter((line) => line !== null).join('\n');
}

function arrivalLine(view: AppointmentView): string | null {
  if (view.role !== 'customer' || !view.arrivalWindowMinutes) return null;
  const latest = addMinutes(view.startsWall, view.arrivalWindowMinutes);
  const sameDay = latest.slice(0, 10) === view.startsWall.slice(0, 10);
  return `We arrive between ${clock(view.startsWall)} and ${sameDay ? clock(latest) : `${clock(latest)} on ${latest.slice(0, 10)}`}`;
}

function labelled(label: string, value: string | null | undefined): string | null {
  return value ? `${label}: ${value}` : null;
}

function clock(wall: WallTime): string {
  return wall.slice(11, 16);
}

/** Wall arithmetic on the clock's face; good for a text such as "between 09:00 and 09:30". */
function addMinutes(wall: WallTime, minutes: number): WallTime {
  return new Date(Date.parse(`${wall}Z`) + minutes * MINUTE_MS).toISOString().slice(0, 19);
}

/** One line, as maps and calendars understand it. */
export function formatAddress(address: Address): string {
  const town = [address.postalCode, address.city].filter(Boolean).join(' ');
  return [address.line1, address.line2, town, address.country].filter(Boolean).join(', ');
}

/** `12000`, `GBP` → `GBP 120.00`. Currencies without cents (ISO 4217 exponent 0) are not offered by the services. */
export function formatMoney(cents: number, currency: string): string {
  return `${currency} ${(cents / 100).toFixed(2)}`;
}
