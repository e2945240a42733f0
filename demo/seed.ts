import { ADMIN, CUSTOMERS, MANAGER, ORDERS, PASSWORD, SERVICES, STAFF, TIME_ZONE, type DemoPerson } from './company.ts';

/** Fills an empty product with the demo's company, by the same API that everybody uses. Does nothing when it is there. */
export async function seed(apiUrl: string): Promise<void> {
  const api = await signIn(apiUrl);
  const known = await api<{ items: unknown[] }>('GET', '/api/services/');
  if (known.items.length > 0) return;

  const managerId = await addPerson(api, MANAGER);
  const staffIds = await inTurn(STAFF, (one) => addPerson(api, one, managerId));
  const customerIds = await inTurn(CUSTOMERS, (one) => addPerson(api, one));
  const orders = await seedOrdersFor(api, { customerIds, staffIds });
  for (const { id, confirmed } of orders) if (confirmed) await api('POST', `/api/orders/${id}/confirm/`);
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

async function addPerson(api: Api, { role, name, email, phone }: DemoPerson, managerId?: number): Promise<number> {
  const manager = managerId === undefined ? {} : { manager_id: managerId };
  const account = { role, name, email, phone, password: PASSWORD, time_zone: TIME_ZONE, ...manager };
  const { id } = await api<{ id: number }>('POST', '/api/users/', account);
  return id;
}

async function seedOrdersFor(
  api: Api,
  { customerIds, staffIds }: { customerIds: number[]; staffIds: number[] },
): Promise<{ id: number; confirmed: boolean }[]> {
  // The services come last but for the orders: they are the sign that the company is there.
  const serviceIds = await inTurn(SERVICES, async (service) => {
    const { id } = await api<{ id: number }>('POST', '/api/services/', { ...service, currency: 'GBP' });
    return id;
  });
  return inTurn(ORDERS, async (order) => {
    const { id } = await api<{ id: number }>('POST', '/api/orders/', {
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
    return { id, confirmed: order.confirmed };
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
