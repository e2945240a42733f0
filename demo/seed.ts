import {
  ADMIN,
  CUSTOMERS,
  MANAGER,
  ORDERS,
  PASSWORD,
  SERVICES,
  STAFF,
  TIME_ZONE,
  type DemoOrder,
  type DemoPerson,
} from './company.ts';

/**
 * Fills an empty product with the demo's company, by the same API that everybody uses. Goes on where it stopped when it was
 * ended in the middle, and does nothing when all is there.
 */
export async function seed(apiUrl: string): Promise<void> {
  const api = await signIn(apiUrl);
  const orders = await listOrders(api);
  if (orders.length > ORDERS.length) return;
  if (orders.length < ORDERS.length) await addCompany(api, orders.length);
  for (const [at, { id, status }] of (await listOrders(api)).entries()) {
    if (ORDERS[at]?.confirmed && status === 'pending') await api('POST', `/api/orders/${id}/confirm/`);
  }
}

/** In the order in which they were made. */
async function listOrders(api: Api): Promise<{ id: number; status: string }[]> {
  const { items } = await api<{ items: { id: number; status: string }[] }>('GET', '/api/orders/?limit=200');
  return items.toSorted((a, b) => a.id - b.id);
}

async function addCompany(api: Api, ordersThere: number): Promise<void> {
  await api('PATCH', '/api/auth/me/', { name: ADMIN.name, phone: ADMIN.phone, time_zone: TIME_ZONE });
  const { items: people } = await api<{ items: { id: number; email: string }[] }>('GET', '/api/users/?limit=200');
  const known = new Map(people.map(({ id, email }) => [email, id]));
  const managerId = await addPerson(api, known, MANAGER);
  const staffIds = await inTurn(STAFF, (one) => addPerson(api, known, one, managerId));
  const customerIds = await inTurn(CUSTOMERS, (one) => addPerson(api, known, one));
  const serviceIds = await addServices(api);
  await inTurn(ORDERS.slice(ordersThere), (order) => addOrder(api, order, { customerIds, staffIds, serviceIds }));
}

type Api = <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;

async function signIn(apiUrl: string): Promise<Api> {
  const request = async <Answer>(
    method: string,
    path: string,
    body: unknown,
    token: string | null,
  ): Promise<Answer> => {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Answer;
  };
  const login = { email: ADMIN.email, password: PASSWORD };
  const { access_token: token } = await request<{ access_token: string }>('POST', '/api/auth/login/', login, null);
  return (method, path, body) => request(method, path, body, token);
}

async function addPerson(
  api: Api,
  known: ReadonlyMap<string, number>,
  { role, name, email, phone }: DemoPerson,
  managerId?: number,
): Promise<number> {
  const there = known.get(email);
  if (there !== undefined) return there;
  const manager = managerId === undefined ? {} : { manager_id: managerId };
  const account = { role, name, email, phone, password: PASSWORD, time_zone: TIME_ZONE, ...manager };
  const { id } = await api<{ id: number }>('POST', '/api/users/', account);
  return id;
}

async function addServices(api: Api): Promise<number[]> {
  const { items } = await api<{ items: { id: number; name: string }[] }>('GET', '/api/services/');
  return inTurn(SERVICES, async (service) => {
    const there = items.find(({ name }) => name === service.name);
    return (there ?? (await api<{ id: number }>('POST', '/api/services/', { ...service, currency: 'GBP' }))).id;
  });
}

interface Ids {
  customerIds: number[];
  staffIds: number[];
  serviceIds: number[];
}

async function addOrder(api: Api, order: DemoOrder, { customerIds, staffIds, serviceIds }: Ids): Promise<void> {
  await api('POST', '/api/orders/', {
    customer_id: customerIds[order.customer],
    time_zone: TIME_ZONE,
    notes: order.notes ?? null,
    address: {
      line1: order.street,
      line2: null,
      city: 'London',
      postal_code: 'N1 1AA',
      country: 'GB',
      access_notes: order.access ?? null,
    },
    items: [
      {
        service_id: serviceIds[order.service],
        quantity: 1,
        starts_at: `${dayFromToday(order.day)}T${order.at}:00`,
        staff_ids: order.staff.map((index) => staffIds[index]),
      },
    ],
    ...(order.rrule === undefined ? {} : { recurrence: { rrule: order.rrule } }),
  });
}

function dayFromToday(days: number): string {
  const date = new Date();
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

async function inTurn<From, To>(things: readonly From[], make: (thing: From) => Promise<To>): Promise<To[]> {
  const made: To[] = [];
  for (const thing of things) made.push(await make(thing));
  return made;
}
