/** The company that the demo shows. Everybody's password is {@link PASSWORD}. */

export const PASSWORD = 'valclean-demo';
export const TIME_ZONE = 'Europe/London';

export interface DemoPerson {
  role: 'admin' | 'manager' | 'staff' | 'customer';
  name: string;
  email: string;
  phone: string;
  /** Their account at the simulated Google, if they have one. */
  google: string | null;
  /** Their account at the simulated Microsoft, if they have one. */
  outlook: { email: string; kind: 'work' | 'personal' } | null;
}

function person(
  role: DemoPerson['role'],
  name: string,
  phone: string,
  ...calendars: ('google' | 'outlook')[]
): DemoPerson {
  const first = name.split(' ')[0]?.toLowerCase() ?? '';
  const isCustomer = role === 'customer';
  const email = `${first}@${isCustomer ? 'example.com' : 'valclean.example'}`;
  // The company has its mail at Microsoft; customers have accounts of their own.
  const outlook = isCustomer
    ? ({ email: `${first}@outlook.example`, kind: 'personal' } as const)
    : ({ email, kind: 'work' } as const);
  return {
    role,
    name,
    email,
    phone,
    google: calendars.includes('google') ? `${first}@gmail.example` : null,
    outlook: calendars.includes('outlook') ? outlook : null,
  };
}

export const ADMIN = person('admin', 'Ada Bright', '020 7946 0001', 'outlook');
export const MANAGER = person('manager', 'Mark Weber', '020 7946 0002', 'google', 'outlook');
export const STAFF = [
  person('staff', 'Sarah Miller', '020 7946 0011', 'google'),
  person('staff', 'Tom King', '020 7946 0012', 'outlook'),
  person('staff', 'Lena Novak', '020 7946 0013', 'outlook'),
];
export const CUSTOMERS = [
  person('customer', 'Jane Doe', '020 7946 0101', 'google'),
  person('customer', 'Omar Haddad', '020 7946 0102', 'outlook'),
  person('customer', 'Priya Shah', '020 7946 0103', 'google'),
  person('customer', 'Emil Berg', '020 7946 0104', 'google'),
  person('customer', 'Rosa Lopez', '020 7946 0105', 'google'),
];

/** Has her calendar on a server that speaks CalDAV. */
export const ROSA_CALDAV = { user: 'rosa@dav.example', password: 'rosa-app-password', name: 'Rosa Lopez' };

export const PEOPLE = [ADMIN, MANAGER, ...STAFF, ...CUSTOMERS];

export const SERVICES = [
  { name: 'Deep clean', duration_minutes: 180, price_cents: 14_500 },
  { name: 'Regular clean', duration_minutes: 120, price_cents: 7_200 },
  { name: 'Window cleaning', duration_minutes: 90, price_cents: 6_000 },
  { name: 'End of tenancy clean', duration_minutes: 300, price_cents: 26_000 },
];

export interface DemoOrder {
  /** Index in {@link CUSTOMERS}. */
  customer: number;
  /** Index in {@link SERVICES}. */
  service: number;
  /** Days from today, and the wall time. */
  day: number;
  at: string;
  /** Indexes in {@link STAFF}. */
  staff: number[];
  confirmed: boolean;
  rrule?: string;
  street: string;
  notes?: string;
  access?: string;
}

/** This week's work; the pending ones wait for somebody to press Confirm. */
export const ORDERS: DemoOrder[] = [
  {
    customer: 0,
    service: 0,
    day: 1,
    at: '09:00',
    staff: [0],
    confirmed: false,
    street: '1 High Street',
    notes: 'Ring twice',
    access: 'Key safe 4411',
  },
  {
    customer: 0,
    service: 1,
    day: 3,
    at: '14:00',
    staff: [1],
    confirmed: true,
    rrule: 'FREQ=WEEKLY;COUNT=6',
    street: '1 High Street',
  },
  {
    customer: 1,
    service: 2,
    day: 0,
    at: '11:00',
    staff: [0],
    confirmed: true,
    street: '22 Elm Road',
    notes: 'The bay window, too',
  },
  { customer: 1, service: 1, day: 2, at: '08:30', staff: [2], confirmed: false, street: '22 Elm Road' },
  {
    customer: 2,
    service: 1,
    day: 1,
    at: '13:00',
    staff: [0, 1],
    confirmed: true,
    rrule: 'FREQ=WEEKLY',
    street: '7 Station Mews',
    access: 'Alarm code 2580',
  },
  { customer: 3, service: 3, day: 4, at: '09:30', staff: [1, 2], confirmed: true, street: '310 Quay House' },
  {
    customer: 4,
    service: 1,
    day: 2,
    at: '16:00',
    staff: [],
    confirmed: true,
    street: '5 Orchard Close',
    notes: 'The cat stays inside',
  },
  { customer: 4, service: 2, day: 5, at: '10:00', staff: [2], confirmed: false, street: '5 Orchard Close' },
];
