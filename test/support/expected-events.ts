import type { Person } from './business.ts';
import type { SeenEvent } from './seen-event.ts';
import type { Json } from './server.ts';

/*
 * What calendars have to show, worked out from what the API says of appointments: one line for each event, with the
 * appointment, its time and the title that its owner's part in it asks for.
 */

/** Whose calendar it is, and who are on the manager's team. */
export interface Audience {
  person: Person;
  people: readonly Person[];
}

/** The lines that somebody's calendar has to show, sorted. Cancelled appointments are nobody's. */
export function expectedEvents(appointments: readonly Json[], audience: Audience): string[] {
  const coming = appointments.filter(({ status }) => status !== 'cancelled');
  return coming
    .filter((one) => concerns(one, audience))
    .map((one) => line(one, audience.person))
    .toSorted();
}

/** The same lines, of what a calendar does show. */
export function shownEvents(events: readonly SeenEvent[]): string[] {
  return events.map(({ lines, startsAt, title }) => `${appointmentIn(lines)} ${startsAt} ${title}`).toSorted();
}

/** The appointment that an event belongs to, by the link in its description. */
export function appointmentIn(lines: readonly string[]): string | undefined {
  return /\/appointments\/(\d+)$/.exec(lines.at(-1) ?? '')?.[1];
}

function concerns({ customer, staff: team }: Json, { person, people }: Audience): boolean {
  const ids = new Set((team as { id: number }[]).map((one) => one.id));
  if (person.role === 'admin') return true;
  if (person.role === 'manager') return people.some(({ id, managerId }) => managerId === person.id && ids.has(id));
  return ids.has(person.id) || customer.id === person.id;
}

function line({ id, order_id: orderId, customer, staff: team, starts_at: at }: Json, { role }: Person): string {
  const visit = `Deep clean – ${customer.name}`;
  const names = (team as { name: string }[]).map(({ name }) => name.replace(/ (.).*/, ' $1.')).join(', ');
  const overview = `${names || 'Unassigned'} · ${visit}`;
  const titles = {
    customer: 'VALClean: Deep clean',
    staff: visit,
    manager: overview,
    admin: `${overview} #${orderId}`,
  };
  return `${id} ${new Date(at).toISOString()} ${titles[role]}`;
}
