import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { PHONE, shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead } from '../support/product-company.ts';
import { card, eventsOf, goTo, signIn, syncLimitMs, until } from './steps.ts';

/** Fails when the page was loaded again since. */
async function markPage(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => Object.assign(globalThis, { stillTheSame: true }));
  return async () => expect(await page.evaluate(() => 'stillTheSame' in globalThis)).toBe(true);
}

/** The stream of the page is open, so that nothing is found out by looking. */
async function following(page: Page, go: () => Promise<unknown>): Promise<void> {
  const stream = page.waitForResponse((response) => response.url().endsWith('/api/calendar/stream/') && response.ok());
  await go();
  await stream;
}

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
    await calendars.getByText('This appointment is in nobody’s calendar yet.').waitFor();
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
});
