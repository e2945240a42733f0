import { describe, expect } from 'vitest';
import { PHONE, shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { layoutTroubles } from '../support/page-layout.ts';
import { daysAhead, PASSWORD } from '../support/product-company.ts';
import { allow, card, chooseAccount, eventsOf, until } from './steps.ts';

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
    expect(await layoutTroubles(page)).toEqual([]);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByRole('heading', { level: 1, name: 'Heute' }).waitFor();
    expect(await page.title()).toBe('Heute · VALClean');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await shoot(page, 'german-today');
    expect(await layoutTroubles(page)).toEqual([]);

    const navigation = page.getByRole('navigation', { name: 'Hauptnavigation' });
    await navigation.getByRole('link', { name: 'Einstellungen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Kalender-Einstellungen' }).waitFor();
    await shoot(page, 'german-settings');
    expect(await layoutTroubles(page)).toEqual([]);
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
    expect(await layoutTroubles(page)).toEqual([]);
  });

  test('a form says in German what is wrong with a field', async ({ stage }) => {
    stage.expectFault(/status of 422.*\/api\/auth\/me\//);
    const nora = await stage.product.company.hire('customer', 'Nora Quinn');
    const page = await stage.open({ ...READER, as: nora });
    await page.goto('/settings/account');
    const phone = page.getByRole('textbox', { name: /^Telefon/ });
    await phone.fill('0'.repeat(51));
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Geben Sie höchstens 50 Zeichen ein.', { exact: true }).waitFor();
    await shoot(page, 'german-form-fault');
    expect(await layoutTroubles(page)).toEqual([]);
  });

  test('the page of an appointment says in German why it is not in a calendar', async ({ stage }) => {
    const { company, google } = stage.product;
    const rosa = await company.hire('customer', 'Rosa Lopez');
    await company.connect(rosa);
    google.faults.add({
      match: { account: rosa.google, operation: 'events.insert' },
      action: { kind: 'answer', status: 400, reason: 'invalid' },
      times: 'until-cleared',
    });
    const { appointmentIds } = await company.confirmedOrder({ customer: rosa, at: daysAhead(2) });
    const page = await stage.open({ ...READER, as: rosa });
    await page.goto(`/appointments/${appointmentIds[0]}`);
    const why = card(page, 'Kalender').getByRole('group').filter({ hasText: 'Warum?' });
    await why.getByText(/^Der Kalenderdienst hat diesen Termin nicht angenommen\./).waitFor();
    await shoot(page, 'german-why');
    expect(await layoutTroubles(page)).toEqual([]);
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
    const { company } = stage.product;
    const ada = await company.hire('admin', 'Ada Bright');
    const page = await stage.open({ as: ada });
    await page.goto('/people');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Personen' }).waitFor();
    // Mails to her follow.
    await until(async () => (await company.call(ada, 'GET', '/api/auth/me/')).language === 'de');
    await page.setViewportSize(PHONE);
    await shoot(page, 'german-people');
    expect(await layoutTroubles(page)).toEqual([]);
  });
});
