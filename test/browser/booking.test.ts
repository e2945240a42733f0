import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { PHONE, shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead, type ProductPerson } from '../support/product-company.ts';

const FROM_LAST = 'Filled in from the last order.';

describe('booking again', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('a customer finds the address of the last order, and changes it', async ({ stage }) => {
    const { company } = stage.product;
    const jane = await company.hire('customer', 'Jane Doe');
    await company.order({ customer: jane, at: daysAhead(2), line1: '1 Old Street' });
    await company.order({ customer: jane, at: daysAhead(3), line1: '2 New Street', accessNotes: 'Key safe 4411' });
    const page = await stage.open({ as: jane, viewport: PHONE });
    await page.goto('/orders/new');
    await page.getByText(FROM_LAST, { exact: false }).waitFor();
    expect(await addressOn(page)).toEqual(['2 New Street', 'London', 'N1 1AA', 'Key safe 4411']);
    await shoot(page, 'booking-address');

    await page.getByRole('textbox', { name: 'Street and number' }).fill('3 Other Street');
    await page.getByText(FROM_LAST, { exact: false }).waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Service' }).click();
    await page.getByRole('option').first().click();
    await page.getByRole('textbox', { name: 'Day' }).fill(daysAhead(4).slice(0, 10));
    await page.getByRole('button', { name: 'Send the booking' }).click();
    await page.getByText('3 Other Street', { exact: false }).waitFor();

    await page.getByRole('link', { name: 'My orders' }).click();
    await page.getByRole('link', { name: 'Book a cleaning' }).first().click();
    await page.getByText(FROM_LAST, { exact: false }).waitFor();
    expect(await addressOn(page)).toEqual(['3 Other Street', 'London', 'N1 1AA', 'Key safe 4411']);
  });

  test('it is said back what is booked, with the last day and the price of all', async ({ stage }) => {
    const { company } = stage.product;
    const jane = await company.hire('customer', 'Jane Doe');
    const page = await stage.open({ as: jane, viewport: PHONE });
    await page.goto('/orders/new');
    await page.getByRole('combobox', { name: 'Service' }).click();
    await page.getByRole('option').first().click();
    const day = daysAhead(4).slice(0, 10);
    await page.getByRole('textbox', { name: 'Day' }).fill(day);
    await pick(page, 'Repeats', 'Every 4 weeks');
    await page.getByText(/^Every 4 weeks at .*, 4 visits: the first on .*, the last on /).waitFor();
    await page.getByText(/a visit, .* for all 4\.$/).waitFor();
    await shoot(page, 'booking-summary');
    await pick(page, 'Ends', 'When you cancel the order');
    await page.getByText(/^Every 4 weeks at .*, until you cancel the order\.$/).waitFor();
    await page.getByRole('textbox', { name: 'Street and number' }).fill('3 Other Street');
    await page.getByRole('textbox', { name: 'Town' }).fill('London');
    await page.getByRole('textbox', { name: 'Postcode' }).fill('N1 1AA');
    await page.getByRole('button', { name: 'Send the booking' }).click();
    await page.getByText('Every 4 weeks, until cancelled').first().waitFor();
  });

  test('whoever orders for customers finds the address of the one they choose', async ({ stage }) => {
    const { company } = stage.product;
    const jane = await company.hire('customer', 'Jane Doe');
    const omar = await company.hire('customer', 'Omar Haddad');
    const fresh = await company.hire('customer', 'Nora Quinn');
    await company.order({ customer: jane, at: daysAhead(2), line1: '1 High Street', accessNotes: 'Key safe 4411' });
    await company.order({ customer: omar, at: daysAhead(2), line1: '5 Low Street' });
    const page = await stage.open({ as: company.admin });
    await page.goto('/orders/new');
    await choose(page, jane);
    await expect.poll(() => addressOn(page)).toEqual(['1 High Street', 'London', 'N1 1AA', 'Key safe 4411']);
    await choose(page, omar);
    await expect.poll(() => addressOn(page)).toEqual(['5 Low Street', 'London', 'N1 1AA', '']);
    await choose(page, fresh);
    await expect.poll(() => addressOn(page)).toEqual(['', '', '', '']);

    await page.getByRole('textbox', { name: 'Street and number' }).fill('3 Other Street');
    const asked = page.waitForResponse(/\/api\/orders\/\?.*customer_id/);
    await choose(page, jane);
    await asked;
    // What came for her has been seen by then.
    await choose(page, omar);
    expect(await addressOn(page)).toEqual(['3 Other Street', '', '', '']);
  });
});

describe('a booking that is refused', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('shows the first field that is wrong, wherever the button is', async ({ stage }) => {
    stage.expectFault(/422/);
    const { company } = stage.product;
    const jane = await company.hire('customer', 'Jane Doe');
    await company.order({ customer: jane, at: daysAhead(2), line1: '1 High Street' });
    const page = await stage.open({ as: jane, viewport: PHONE });
    await page.goto('/orders/new');
    await page.getByText(FROM_LAST, { exact: false }).waitFor();
    const send = page.getByRole('button', { name: 'Send the booking' });
    const service = page.getByRole('combobox', { name: 'Service' });
    await page.getByRole('textbox', { name: 'Day' }).fill(daysAhead(4).slice(0, 10));
    await send.click();
    await expect.poll(() => focusedName(page)).toBe('Service');
    await expect.poll(() => isInSight(page, 'Choose what we can do for you.')).toBe(true);

    await service.click();
    await page.getByRole('option').first().click();
    await page.getByRole('textbox', { name: 'Postcode' }).fill('\u{e000}'.repeat(201));
    await send.click();
    await expect.poll(() => focusedName(page)).toBe('Postcode');
  });
});

function focusedName(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement?.labels?.[0]?.textContent');
}

async function isInSight(page: Page, words: string): Promise<boolean> {
  const box = await page.getByText(words).boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= PHONE.height;
}

/** Street, town, postcode, how to get in. */
function addressOn(page: Page): Promise<string[]> {
  const names = ['Street and number', 'Town', 'Postcode', 'How to get in (optional)'];
  return Promise.all(names.map((name) => page.getByRole('textbox', { name }).inputValue()));
}

async function choose(page: Page, customer: ProductPerson): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Customer' });
  await field.fill(customer.email);
  await page.getByRole('option', { name: customer.email }).click();
}

async function pick(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}
