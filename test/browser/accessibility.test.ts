import type { AxeResults } from 'axe-core';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, test as base } from 'vitest';
import { shoot, sizeOf, SIZES, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { layoutTroubles } from '../support/page-layout.ts';
import { daysAhead, type ProductCompany, type ProductPerson } from '../support/product-company.ts';

/** Where the app lists its pages. */
const ROUTER = new URL('../../web/src/app/router.tsx', import.meta.url);
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** All rules in the light; in the dark only what depends on colours. Of what is well, nothing is reported: that takes longer. */
const RUN = {
  light: `axe.run({ resultTypes: ['violations'] })`,
  dark: `axe.run({ resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'] })`,
};

/** The pictures: one of each page at each size, and both themes are seen. */
const PICTURED: Readonly<Record<string, 'light' | 'dark'>> = { desktop: 'light', phone: 'dark' };

interface Place {
  name: string;
  path: string;
  /** What shows that the page is there. */
  text: string | RegExp;
  /** Shows another thing on a small screen, and decides that when it opens. */
  choosesBySize?: boolean;
}

interface Ids {
  orderId: number;
  pendingId: number;
  appointmentId: number;
  /** Of a visit that has begun. */
  begunId: number;
}

interface Scene extends Ids {
  people: Record<'customer' | 'staff' | 'manager' | 'admin', ProductPerson>;
}

/** Of things that need not exist, for addresses alone. */
const SOME: Ids = { orderId: 1, pendingId: 2, appointmentId: 3, begunId: 4 };

const OUTER_PLACES: readonly Place[] = [
  { name: 'sign-in', path: '/sign-in', text: 'New here?' },
  { name: 'register', path: '/register', text: 'You have an account?' },
  { name: 'forgot-password', path: '/forgot-password', text: 'Send me the link' },
  { name: 'set-password', path: '/set-password#good', text: 'Set the password' },
  { name: 'set-password-spent', path: '/set-password#spent', text: 'This link works no more' },
  { name: 'set-password-cut', path: '/set-password', text: 'This link is not complete' },
  { name: 'confirm-email', path: '/confirm-email#token', text: 'Sign in with this address from now on' },
  { name: 'confirm-email-cut', path: '/confirm-email', text: 'This link is not complete' },
  { name: 'unsubscribe', path: '/unsubscribe?mails=weekly_overview#token', text: 'Stop these mails' },
  { name: 'unsubscribe-cut', path: '/unsubscribe', text: 'This link is not complete' },
];

/** Places that everybody signed in can go to. */
function commonPlaces({ appointmentId }: Ids): Place[] {
  return [
    { name: 'today', path: '/', text: 'Your calendar' },
    { name: 'appointments', path: '/appointments', text: 'Deep clean' },
    { name: 'appointments-calendar', path: '/appointments?view=calendar', text: /Deep clean/, choosesBySize: true },
    { name: 'appointment', path: `/appointments/${appointmentId}`, text: 'Calendars' },
    { name: 'settings', path: '/settings/calendar', text: 'Preferences' },
    { name: 'account', path: '/settings/account', text: 'About you' },
  ];
}

/** The same for everybody. */
const EMPTY_PLACES: readonly Place[] = [
  { name: 'appointments-past', path: '/appointments?when=past', text: /no .*appointments|nothing/i },
  { name: 'appointment-unknown', path: '/appointments/999999', text: 'There is no such appointment' },
  { name: 'not-found', path: '/nowhere', text: 'There is nothing at this address.' },
];

function officePlaces({ orderId, pendingId }: Ids): Place[] {
  return [
    { name: 'orders', path: '/orders', text: 'Deep clean' },
    { name: 'order-pending', path: `/orders/${pendingId}`, text: 'What was ordered' },
    { name: 'order-confirmed', path: `/orders/${orderId}`, text: 'What was ordered' },
    { name: 'order-new', path: '/orders/new', text: 'Street and number' },
  ];
}

const PLANNING_PLACES: readonly Place[] = [
  { name: 'team-week', path: '/team', text: 'Sarah Miller', choosesBySize: true },
];

const STAFF_PLACES: readonly Place[] = [
  { name: 'my-day', path: `/my-day?day=${daysAhead(1).slice(0, 10)}`, text: 'Key safe 4411' },
  { name: 'my-day-empty', path: '/my-day?day=2020-01-01', text: 'You have no visits on this day' },
  {
    name: 'my-week',
    path: `/my-day?view=week&day=${daysAhead(1).slice(0, 10)}`,
    text: /Deep clean/,
    choosesBySize: true,
  },
];

const ADMIN_PLACES: readonly Place[] = [
  { name: 'people', path: '/people', text: 'Jane Doe' },
  { name: 'services', path: '/services', text: 'On offer' },
  { name: 'calendar-health', path: '/admin/calendar-health', text: /^Last synced|^Not synced yet/ },
];

const withScene = test.extend('scene', { scope: 'file' }, async ({ product }) =>
  product === null ? null : setScene(product.company),
);

describe('every page can be read and used by everybody', { timeout: TEST_WITHIN_MS }, () => {
  withScene.beforeAll(({ scene }) => void scene, START_WITHIN_MS);

  base('no page of the app is left out', () => {
    const routes = fs.readFileSync(ROUTER, 'utf8').matchAll(/^ {2}path: '([^']+)'/gm);
    const places = [OUTER_PLACES, PLANNING_PLACES, STAFF_PLACES, ADMIN_PLACES, commonPlaces(SOME), officePlaces(SOME)];
    const seen = new Set(places.flat().map(({ path }) => path.replace(/[?#].*/, '').replace(/\d+/, '$id')));
    const missing = [...routes].map(([, path = '']) => `/${path.replace(/^\//, '')}`).filter((path) => !seen.has(path));
    // Leads on to the settings of the calendar.
    expect(missing).toEqual(['/settings']);
  });

  withScene('before the sign-in', async ({ stage }) => {
    stage.expectFault(/status of 422.*\/api\/auth\/password\/check\//);
    const page = await stage.open();
    // The one link is taken for good; the other is asked about, and is of nobody.
    await page.route('**/api/auth/password/check/', (route) =>
      route.request().postDataJSON().token === 'good' ? route.fulfill({ status: 204 }) : route.continue(),
    );
    expect(await troublesOf(page, 'nobody', OUTER_PLACES)).toEqual([]);
  });

  withScene.for(['customer', 'staff', 'manager', 'admin'] as const)('as %s', async (role, { stage, scene, skip }) => {
    if (scene === null) return skip();
    stage.expectFault(/status of 404.*\/api\/appointments\/999999\//);
    const page = await stage.open({ as: scene.people[role] });
    const places = [
      ...commonPlaces(scene),
      ...(role === 'staff' ? EMPTY_PLACES : officePlaces(scene)),
      ...(role === 'manager' || role === 'admin' ? PLANNING_PLACES : []),
      ...(role === 'staff' ? STAFF_PLACES : []),
      ...(role === 'admin' ? ADMIN_PLACES : []),
    ];
    expect(await troublesOf(page, role, places)).toEqual([]);
  });

  withScene('dialogs', async ({ stage, scene, skip }) => {
    if (scene === null) return skip();
    const page = await stage.open({ as: scene.people.admin });
    const troubles: string[] = [];
    await page.goto(`/appointments/${scene.appointmentId}`);
    for (const name of ['Reschedule', 'Assign staff', 'Mark as completed', 'Nobody at home', 'Cancel appointment']) {
      if (name === 'Mark as completed') await page.goto(`/appointments/${scene.begunId}`);
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      troubles.push(...(await troublesAtEachSize(page, `dialog-${name}`)));
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    troubles.push(...(await troublesAtEachSize(page, 'account-menu')));
    expect(troubles).toEqual([]);
  });

  withScene('a wish for another time', async ({ product, stage, scene, skip }) => {
    if (product === null || scene === null) return skip();
    const { customer, manager } = scene.people;
    const page = await stage.open({ as: customer });
    const troubles: string[] = [];
    await page.goto(`/appointments/${scene.appointmentId}`);
    await page.getByRole('button', { name: 'Ask for another time' }).click();
    await page.getByRole('button', { name: 'Another time that suits you' }).click();
    await page.getByRole('button', { name: 'Send the wish' }).click();
    await page.getByText('Choose a day.').first().waitFor();
    troubles.push(...(await troublesAtEachSize(page, 'dialog-another-time')));
    const asking = `/api/appointments/${scene.appointmentId}/reschedule-request/`;
    await product.company.call(customer, 'POST', asking, { proposals: [`${daysAhead(5)}:00`], note: 'School closed' });
    const office = await stage.open({ as: manager });
    const place = { name: 'another-time', path: `/appointments/${scene.appointmentId}`, text: 'None of these' };
    troubles.push(...(await troublesOf(office, 'manager', [place])));
    await office.getByRole('button', { name: 'None of these' }).click();
    await office.getByRole('dialog').waitFor();
    troubles.push(...(await troublesAtEachSize(office, 'dialog-decline')));
    await product.company.call(customer, 'DELETE', asking);
    expect(troubles).toEqual([]);
  });

  withScene('days on which somebody can’t come', async ({ product, stage, scene, skip }) => {
    if (product === null || scene === null) return skip();
    const { company } = product;
    const manager = await company.hire('manager', 'Nina Holt');
    const ill = await company.hire('staff', 'Ben Frost', manager);
    const day = daysAhead(2).slice(0, 10);
    const wish = { customer: scene.people.customer, staff: [ill], at: daysAhead(2) };
    const { appointmentIds } = await company.confirmedOrder(wish);
    await company.call(ill, 'POST', '/api/appointments/cannot-come/', { until: day, note: 'Fever' });
    const page = await stage.open({ as: ill });
    const ownDay = { name: 'my-day-absent', path: `/my-day?day=${day}`, text: 'You said that' };
    const office = await stage.open({ as: manager });
    const places = [
      { name: 'team-week-absent', path: '/team', text: 'Can’t come: Fever', choosesBySize: true },
      { name: 'appointment-absent', path: `/appointments/${appointmentIds[0]}`, text: 'Assign somebody else' },
    ];
    const troubles = [...(await troublesOf(page, 'staff', [ownDay])), ...(await troublesOf(office, 'manager', places))];
    expect(troubles).toEqual([]);
  });

  withScene('dialogs of people and services', async ({ stage, scene, skip }) => {
    if (scene === null) return skip();
    const page = await stage.open({ as: scene.people.admin });
    const troubles: string[] = [];
    for (const [path, name] of [
      ['/people', 'Add a person'],
      ['/people', 'Edit Sarah Miller'],
      ['/services', 'Add a service'],
    ] as const) {
      await page.goto(path);
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      troubles.push(...(await troublesAtEachSize(page, `dialog-${name}`)));
    }
    expect(troubles).toEqual([]);
  });

  withScene('the dialog for another address', async ({ stage, scene, skip }) => {
    if (scene === null) return skip();
    const page = await stage.open({ as: scene.people.customer });
    const troubles: string[] = [];
    await page.goto('/settings/account');
    await page.getByRole('button', { name: 'Change the address' }).click();
    await page.getByLabel('New address').waitFor();
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await page.getByText('Type your present password.').waitFor();
    troubles.push(...(await troublesAtEachSize(page, 'dialog-email')));
    expect(troubles).toEqual([]);
  });

  withScene('the form for an app password', async ({ stage, scene, skip }) => {
    if (scene === null) return skip();
    const page = await stage.open({ as: scene.people.staff });
    const troubles: string[] = [];
    await page.goto('/settings/calendar');
    await page.getByRole('button', { name: 'Connect with an app password' }).click();
    await page.getByLabel('App password', { exact: true }).waitFor();
    troubles.push(...(await troublesAtEachSize(page, 'settings-app-password')));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Type the app password.').waitFor();
    troubles.push(...(await troublesAtEachSize(page, 'settings-app-password-missing')));
    expect(troubles).toEqual([]);
  });

  withScene('a new address to subscribe to', async ({ stage, scene, skip }) => {
    if (scene === null) return skip();
    const page = await stage.open({ as: scene.people.staff });
    await page.goto('/settings/calendar');
    await page.getByRole('button', { name: 'Make an address' }).click();
    await page.getByRole('textbox', { name: 'Secret address' }).waitFor();
    expect(await troublesAtEachSize(page, 'settings-new-address')).toEqual([]);
  });

  withScene('a person finds their way by keyboard alone', async ({ stage, scene, skip }) => {
    if (scene === null) return skip();
    const page = await stage.open({ as: scene.people.customer });
    await page.goto('/settings/calendar');
    await page.getByRole('heading', { name: 'Preferences' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    for (let presses = 0; presses < 10 && (await focused(page)) !== 'Disconnect'; presses += 1) {
      await page.keyboard.press('Tab');
    }
    expect(await focused(page)).toBe('Disconnect');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Disconnect Google Calendar?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('Disconnect');
  });
});

async function setScene(company: ProductCompany): Promise<Scene> {
  const manager = await company.hire('manager', 'Mark Weber');
  const staff = await company.hire('staff', 'Sarah Miller', manager);
  const customer = await company.hire('customer', 'Jane Doe');
  await company.connect(customer);
  await company.connect(staff);
  const wish = {
    customer,
    staff: [staff],
    at: daysAhead(0, '12:00'),
    notes: 'Ring twice',
    accessNotes: 'Key safe 4411',
  };
  const pending = await company.order({ ...wish, at: daysAhead(8) });
  const order = await company.confirmedOrder({ ...wish, at: daysAhead(1), rrule: 'FREQ=WEEKLY;COUNT=3' });
  // Of somebody else: the past of the staff above is shown empty.
  const other = await company.hire('staff', 'Tom Baker', manager);
  const begun = await company.confirmedOrder({ ...wish, staff: [other], at: daysAhead(-1) });
  return {
    people: { customer, staff, manager, admin: company.admin },
    orderId: order.id,
    pendingId: pending.id,
    appointmentId: order.appointmentIds[0] ?? 0,
    begunId: begun.appointmentIds[0] ?? 0,
  };
}

/** Goes to each place, and looks at it in each size. @returns what is wrong, a line each */
async function troublesOf(page: Page, who: string, places: readonly Place[]): Promise<string[]> {
  const troubles: string[] = [];
  for (const { name, path, text, choosesBySize } of places) {
    for (const { size, viewport } of SIZES) {
      await page.setViewportSize(viewport);
      if (size === 'phone' || choosesBySize) await page.goto(path);
      await page.getByText(text).first().waitFor();
      await expect.poll(() => page.getByText(/^Loading/).count(), { interval: 10, timeout: 60_000 }).toBe(0);
      troubles.push(...(await troublesOfPage(page, `${who}-${name}`)));
    }
  }
  return troubles;
}

/** What shows stays while the window changes. */
async function troublesAtEachSize(page: Page, name: string): Promise<string[]> {
  const troubles: string[] = [];
  for (const { viewport } of SIZES) {
    await page.setViewportSize(viewport);
    troubles.push(...(await troublesOfPage(page, name)));
  }
  return troubles;
}

/** Looks at the page as it stands, in the light and in the dark. */
async function troublesOfPage(page: Page, name: string): Promise<string[]> {
  const troubles: string[] = [];
  const size = sizeOf(page);
  // A page that was loaded anew has lost it.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  for (const colorScheme of ['light', 'dark'] as const) {
    await showIn(page, colorScheme);
    const { violations } = (await page.evaluate(RUN[colorScheme])) as AxeResults;
    if (PICTURED[size] === colorScheme) await shoot(page, `page-${name}`);
    for (const { id, nodes } of violations) {
      const places = nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary})`).join(', ');
      troubles.push(`${name} ${size} ${colorScheme}: ${id} at ${places}`);
    }
  }
  troubles.push(...(await layoutTroubles(page)).map((trouble) => `${name} ${size}: ${trouble}`));
  return troubles;
}

async function showIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  const scheme = (): Promise<unknown> => page.evaluate('document.documentElement.dataset.mantineColorScheme');
  await expect.poll(scheme, { interval: 5 }).toBe(colorScheme);
}

function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.textContent');
}
