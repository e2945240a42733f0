import { daysAhead, TIME_ZONE, type ProductPerson } from '../../support/product-company.ts';
import type { Product } from '../../support/product.ts';

/** Everybody who is in the pictures. */
export interface Scene {
  ada: ProductPerson;
  mark: ProductPerson;
  sarah: ProductPerson;
  tom: ProductPerson;
  jane: ProductPerson;
  /** Has not connected anything. */
  nina: ProductPerson;
  /** The visit of Sarah at Jane's on Monday. */
  visitId: number;
}

type Customer = 'jane' | 'omar' | 'priya' | 'emil' | 'rosa';
type Cleaner = 'sarah' | 'tom' | 'lena';
type Service = 'deep' | 'regular' | 'windows';

interface Visit {
  /** Of next week; 0 is Monday. */
  day: number;
  at: string;
  customer: Customer;
  service: Service;
  staff: Cleaner[];
}

const SERVICES = {
  regular: { name: 'Regular clean', duration_minutes: 120, price_cents: 7_200, currency: 'GBP' },
  windows: { name: 'Window cleaning', duration_minutes: 90, price_cents: 6_000, currency: 'GBP' },
};

const CUSTOMERS: Readonly<Record<Customer, { name: string; line1: string; notes?: string; accessNotes?: string }>> = {
  jane: {
    name: 'Jane Doe',
    line1: '1 High Street',
    notes: 'Ring twice',
    accessNotes: 'Key safe 4411, left of the door',
  },
  omar: { name: 'Omar Haddad', line1: '22 Elm Road', notes: 'The bay window, too' },
  priya: { name: 'Priya Shah', line1: '7 Station Mews', accessNotes: 'Alarm code 2580' },
  emil: { name: 'Emil Berg', line1: '310 Quay House', accessNotes: 'Concierge has the key' },
  rosa: { name: 'Rosa Lopez', line1: '5 Orchard Close', notes: 'The cat stays inside' },
};

const VISITS: readonly Visit[] = [
  { day: 0, at: '09:00', customer: 'jane', service: 'deep', staff: ['sarah', 'tom'] },
  { day: 0, at: '13:00', customer: 'omar', service: 'windows', staff: ['sarah'] },
  { day: 1, at: '10:00', customer: 'priya', service: 'regular', staff: ['sarah'] },
  { day: 1, at: '09:30', customer: 'emil', service: 'deep', staff: ['tom'] },
  { day: 2, at: '08:30', customer: 'emil', service: 'regular', staff: ['sarah'] },
  { day: 2, at: '14:00', customer: 'rosa', service: 'deep', staff: ['sarah'] },
  { day: 2, at: '11:00', customer: 'priya', service: 'windows', staff: ['lena'] },
  { day: 3, at: '11:00', customer: 'jane', service: 'regular', staff: ['sarah'] },
  { day: 3, at: '09:00', customer: 'omar', service: 'regular', staff: ['tom'] },
  { day: 3, at: '10:00', customer: 'rosa', service: 'windows', staff: [] },
  { day: 4, at: '09:30', customer: 'priya', service: 'deep', staff: ['sarah'] },
  { day: 4, at: '15:00', customer: 'omar', service: 'windows', staff: ['sarah'] },
  { day: 4, at: '09:00', customer: 'jane', service: 'deep', staff: ['lena'] },
];

/** A small company with next week's work in it, and some of today's. */
export async function makeScene({ company, google }: Product): Promise<Scene> {
  const ada = company.admin;
  const mark = await company.hire('manager', 'Mark Weber', undefined, 'mark@valclean.example');
  const hireCleaner = (name: string): Promise<ProductPerson> =>
    company.hire('staff', name, mark, `${name.split(' ')[0]?.toLowerCase()}@valclean.example`);
  const staff: Record<Cleaner, ProductPerson> = {
    sarah: await hireCleaner('Sarah Miller'),
    tom: await hireCleaner('Tom King'),
    lena: await hireCleaner('Lena Novak'),
  };
  const hireCustomer = (name: string): Promise<ProductPerson> =>
    company.hire('customer', name, undefined, `${name.split(' ')[0]?.toLowerCase()}@example.com`);
  const customers = Object.fromEntries(
    await inTurn(Object.entries(CUSTOMERS), async ([key, { name }]) => [key, await hireCustomer(name)] as const),
  ) as Record<Customer, ProductPerson>;
  const nina = await hireCustomer('Nina Park');
  const made = await inTurn(Object.entries(SERVICES), async ([key, service]) => {
    const { id } = await company.call(ada, 'POST', '/api/services/', service);
    return [key, Number(id)] as const;
  });
  const serviceIds = { deep: company.serviceId, ...Object.fromEntries(made) } as Record<Service, number>;
  const book = async (visit: Omit<Visit, 'day'>, day: string): Promise<number> => {
    const { name: _name, ...place } = CUSTOMERS[visit.customer];
    const { appointmentIds } = await company.confirmedOrder({
      ...place,
      customer: customers[visit.customer],
      staff: visit.staff.map((name) => staff[name]),
      serviceId: serviceIds[visit.service],
      at: `${day}T${visit.at}`,
    });
    return appointmentIds[0] ?? 0;
  };
  const [visitId = 0] = await inTurn(VISITS, (visit) => book(visit, nextWeek(visit.day)));
  const today = daysAhead(0).slice(0, 10);
  await book({ at: '09:00', customer: 'rosa', service: 'regular', staff: ['tom'] }, today);
  await book({ at: '14:30', customer: 'priya', service: 'windows', staff: ['lena'] }, today);
  google.create(staff.sarah.google, 'primary', {
    summary: 'Dentist',
    start: { dateTime: `${nextWeek(1)}T15:30:00`, timeZone: TIME_ZONE },
    end: { dateTime: `${nextWeek(1)}T16:15:00`, timeZone: TIME_ZONE },
    colorId: '5',
  });
  return { ada, mark, nina, jane: customers.jane, sarah: staff.sarah, tom: staff.tom, visitId };
}

/** A day of next week, as `2026-12-01`; 0 is Monday. */
export function nextWeek(day: number): string {
  const weekday = new Date(`${daysAhead(0)}Z`).getUTCDay();
  return daysAhead(((8 - weekday) % 7 || 7) + day).slice(0, 10);
}

async function inTurn<In, Out>(list: readonly In[], work: (one: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  for (const one of list) done.push(await work(one));
  return done;
}
