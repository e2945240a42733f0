import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { shoot, shootAtEachSize, SIZES, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead, TIME_ZONE, type ProductPerson } from '../support/product-company.ts';
import type { Product } from '../support/product.ts';
import { allow, card, chooseAccount, eventsOf, goTo, googleCard, until } from './steps.ts';

/** So many make a question of it when most of them disappear. */
const VISITS = 14;
const DELETED = 12;
const [PHONE, DESKTOP] = SIZES;

describe('what a calendar has to tell or to ask', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test.for([
    { ...PHONE, answer: 'No, put them back', left: VISITS },
    { ...DESKTOP, answer: 'Yes, leave them out', left: VISITS - DELETED },
  ])('most of the events are gone: "$answer", on the $size', async ({ viewport, answer, left }, { stage }) => {
    const { product } = stage;
    const { company, google } = product;
    const sarah = await company.hire('staff', 'Sarah Miller');
    const customer = await company.hire('customer', 'Jane Doe');
    await company.connect(sarah);
    const rrule = `FREQ=DAILY;COUNT=${VISITS}`;
    await company.confirmedOrder({ customer, staff: [sarah], at: daysAhead(1), rrule });
    await until(() => eventsOf(product, sarah).length === VISITS);
    for (const { id } of eventsOf(product, sarah).slice(0, DELETED)) google.remove(sarah.google, 'primary', id);
    await company.call(sarah, 'POST', '/api/calendar/sync/');
    const page = await stage.open({ as: sarah, viewport });
    await page.goto('/settings/calendar');
    const question = page.getByRole('region', { name: `Did you delete ${DELETED} of your ${VISITS} events?` });
    await question.waitFor();
    await googleCard(page).getByText('Asks you', { exact: true }).waitFor();
    await shoot(page, 'guard-settings');
    await goTo(page, 'Today');
    await page.getByRole('region', { name: 'Your calendar' }).getByText('has a question', { exact: false }).waitFor();
    await shoot(page, 'guard-today');
    const banner = page.getByRole('region', { name: 'Calendar needs you' });
    await banner.getByRole('link', { name: 'Go to calendar settings' }).click();
    expect(eventsOf(product, sarah)).toHaveLength(VISITS - DELETED);
    await question.getByRole('button', { name: answer }).click();
    await googleCard(page).getByText('Connected', { exact: true }).waitFor();
    await until(() => eventsOf(product, sarah).length === left);
    await question.waitFor({ state: 'detached' });
    expect(await banner.count()).toBe(0);
  });

  test.for([
    { ...PHONE, answer: 'Use it instead', former: false },
    { ...DESKTOP, answer: 'Use both', former: true },
  ])('another account than the one that is meant: "$answer", on the $size', async (how, { stage }) => {
    const { product } = stage;
    const { company } = product;
    const mark = await company.hire('manager', 'Mark Weber');
    const customer = await company.hire('customer', 'Jane Doe');
    const staff = [await company.hire('staff', 'Sarah Miller', mark)];
    await company.connect(mark);
    await company.confirmedOrder({ customer, staff, at: daysAhead(2) });
    await until(() => eventsOf(product, mark).length === 1);
    await loseGrant(product, mark);
    const other = { ...mark, google: `other-${mark.google}` };
    product.google.addAccount({ email: other.google, name: mark.name, timeZone: TIME_ZONE });

    const page = await stage.open({ as: mark, viewport: how.viewport });
    await page.goto('/settings/calendar');
    await googleCard(page).getByRole('button', { name: 'Reconnect Google Calendar' }).click();
    await page.getByRole('link', { name: 'Use another account' }).click();
    await chooseAccount(page, other);
    await allow(page);
    await page.getByText('Another Google Calendar account', { exact: true }).waitFor();
    await shoot(page, 'other-account-settings');
    await page.getByRole('button', { name: how.answer, exact: true }).click();
    await until(() => eventsOf(product, other).length === 1);
    await googleCard(page)
      .filter({ hasText: other.google })
      .getByText(/^(Connected|Updating)$/)
      .waitFor();
    const former = googleCard(page).filter({ has: page.getByText(mark.google, { exact: true }) });
    await expect.poll(() => former.count()).toBe(how.former ? 1 : 0);
    await shoot(page, 'other-account-done');
  });

  test('a calendar that the office has paused says so to its owner', async ({ stage }) => {
    const { company } = stage.product;
    const rosa = await company.hire('customer', 'Rosa Lopez');
    await company.connect(rosa);
    const [connection] = (await company.call(rosa, 'GET', '/api/calendar/')).connections;
    await company.call(company.admin, 'POST', `/api/admin/connections/${connection.id}/pause/`);
    const page = await stage.open({ as: rosa });
    await page.goto('/settings/calendar');
    await googleCard(page).getByText('The office has paused this calendar.', { exact: false }).waitFor();
    expect(await googleCard(page).getByRole('button', { name: 'Resume' }).count()).toBe(0);
    await shootAtEachSize(page, 'paused-by-office-settings');
  });

  test('a calendar that takes nothing for a quarter of an hour is said to be late, and catches up', async ({
    stage,
  }) => {
    const { product } = stage;
    const { company, google } = product;
    const tom = await company.hire('staff', 'Tom King');
    const customer = await company.hire('customer', 'Jane Doe');
    await company.connect(tom);
    await company.confirmedOrder({ customer, staff: [tom], at: daysAhead(1) });
    await until(() => eventsOf(product, tom).length === 1);
    google.faults.add({
      match: { account: tom.google },
      action: { kind: 'answer', status: 429, reason: 'rateLimitExceeded' },
      times: 'until-cleared',
    });
    await company.confirmedOrder({ customer, staff: [tom], at: daysAhead(2) });
    const state = async (): Promise<string> => (await company.call(tom, 'GET', '/api/calendar/')).connections[0].status;
    await until(async () => (await company.call(tom, 'GET', '/api/calendar/')).connections[0].error !== null);
    await product.restart(() => letTimePass(product, 16));
    await until(async () => (await state()) === 'degraded');

    const page = await stage.open({ as: tom });
    await page.goto('/settings/calendar');
    await googleCard(page).getByText('Delayed', { exact: true }).waitFor();
    await shootAtEachSize(page, 'degraded-settings');
    await goTo(page, 'Today');
    await page.getByText('Google Calendar is late', { exact: false }).waitFor();
    await shootAtEachSize(page, 'degraded-today');
    const office = await stage.open({ as: company.admin });
    await office.goto('/admin/calendar-health?state=degraded');
    await card(office, 'Connected calendars').getByRole('listitem').getByText('Delayed', { exact: true }).waitFor();
    await shootAtEachSize(office, 'degraded-health');

    google.faults.clear();
    await goTo(page, 'Settings');
    await page.getByRole('button', { name: 'Sync now' }).click();
    await googleCard(page).getByText('Connected', { exact: true }).waitFor();
    await until(() => eventsOf(product, tom).length === 2);
  });

  test.for(SIZES)(
    'while the API is away, pages say so and offer to try again, on the $size',
    async ({ viewport }, { stage }) => {
      stage.expectFault(/ERR_CONNECTION_REFUSED/);
      // The router tells the console why it could not begin.
      stage.expectFault(/Problem: We can’t reach VALClean right now/);
      const omar = await stage.product.company.hire('customer', 'Omar Haddad');
      const page = await stage.open({ as: omar, viewport });
      await page.goto('/');
      await page.getByText('Connect a calendar once', { exact: false }).waitFor();
      await page.route('**/api/**', (route) => route.abort('connectionrefused'));
      await page.getByRole('button', { name: 'Connect Google Calendar' }).click();
      await seeUnreachable(page);
      await shoot(page, 'api-away-connect');
      await goTo(page, 'Orders');
      await page.getByRole('main').getByRole('alert').getByText('We can’t reach VALClean right now').waitFor();
      await shoot(page, 'api-away-orders');
      await page.reload();
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      await seeUnreachable(page);
      await shoot(page, 'api-away-start');
      await page.unroute('**/api/**');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('No orders', { exact: false }).first().waitFor();
    },
  );
});

async function seeUnreachable(page: Page): Promise<void> {
  await page.getByText('We can’t reach VALClean right now', { exact: false }).first().waitFor();
}

async function loseGrant({ company, google }: Product, person: ProductPerson): Promise<void> {
  google.revokeGrant(person.google);
  await company.call(person, 'POST', '/api/calendar/sync/');
  await until(
    async () => (await company.call(person, 'GET', '/api/calendar/')).connections[0].status === 'reauth_required',
  );
}

/** For calendars that wait for their service, as the product's clock can't be moved: while it is stopped. */
async function letTimePass({ database: location }: Product, minutes: number): Promise<void> {
  const database = await openDatabase(location);
  await sql`update connections set waiting_since = waiting_since - make_interval(mins => ${minutes})`.execute(
    database.db,
  );
  await database.close();
}
