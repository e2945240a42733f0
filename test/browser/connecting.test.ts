import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import {
  DESKTOP,
  PHONE,
  shoot,
  shootAtEachSize,
  SIZES,
  START_WITHIN_MS,
  test,
  TEST_WITHIN_MS,
  type OpenOptions,
  type Stage,
} from '../support/browser-test.ts';
import type { ProductPerson } from '../support/product-company.ts';
import type { Product } from '../support/product.ts';
import { allow, card, chooseAccount, countClicks, goToConsent, googleCard, seeConnected, signIn } from './steps.ts';

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

/** Every portal at every size. */
const NEWCOMERS = (['customer', 'staff', 'manager', 'admin'] as const).flatMap((role) =>
  SIZES.map(({ size, viewport }) => ({ role, size, viewport })),
);
/** From the first page after the sign-in to the page where the consent is given. */
const MOST_CLICKS = 3;

describe('connecting a calendar', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test.for(NEWCOMERS)(
    'a new $role is connected in a few clicks, on the $size',
    async ({ role, viewport }, { stage }) => {
      const { company } = stage.product;
      const nora = await company.hire(role, 'Nora Quinn');
      const page = await stage.open({ viewport });
      await signIn(page, nora);
      const clicks = await countClicks(page);
      await page.getByRole('button', { name: 'Connect Outlook' }).click();
      await page.getByRole('link', { name: nora.microsoft }).click();
      await page.getByRole('heading', { name: 'Permissions requested' }).waitFor();
      const toMicrosoft = clicks();
      await page.goto('/');
      await page.getByRole('button', { name: 'Connect Google Calendar' }).waitFor();
      await shoot(page, `connect-${role}-today`);
      await page.getByRole('button', { name: 'Connect Google Calendar' }).click();
      await chooseAccount(page, nora);
      const toGoogle = clicks() - toMicrosoft;
      for (const count of [toMicrosoft, toGoogle]) {
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(MOST_CLICKS);
      }
      await allow(page);
      await seeConnected(page);
      await shoot(page, `connect-${role}-done`);
    },
  );

  test('each way in which it can end badly has a notice that goes away', async ({ stage }) => {
    const emil = await stage.product.company.hire('customer', 'Emil Berg');
    const page = await stage.open({ as: emil, viewport: PHONE });
    for (const [code, title] of ERRORS) {
      await page.goto(`/settings/calendar?error=${code}&provider=google`);
      await page.getByRole('alert').getByText(title, { exact: true }).waitFor();
      await shoot(page, `connect-error-${code}`);
      await page.getByRole('button', { name: 'Got it' }).click();
      await page.getByRole('alert').waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('');
    }
  });

  test.for(SIZES)('a no on the consent page leaves nothing behind, on the $size', async ({ viewport }, { stage }) => {
    const [page, priya] = await atConsent(stage, viewport);
    await shoot(page, 'simulator-consent');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await seeRefused(page, 'Google Calendar was not connected');
    await shoot(page, 'connect-denied');
    await expectNothingStored(stage.product, priya);
  });

  test.for(SIZES)('a permission that was unticked is asked for, on the $size', async ({ viewport }, { stage }) => {
    const [page, priya] = await atConsent(stage, viewport);
    await page.getByRole('checkbox').first().uncheck();
    await allow(page);
    await seeRefused(page, 'One permission is missing');
    await shoot(page, 'connect-scope-unticked');
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
    await shootAtEachSize(phone, 'connect-confirm');
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
    await shoot(page, 'connect-confirm-refused');
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
    await shootAtEachSize(page, 'connect-outlook-not-available');
  });
});

async function atConsent(stage: Stage, viewport: OpenOptions['viewport'] = DESKTOP): Promise<[Page, ProductPerson]> {
  const priya = await stage.product.company.hire('customer', 'Priya Shah');
  const page = await stage.open({ as: priya, viewport });
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
