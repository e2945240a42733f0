import type { GoogleSimulator } from '../../simulator/google/server.ts';
import type { MicrosoftSimulator } from '../../simulator/microsoft/server.ts';
import type { Role } from '../../src/domain/appointment.ts';
import { callApi, type Json } from './server.ts';

/** The password of everybody. */
export const PASSWORD = 'correct horse battery';
export const TIME_ZONE = 'Europe/London';

/** Somebody with an account here, one at the simulated Google and one at the simulated Microsoft. */
export interface ProductPerson {
  id: number;
  role: Role;
  name: string;
  email: string;
  /** E-mail address of their simulated Google account. */
  google: string;
  /** And of their simulated Microsoft account, at a company of their own. */
  microsoft: string;
}

/** The simulated services that people connect. */
export type Provider = 'google' | 'outlook';

export interface OrderWish {
  customer: ProductPerson;
  staff?: readonly ProductPerson[];
  /** Wall time in {@link TIME_ZONE}: `2026-12-01T09:00`. */
  at: string;
  rrule?: string;
  notes?: string;
  accessNotes?: string;
  /** Street and number. */
  line1?: string;
  /** The company's one service when left out. */
  serviceId?: number;
}

export interface MadeOrder {
  id: number;
  /** None while it is pending. */
  appointmentIds: number[];
}

/** Fills a running product, by the same API that everybody uses. */
export interface ProductCompany {
  admin: ProductPerson;
  serviceId: number;
  /** Makes an account, and one at each simulated service. @param email one of their own when left out */
  hire(role: Role, name: string, manager?: ProductPerson, email?: string): Promise<ProductPerson>;
  /** A pending order. */
  order(wish: OrderWish): Promise<MadeOrder>;
  confirmedOrder(wish: OrderWish): Promise<MadeOrder>;
  /** Connects the person's primary calendar, as their browser would. */
  connect(person: ProductPerson, provider?: Provider): Promise<void>;
  /** One request, as that person. @throws when the answer is not a success */
  call(person: ProductPerson, method: string, path: string, body?: unknown): Promise<Json>;
  /** Credentials for a browser: one sign-in each, because a refresh token is spent at its first use. */
  signIn(person: ProductPerson): Promise<{ accessToken: string; refreshToken: string }>;
}

export interface CompanySite {
  apiUrl: string;
  google: GoogleSimulator;
  microsoft: MicrosoftSimulator;
  admin: { email: string; password: string };
}

const SERVICE = { name: 'Deep clean', duration_minutes: 120, price_cents: 12_000, currency: 'GBP' };

export async function foundCompany(site: CompanySite): Promise<ProductCompany> {
  const { apiUrl, google, microsoft, admin: login } = site;
  const tokens = new Map<number, string>();
  let hired = 0;

  async function request(method: string, path: string, body?: unknown, token?: string): Promise<Json> {
    const answer = await callApi(apiUrl, method, path, { body, token });
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  async function signIn({ email }: Pick<ProductPerson, 'email'>): Promise<Json> {
    return request('POST', '/api/auth/login/', { email, password: PASSWORD });
  }
  async function call(person: ProductPerson, method: string, path: string, body?: unknown): Promise<Json> {
    const token = tokens.get(person.id) ?? (await signIn(person)).access_token;
    tokens.set(person.id, token);
    return request(method, path, body, token);
  }

  const { user, access_token: adminToken } = await signIn(login);
  const admin: ProductPerson = { ...named('Ada Bright', 'admin', login.email), id: user.id };
  tokens.set(admin.id, adminToken);
  openAccounts(site, admin);
  await call(admin, 'PATCH', '/api/auth/me/', { name: admin.name, time_zone: TIME_ZONE });
  const { id: serviceId } = await call(admin, 'POST', '/api/services/', SERVICE);

  async function hire(role: Role, name: string, manager?: ProductPerson, given?: string): Promise<ProductPerson> {
    hired += 1;
    const person = named(name, role, given ?? `${firstName(name)}.${hired}@example.com`);
    const { email } = person;
    const phone = `020 7946 ${String(hired).padStart(4, '0')}`;
    const place = { time_zone: TIME_ZONE, ...(manager && { manager_id: manager.id }) };
    const account = { role, name, email, phone, password: PASSWORD, ...place };
    const { id } = await call(admin, 'POST', '/api/users/', account);
    openAccounts(site, person);
    return { ...person, id };
  }
  async function order(wish: OrderWish): Promise<MadeOrder> {
    const { id } = await call(admin, 'POST', '/api/orders/', orderBody(wish.serviceId ?? serviceId, wish));
    return { id, appointmentIds: [] };
  }
  return {
    admin,
    serviceId,
    hire,
    order,
    call,
    async confirmedOrder(wish) {
      const { id } = await order(wish);
      const { appointments } = await call(admin, 'POST', `/api/orders/${id}/confirm/`);
      return { id, appointmentIds: (appointments as { id: number }[]).map((one) => one.id) };
    },
    async connect(person, provider = 'google') {
      const { access_token: token } = await signIn(person);
      const begun = await callApi(apiUrl, 'POST', `/api/calendar/${provider}/connect/`, { token, body: {} });
      const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
      const address = String(begun.body.authorization_url);
      const callback = new URL(
        provider === 'google'
          ? await google.authorize(address, { email: person.google })
          : await microsoft.authorize(address, { email: person.microsoft }),
      );
      const ended = await callApi(apiUrl, 'GET', `${callback.pathname}${callback.search}`, { headers: { cookie } });
      const target = ended.headers.get('location') ?? '';
      if (!target.endsWith(`?connected=${provider}`)) throw new Error(`Connecting ended at ${target}`);
    },
    async signIn(person) {
      const session = await signIn(person);
      return { accessToken: session.access_token, refreshToken: session.refresh_token };
    },
  };
}

/** `2026-12-01T09:00`: a wall time so many days from today; far enough from midnight to be the same day everywhere near. */
export function daysAhead(days: number, time = '09:00'): string {
  const date = new Date();
  date.setUTCDate(date.getUTCDate() + days);
  return `${date.toISOString().slice(0, 10)}T${time}`;
}

function named(name: string, role: Role, email: string): Omit<ProductPerson, 'id'> {
  const local = email.replace(/@.*/, '');
  return { role, name, email, google: `${local}@gmail.example`, microsoft: `${local}@${local}.example` };
}

function openAccounts({ google, microsoft }: CompanySite, person: Omit<ProductPerson, 'id'>): void {
  const { name } = person;
  google.addAccount({ email: person.google, name, timeZone: TIME_ZONE });
  microsoft.addAccount({ email: person.microsoft, name, timeZone: TIME_ZONE });
}

function firstName(name: string): string {
  return name.split(' ')[0]?.toLowerCase() ?? '';
}

function orderBody(serviceId: number, wish: OrderWish): object {
  const { customer, staff = [], at, rrule, notes, accessNotes, line1 = '1 High Street' } = wish;
  const staffIds = staff.map((person) => person.id);
  return {
    customer_id: customer.id,
    time_zone: TIME_ZONE,
    notes: notes ?? null,
    address: {
      line1,
      line2: null,
      city: 'London',
      postal_code: 'N1 1AA',
      country: 'GB',
      access_notes: accessNotes ?? null,
    },
    items: [{ service_id: serviceId, starts_at: `${at}:00`, staff_ids: staffIds }],
    ...(rrule && { recurrence: { rrule } }),
  };
}
