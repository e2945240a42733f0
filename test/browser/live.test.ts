import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { PHONE, shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead } from '../support/product-company.ts';
import { card, eventsOf, following, goTo, markPage, signIn, syncLimitMs, until } from './steps.ts';

describe('what changes elsewhere', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('an order that the office confirms changes the customer’s pages', async ({ stage, annotate }) => {
    const { product, open } = stage;
    const { company } = product;
    const manager = await company.hire('manager', 'Mona Reed');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const jane = await company.hire('customer', 'Jane Doe');
    const order = await company.order({ customer: jane, staff: [sarah], at: daysAhead(3) });
    await company.connect(jane);
    const customer = await open({ as: jane });
    await following(customer, () => customer.goto(`/orders/${order.id}`));
    await customer.getByText('Waiting', { exact: false }).first().waitFor();
    const list = await open({ as: jane, viewport: PHONE });
    await following(list, () => list.goto('/appointments'));
    await list.getByText('No upcoming appointments').waitFor();
    const settings = await open({ as: jane });
    await following(settings, () => settings.goto('/settings/calendar'));
    await settings.getByText('You have no upcoming appointments').waitFor();
    const stay = [await markPage(customer), await markPage(list), await markPage(settings)];

    const office = await open();
    await signIn(office, manager);
    await goTo(office, 'Orders');
    await office.getByRole('link', { name: `#${order.id}` }).click();
    const clicked = performance.now();
    await office.getByRole('button', { name: 'Confirm order' }).click();
    await customer.getByRole('region', { name: 'Appointments' }).getByRole('link').waitFor();
    const tookMs = performance.now() - clicked;
    await annotate(`on the customer's page ${Math.round(tookMs)} ms after the click`);
    expect(tookMs).toBeLessThan(syncLimitMs());
    await list.getByRole('link', { name: /Deep clean/ }).waitFor();
    await settings
      .getByText(/^Your one upcoming appointment is in your calendar · last change (just now|\d+ s ago)$/)
      .waitFor();
    for (const page of [customer, list, settings])
      await shoot(page, `live-${[customer, list, settings].indexOf(page)}`);
    for (const isSame of stay) await isSame();
  });

  test('the ledger follows, and a dead grant shows on every page', async ({ stage }) => {
    const { product, open } = stage;
    const { company, google } = product;
    const manager = await company.hire('manager', 'Mona Reed');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const jane = await company.hire('customer', 'Jane Doe');
    const { appointmentIds } = await company.confirmedOrder({ customer: jane, staff: [sarah], at: daysAhead(2) });
    const ledger = await open({ as: manager });
    await following(ledger, () => ledger.goto(`/appointments/${appointmentIds[0]}`));
    const calendars = card(ledger, 'Calendars');
    await calendars.getByText('No calendar connected').nth(1).waitFor();
    const own = await open({ as: sarah, viewport: PHONE });
    await following(own, () => own.goto('/appointments'));
    const stay = [await markPage(ledger), await markPage(own)];

    await company.connect(sarah);
    await calendars.getByText('In the calendar').waitFor();
    await calendars.getByText(/^(just now|\d+ s ago)$/).waitFor();
    await calendars.getByRole('link', { name: 'Open in Google Calendar' }).waitFor();
    await shoot(ledger, 'live-ledger');
    await until(() => eventsOf(product, sarah).length === 1);
    google.revokeGrant(sarah.google);
    await company.call(company.admin, 'PATCH', `/api/appointments/${appointmentIds[0]}/`, { notes: 'Ring twice' });
    await own.getByRole('region', { name: 'Calendar needs you' }).waitFor();
    await shoot(own, 'live-banner');
    await calendars.getByText('The owner of this calendar has to sign in there again.', { exact: false }).waitFor();
    await shoot(ledger, 'live-ledger-why');
    for (const isSame of stay) await isSame();
  });

  test('a page finds back by itself after the server was away', async ({ stage }) => {
    // Told by the browser of what the page asked for meanwhile.
    stage.expectFault(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE/);
    const { product, open } = stage;
    const { company } = product;
    const jane = await company.hire('customer', 'Jane Doe');
    const page = await open({ as: jane });
    await following(page, () => page.goto('/appointments'));
    await page.getByText('No upcoming appointments').waitFor();
    const isSame = await markPage(page);
    const again = page.waitForResponse((answer) => answer.url().endsWith('/api/calendar/stream/') && answer.ok());
    const refused = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/calendar/stream/'));
    await product.restart(async () => void (await refused));
    await again;
    await company.confirmedOrder({ customer: jane, at: daysAhead(2) });
    await page.getByRole('link', { name: /Deep clean/ }).waitFor();
    await isSame();
  });

  test('a tab that was offline catches up by itself', async ({ stage }) => {
    stage.expectFault(/ERR_INTERNET_DISCONNECTED/);
    const { company } = stage.product;
    const sarah = await company.hire('staff', 'Sarah Miller');
    const jane = await company.hire('customer', 'Jane Doe');
    const { appointmentIds } = await company.confirmedOrder({ customer: jane, staff: [sarah], at: daysAhead(2) });
    const page = await stage.open({ as: jane });
    await following(page, () => page.goto('/appointments'));
    await page.getByText('09:00', { exact: false }).first().waitFor();
    const isSame = await markPage(page);
    await page.context().setOffline(true);
    const path = `/api/appointments/${appointmentIds[0]}/`;
    const { starts_at: startsAt } = await company.call(company.admin, 'GET', path);
    await company.call(company.admin, 'PATCH', path, { starts_at: startsAt.replace('T09:00', 'T14:30') });
    await page.context().setOffline(false);
    await page.getByText('14:30', { exact: false }).first().waitFor();
    expect(await page.getByText('09:00', { exact: false }).count()).toBe(0);
    // And it is told of what happens then.
    await company.call(company.admin, 'POST', `${path}cancel/`);
    await page.getByRole('link', { name: 'Deep clean' }).waitFor();
    await page.getByText('Cancelled', { exact: true }).filter({ visible: true }).first().waitFor();
    await isSame();
  });

  test('the team’s week and the Today page follow, too', async ({ stage }) => {
    const { product, open } = stage;
    const { company } = product;
    const manager = await company.hire('manager', 'Mona Reed');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const tom = await company.hire('staff', 'Tom King', manager);
    const jane = await company.hire('customer', 'Jane Doe');
    const monday = '2027-06-07';
    const { appointmentIds } = await company.confirmedOrder({ customer: jane, staff: [sarah], at: `${monday}T09:00` });
    const board = await open({ as: manager });
    await following(board, () => board.goto(`/team?week=${monday}`));
    const row = (name: string): Locator => board.getByRole('row', { name: new RegExp(`^${name}`) });
    await row('Sarah Miller').getByRole('link', { name: /09:00/ }).waitFor();
    const today = await open({ as: sarah, viewport: PHONE });
    await following(today, () => today.goto('/'));
    await today.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await today.getByText('Deep clean', { exact: false }).first().waitFor();
    const stay = [await markPage(board), await markPage(today)];

    const path = `/api/appointments/${appointmentIds[0]}/`;
    const { starts_at: startsAt } = await company.call(company.admin, 'GET', path);
    const later = startsAt.replace('07T09:00', '09T11:15');
    await company.call(company.admin, 'PATCH', path, { starts_at: later });
    await row('Sarah Miller').getByRole('cell').nth(2).getByRole('link', { name: /11:15/ }).waitFor();
    await today.getByText('11:15', { exact: false }).first().waitFor();
    await company.call(company.admin, 'POST', `${path}assign/`, { staff_ids: [tom.id] });
    await row('Tom King').getByRole('cell').nth(2).getByRole('link', { name: /11:15/ }).waitFor();
    expect(await row('Sarah Miller').getByRole('link').count()).toBe(0);
    await today.getByText('Deep clean', { exact: false }).waitFor({ state: 'detached' });
    for (const isSame of stay) await isSame();
  });

  test('the team’s week says how everybody’s calendars are doing, as it changes', async ({ stage }) => {
    const { product, open } = stage;
    const { company, google } = product;
    const manager = await company.hire('manager', 'Mona Reed');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const tom = await company.hire('staff', 'Tom King', manager);
    const jane = await company.hire('customer', 'Jane Doe');
    const monday = '2027-06-14';
    const { appointmentIds } = await company.confirmedOrder({ customer: jane, staff: [sarah], at: `${monday}T09:00` });
    await company.connect(tom);
    const board = await open({ as: manager });
    await following(board, () => board.goto(`/team?week=${monday}`));
    const rowHead = (name: string): Locator => board.getByRole('rowheader', { name: new RegExp(`^${name}`) });
    await rowHead('Tom King').getByText('Calendar: up to date').waitFor();
    await rowHead('Sarah Miller').getByText('No calendar connected').waitFor();
    const isSame = await markPage(board);
    await company.connect(sarah);
    await rowHead('Sarah Miller').getByText('Calendar: up to date').waitFor();
    await until(() => eventsOf(product, sarah).length === 1);
    google.revokeGrant(sarah.google);
    await company.call(company.admin, 'PATCH', `/api/appointments/${appointmentIds[0]}/`, { notes: 'Ring twice' });
    await rowHead('Sarah Miller').getByText('Calendar: needs sign-in').waitFor();
    await shoot(board, 'live-board');
    await isSame();
  });
});
