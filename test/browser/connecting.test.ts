import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import type { ProductPerson } from '../support/product-company.ts';
import type { Product } from '../support/product.ts';
import { allow, card, chooseAccount, goToConsent, googleCard, seeConnected } from './steps.ts';

/** What the settings page says for each `?error=` of the callback (the API's contract lists them). */
const ERRORS = [
  ['access_denied', 'Google Calendar was not connected'],
  ['scope_missing', 'One permission is missing'],
  ['state_mismatch', 'That took too long, or came from another window'],
  ['account_already_linked', 'This account belongs to somebody else here'],
  ['admin_consent_required', 'Your company has to allow this first'],
  ['provider_unavailable', 'Google can’t be reached at the moment'],
  ['provider_error', 'Google reported an error'],
  ['something_new', 'Google Calendar was not connected'],
] as const;

describe('connecting a calendar', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('each way in which it can end badly has a notice that goes away', async ({ stage }) => {
    const page = await stage.open({ as: await stage.product.company.hire('customer', 'Emil Berg') });
    for (const [code, title] of ERRORS) {
      await page.goto(`/settings/calendar?error=${code}&provider=google`);
      await page.getByRole('alert').getByText(title, { exact: true }).waitFor();
      await shoot(page, `settings-error-${code}`);
      await page.getByRole('button', { name: 'Got it' }).click();
      await page.getByRole('alert').waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('');
    }
  });

  test('a no on the consent page leaves nothing behind', async ({ stage }) => {
    const [page, priya] = await atConsent(stage);
    await shoot(page, 'simulator-consent');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await seeRefused(page, 'Google Calendar was not connected');
    await expectNothingStored(stage.product, priya);
  });

  test('a permission that was unticked is asked for', async ({ stage }) => {
    const [page, priya] = await atConsent(stage);
    await page.getByRole('checkbox').first().uncheck();
    await allow(page);
    await seeRefused(page, 'One permission is missing');
    await expectNothingStored(stage.product, priya);
  });

  test('an account of somebody else is refused', async ({ stage }) => {
    const { company } = stage.product;
    const owner = await company.hire('staff', 'Lena Novak');
    await company.connect(owner);
    const other = await company.hire('staff', 'Nina Novak');
    const page = await stage.open({ as: other });
    await page.goto('/appointments');
    await goToConsent(page, owner);
    await allow(page);
    await seeRefused(page, 'This account belongs to somebody else here');
    await expectNothingStored(stage.product, other);
  });

  test('a company that blocks the app is named', async ({ stage }) => {
    const { company, google } = stage.product;
    const priya = await company.hire('customer', 'Priya Shah');
    google.setAccount(priya.google, { adminPolicyEnforced: true });
    const page = await stage.open({ as: priya });
    await page.goto('/settings/calendar');
    await page.getByRole('button', { name: 'Connect Google Calendar' }).click();
    await page.getByRole('link', { name: priya.google }).click();
    await seeRefused(page, 'Your company has to allow this first');
  });

  test('Google in trouble is told as such', async ({ stage }) => {
    const [page, priya] = await atConsent(stage);
    stage.product.google.faults.add({
      match: { operation: 'oauth.token.code' },
      action: { kind: 'answer', status: 503 },
      times: 'until-cleared',
    });
    await allow(page);
    await seeRefused(page, 'Google can’t be reached at the moment');
    stage.product.google.faults.clear();
    await expectNothingStored(stage.product, priya);
  });

  test('an old way back connects nothing', async ({ stage }) => {
    const [page, priya] = await atConsent(stage);
    await page.goto(`${stage.product.apiUrl}/api/calendar/google/callback/?code=stolen&state=invented`);
    await seeRefused(page, 'That took too long, or came from another window');
    await expectNothingStored(stage.product, priya);
  });

  test('a consent from another browser is finished by its owner', async ({ stage }) => {
    const { company } = stage.product;
    const priya = await company.hire('customer', 'Priya Shah');
    const phone = await consentElsewhere(stage, priya, priya);
    await phone.getByText('Finish connecting Google Calendar?').waitFor();
    await shoot(phone, 'settings-confirm');
    await expectNothingStored(stage.product, priya);
    await phone.getByRole('button', { name: 'Yes, connect it' }).click();
    await seeConnected(phone);
    expect(new URL(phone.url()).search).toBe('');
  });

  test('a consent from another browser is refused to anybody else', async ({ stage }) => {
    const { company } = stage.product;
    const priya = await company.hire('customer', 'Priya Shah');
    const thief = await company.hire('customer', 'Theo Fox');
    stage.expectFault(/status of 4\d\d.*\/api\/calendar\/google\/confirm\//);
    const page = await consentElsewhere(stage, priya, thief);
    await page.getByRole('button', { name: 'Yes, connect it' }).click();
    await page.getByRole('alert').waitFor();
    await shoot(page, 'settings-confirm-refused');
    await page.getByRole('button', { name: 'Got it' }).click();
    await googleCard(page).getByText('Not connected').waitFor();
    await expectNothingStored(stage.product, priya);
    await expectNothingStored(stage.product, thief);
  });

  test('a provider without credentials can’t be chosen', async ({ stage }) => {
    const page = await stage.open({ as: await stage.product.company.hire('staff', 'Sarah Miller') });
    // As a server without them answers; that it does is tried with the API.
    await page.route('**/api/calendar/', async (route) => {
      const response = await route.fetch();
      const calendar = await response.json();
      calendar.providers.outlook = { configured: false, admin_consent_url: null };
      await route.fulfill({ response, json: calendar });
    });
    await page.goto('/settings/calendar');
    const outlook = card(page, 'Outlook');
    await outlook.getByText('Not available').waitFor();
    await outlook.getByText('Not set up by your company yet').waitFor();
    expect(await outlook.getByRole('button', { name: 'Connect Outlook' }).isDisabled()).toBe(true);
    await shoot(page, 'settings-outlook-not-available');
  });
});

interface Stage {
  product: Product;
  open(options: { as: ProductPerson }): Promise<Page>;
}

async function atConsent(stage: Stage): Promise<[Page, ProductPerson]> {
  const priya = await stage.product.company.hire('customer', 'Priya Shah');
  const page = await stage.open({ as: priya });
  await page.goto('/settings/calendar');
  await goToConsent(page, priya);
  return [page, priya];
}

/** `owner` begins in one window; the address of Google's page is opened in a window where `other` is signed in. */
async function consentElsewhere(stage: Stage, owner: ProductPerson, other: ProductPerson): Promise<Page> {
  const begun = await stage.open({ as: owner });
  await begun.goto('/settings/calendar');
  await begun.getByRole('button', { name: 'Connect Google Calendar' }).click();
  await begun.getByRole('heading', { name: 'Choose an account' }).waitFor();
  const page = await stage.open({ as: other });
  await page.goto(begun.url());
  await chooseAccount(page, owner);
  await allow(page);
  return page;
}

async function seeRefused(page: Page, title: string): Promise<void> {
  await page.getByRole('alert').getByText(title, { exact: true }).waitFor();
  await googleCard(page).getByText('Not connected').waitFor();
}

async function expectNothingStored({ company }: Product, person: ProductPerson): Promise<void> {
  expect((await company.call(person, 'GET', '/api/calendar/')).connections).toEqual([]);
}
