import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { PHONE, shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead, PASSWORD } from '../support/product-company.ts';
import { allow, chooseAccount, eventsOf, until } from './steps.ts';

const READER = { locale: 'de-DE', viewport: PHONE };

describe('in German', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('a customer signs in, connects Google, and finds the appointment', async ({ stage }) => {
    const { company } = stage.product;
    const jane = await company.hire('customer', 'Jane Doe');
    await company.confirmedOrder({ customer: jane, at: daysAhead(3) });
    const page = await stage.open(READER);
    await page.goto('/sign-in');
    await page.getByRole('textbox', { name: 'E-Mail' }).fill(jane.email);
    await page.getByLabel('Passwort', { exact: true }).fill(PASSWORD);
    await shoot(page, 'german-sign-in');
    expect(await sticksOut(page)).toBe(0);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByRole('heading', { level: 1, name: 'Heute' }).waitFor();
    expect(await page.title()).toBe('Heute · VALClean');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await shoot(page, 'german-today');
    expect(await sticksOut(page)).toBe(0);

    const navigation = page.getByRole('navigation', { name: 'Hauptnavigation' });
    await navigation.getByRole('link', { name: 'Einstellungen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Kalender-Einstellungen' }).waitFor();
    await shoot(page, 'german-settings');
    expect(await sticksOut(page)).toBe(0);
    await page.getByRole('button', { name: 'Google Kalender verbinden' }).click();
    await chooseAccount(page, jane);
    await allow(page);
    await page.getByText('Google Kalender verbunden', { exact: true }).first().waitFor();
    await until(() => eventsOf(stage.product, jane).length === 1);
    await page.getByText('Ihr kommender Termin steht in Ihrem Kalender', { exact: false }).waitFor();

    await navigation.getByRole('link', { name: 'Termine' }).click();
    await page.getByRole('heading', { level: 1, name: 'Meine Termine' }).waitFor();
    await page
      .getByText(/\d\d:\d\d – \d\d:\d\d Uhr/)
      .first()
      .waitFor();
    await shoot(page, 'german-appointments');
    expect(await sticksOut(page)).toBe(0);
  });

  test('the language is changed in a form without losing what is typed, and kept', async ({ stage }) => {
    const page = await stage.open();
    await page.goto('/register');
    await page.getByRole('textbox', { name: 'Name' }).fill('Nora Quinn');
    await page.getByText('Deutsch', { exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Konto erstellen' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Nora Quinn');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Konto erstellen' }).waitFor();
    await page.getByText('English', { exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Create your account' }).waitFor();
  });

  test('the menu of the account changes it, too', async ({ stage }) => {
    const page = await stage.open({ as: stage.product.company.admin });
    await page.goto('/people');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Personen' }).waitFor();
    await page.setViewportSize(PHONE);
    await shoot(page, 'german-people');
    expect(await sticksOut(page)).toBe(0);
  });
});

/** Pixels by which the page is wider than its window. */
async function sticksOut(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
