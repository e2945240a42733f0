import type { GoogleSimulator } from '../../simulator/google/server.ts';
import type { MicrosoftSimulator } from '../../simulator/microsoft/server.ts';
import type { Role } from '../../src/domain/appointment.ts';
import { seenEvents, type SeenEvent } from './seen-event.ts';
import { callApi, type ApiAnswer, type Json } from './server.ts';
import type { Service } from './simulators.ts';

export const PASSWORD = 'correct horse battery';
export const ADMIN_EMAIL = 'ada@valclean.example';
const TIME_ZONE = 'Europe/London';
/** Access tokens are good for 15 minutes; killed or not, the server's key stays. */
const SIGN_IN_AGAIN_MS = 8 * 60_000;

export interface Person {
  id: number;
  role: Role;
  name: string;
  email: string;
  /** E-mail addresses of their simulated accounts. */
  google: string;
  outlook: string;
  managerId: number | null;
}

/** The company as a client of the API sees it. The address changes with every start of the server. */
export interface Business {
  admin: Person;
  /** Everybody but for those who have not been hired. */
  people: Person[];
  moveTo(apiUrl: string): void;
  hire(role: Role, name: string, managerId?: number): Promise<Person>;
  /** One request. Rejects when the server is gone; whatever it answers is an answer. */
  ask(person: Person, method: string, path: string, body?: unknown): Promise<ApiAnswer>;
  /** @throws when the answer is not a success */
  call(person: Person, method: string, path: string, body?: unknown): Promise<Json>;
  /** A pending order. @returns its id */
  order(wish: {
    customer: Person;
    staff?: readonly Person[];
    day: number;
    hour: number;
    rrule?: string;
  }): Promise<number>;
  /** Connects the person's primary calendar by the consent pages. @throws when it was not connected */
  connect(person: Person, service?: Service): Promise<void>;
  /** What the person sees of our events in their own main calendar. */
  calendarOf(person: Person, service?: Service): SeenEvent[];
  appointments(): Promise<Json[]>;
}

/** @param outlook absent: nobody can have an account there */
export async function startBusiness(
  google: GoogleSimulator,
  apiUrl: string,
  outlook?: MicrosoftSimulator,
): Promise<Business> {
  let origin = apiUrl;
  const tokens = new Map<string, { token: string; until: number }>();

  async function tokenOf(email: string): Promise<string> {
    const known = tokens.get(email);
    if (known && known.until > Date.now()) return known.token;
    const answer = await callApi(origin, 'POST', '/api/auth/login/', { body: { email, password: PASSWORD } });
    if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    tokens.set(email, { token: answer.body.access_token, until: Date.now() + SIGN_IN_AGAIN_MS });
    return answer.body.access_token;
  }
  async function ask({ email }: Person, method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    return callApi(origin, method, path, { body, token: await tokenOf(email) });
  }
  async function call(person: Person, method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await ask(person, method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  function openAccounts({ name, role, ...person }: Omit<Person, 'id'>): void {
    google.addAccount({ email: person.google, name, timeZone: TIME_ZONE });
    const kind = role === 'customer' ? 'personal' : 'work';
    outlook?.addAccount({ email: person.outlook, name, timeZone: TIME_ZONE, kind });
  }

  const admin = { ...named('Ada Bright', 'admin', ADMIN_EMAIL), id: 0 };
  admin.id = (await call(admin, 'GET', '/api/auth/me/')).id;
  await call(admin, 'PATCH', '/api/auth/me/', { name: admin.name, time_zone: TIME_ZONE });
  openAccounts(admin);
  const people: Person[] = [admin];
  const service = { name: 'Deep clean', duration_minutes: 60, price_cents: 9000, currency: 'GBP' };
  const { id: serviceId } = await call(admin, 'POST', '/api/services/', service);

  return {
    admin,
    people,
    ask,
    call,
    moveTo: (url) => void (origin = url),
    async hire(role, name, managerId) {
      const person = {
        ...named(name, role, `${name.toLowerCase().replace(' ', '.')}@example.com`),
        managerId: managerId ?? null,
      };
      const place = { time_zone: TIME_ZONE, ...(managerId === undefined ? {} : { manager_id: managerId }) };
      const account = { role, name, email: person.email, password: PASSWORD, ...place };
      const { id } = await call(admin, 'POST', '/api/users/', account);
      openAccounts(person);
      people.push({ ...person, id });
      return { ...person, id };
    },
    async order({ customer, staff = [], day, hour, rrule }) {
      const staffIds = staff.map((person) => person.id);
      const startsAt = `${daysAhead(day)}T${String(hour).padStart(2, '0')}:00:00`;
      const body = {
        ...{ customer_id: customer.id, time_zone: TIME_ZONE, notes: 'Ring twice' },
        address: {
          line1: '1 High Street',
          city: 'London',
          postal_code: 'N1 1AA',
          country: 'GB',
          access_notes: 'Key safe 4411',
        },
        items: [{ service_id: serviceId, starts_at: startsAt, staff_ids: staffIds }],
        ...(rrule === undefined ? {} : { recurrence: { rrule } }),
      };
      return (await call(admin, 'POST', '/api/orders/', body)).id;
    },
    async connect(person, service = 'google') {
      const begun = await callApi(origin, 'POST', `/api/calendar/${service}/connect/`, {
        token: await tokenOf(person.email),
        body: {},
      });
      const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
      const pages = service === 'google' ? google : outlook;
      if (!pages) throw new Error('There is no simulated Outlook in this test');
      const callback = new URL(await pages.authorize(begun.body.authorization_url, { email: person[service] }));
      const ended = await callApi(origin, 'GET', `${callback.pathname}${callback.search}`, { headers: { cookie } });
      const target = ended.headers.get('location') ?? '';
      if (!target.endsWith(`?connected=${service}`)) throw new Error(`Connecting ended at ${target}`);
    },
    calendarOf: (person, service = 'google') =>
      seenEvents({ google, ...(outlook && { outlook }) }, service, person[service]),
    async appointments() {
      const all: Json[] = [];
      let cursor = '';
      do {
        const page = await call(admin, 'GET', `/api/appointments/?limit=200${cursor}`);
        all.push(...page.items);
        cursor = page.next_cursor === null ? '' : `&cursor=${encodeURIComponent(page.next_cursor)}`;
      } while (cursor !== '');
      return all;
    },
  };
}

function named(name: string, role: Role, email: string): Omit<Person, 'id'> {
  const local = email.replace(/@.*/, '');
  // Those at work share a tenant of their own.
  const outlook = `${local}@${role === 'customer' ? 'outlook' : 'contoso'}.example`;
  return { role, name, email, google: `${local}@gmail.example`, outlook, managerId: null };
}

function daysAhead(days: number): string {
  const date = new Date();
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
