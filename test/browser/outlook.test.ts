import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { shoot, shootAtEachSize, SIZES, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead, type ProductPerson } from '../support/product-company.ts';
import type { Product } from '../support/product.ts';
import { card, eventsOf, goTo, signIn, until } from './steps.ts';

/** One event of the simulated Outlook, as far as tests look at it. */
interface OutlookEvent {
  id: string;
  subject: string;
  body: { content: string };
  start: { dateTime: string };
  attendees: unknown[];
}

describe('Outlook', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('one order is five events, in calendars of both services, each with its own content', async ({ stage }) => {
    const { product, open } = stage;
    const { company } = product;
    const manager = await company.hire('manager', 'Mia Lang');
    const jane = await company.hire('customer', 'Jane Doe');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const at = daysAhead(3);
    const notes = { notes: 'Ring twice', accessNotes: 'Key safe 4411' };

    const staffPage = await open();
    await signIn(staffPage, sarah);
    await goToConsent(staffPage, sarah);
    await shoot(staffPage, 'outlook-consent');
    await staffPage.getByRole('button', { name: 'Accept' }).click();
    await staffPage.getByText('Outlook connected').waitFor();
    await shoot(staffPage, 'outlook-connected-toast');
    await outlookCard(staffPage)
      .getByText(/^(Connected|Updating)$/)
      .waitFor();
    await company.connect(jane);
    await company.connect(manager);
    await company.connect(manager, 'outlook');
    await company.connect(company.admin, 'outlook');

    const { appointmentIds } = await company.confirmedOrder({ customer: jane, staff: [sarah], at, ...notes });
    await until(() => eventsOf(product, jane).length === 1 && outlookOf(product, sarah).length === 1);
    await until(() => eventsOf(product, manager).length === 1 && outlookOf(product, manager).length === 1);
    await until(() => outlookOf(product, company.admin).length === 1);

    const [forSarah] = outlookOf(product, sarah);
    expect(eventsOf(product, jane)[0]).toMatchObject({ summary: 'VALClean: Deep clean' });
    expect(forSarah).toMatchObject({ subject: 'Deep clean – Jane Doe', attendees: [] });
    expect(forSarah?.body.content).toMatch(/Key safe 4411[^]*Ring twice/);
    for (const event of [...outlookOf(product, manager), ...outlookOf(product, company.admin)]) {
      expect(event.subject).toContain('Sarah M. · Deep clean – Jane Doe');
      expect(event.body.content).not.toContain('Key safe');
    }
    expect(eventsOf(product, manager)[0]?.summary).toBe(outlookOf(product, manager)[0]?.subject);
    await outlookCard(staffPage).getByText('Connected', { exact: true }).waitFor();
    await staffPage.reload();
    await outlookCard(staffPage).getByText('Connected', { exact: true }).waitFor();
    await shootAtEachSize(staffPage, 'outlook-connected');

    // It follows in place, and whoever deletes their event keeps it deleted.
    const later = daysAhead(4, '13:30');
    const path = `/api/appointments/${appointmentIds[0]}/`;
    const { version } = await company.call(company.admin, 'GET', path);
    await company.call(company.admin, 'PATCH', path, { starts_at: `${later}:00`, version });
    await until(() => outlookOf(product, sarah)[0]?.start.dateTime.startsWith(later.slice(0, 10)));
    expect(outlookOf(product, sarah).map(({ id }) => id)).toEqual([forSarah?.id]);
    await company.call(company.admin, 'POST', `${path}cancel/`);
    await until(() => outlookOf(product, sarah).length === 0 && outlookOf(product, manager).length === 0);
    await until(() => outlookOf(product, company.admin).length === 0);
    expect(product.microsoft.mails()).toEqual([]);
    expect(product.microsoft.requests().flatMap(({ flags }) => flags)).toEqual([]);
  });

  test.for(SIZES)('who needs an administrator gets a link for them, on the $size', async ({ viewport }, { stage }) => {
    const { product, open } = stage;
    const emil = await product.company.hire('customer', 'Emil Berg');
    product.microsoft.requireAdminConsent(emil.microsoft);
    const page = await open({ as: emil, viewport });
    await page.goto('/settings/calendar');
    await outlookCard(page).getByRole('button', { name: 'Connect Outlook' }).click();
    await page.getByRole('link', { name: emil.microsoft }).click();
    await page.getByRole('heading', { name: 'Need admin approval' }).waitFor();
    await page.getByRole('link', { name: /return|back/i }).click();

    const notice = page.getByRole('alert');
    await notice.getByText('Your company has to allow this first', { exact: true }).waitFor();
    const link = await notice.getByRole('textbox', { name: 'Link for your administrator' }).inputValue();
    expect(link.startsWith(`${product.microsoft.url}/common/adminconsent?`)).toBe(true);
    await shoot(page, 'admin-approval-needed');
    await notice.getByRole('button', { name: 'Copy link' }).waitFor();
    expect(await notice.getByRole('link', { name: 'I am the administrator' }).getAttribute('href')).toBe(link);

    const administrator = await open({ as: emil, viewport });
    await administrator.goto(link);
    await administrator.getByRole('link', { name: `Administrator of ${emil.microsoft.split('@')[1]}` }).click();
    await administrator.getByRole('button', { name: 'Accept' }).click();
    const granted = administrator.getByRole('status').filter({ hasText: 'Allowed for your whole organisation' });
    await granted.waitFor();
    await shoot(administrator, 'admin-approval-given');
    await granted.getByRole('button', { name: 'Got it' }).click();
    await granted.waitFor({ state: 'detached' });

    await page.bringToFront();
    await outlookCard(page).getByRole('button', { name: 'Connect Outlook' }).click();
    await page.getByRole('link', { name: emil.microsoft }).click();
    await page.getByText('Outlook connected').waitFor();
  });

  test('an account without a calendar says so', async ({ stage }) => {
    const { product, open } = stage;
    const priya = await product.company.hire('customer', 'Priya Shah');
    product.microsoft.setAccount(priya.microsoft, { hasMailbox: false });
    const page = await open({ as: priya });
    await page.goto('/appointments');
    await goToConsent(page, priya);
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('alert').getByText('This account has no calendar', { exact: true }).waitFor();
    await outlookCard(page).getByText('Not connected').waitFor();
  });

  test('a sign-in that the organisation wants anew is asked for, and it goes on', async ({ stage }) => {
    const { product, open } = stage;
    const { company, microsoft } = product;
    const omar = await company.hire('customer', 'Omar Haddad');
    await company.connect(omar, 'outlook');
    await company.confirmedOrder({ customer: omar, at: daysAhead(2) });
    await until(() => outlookOf(product, omar).length === 1);
    microsoft.setAccount(omar.microsoft, { interactionRequired: true });
    microsoft.expireAccessTokens(omar.microsoft);
    await company.confirmedOrder({ customer: omar, at: daysAhead(5) });

    const page = await open({ as: omar });
    await page.goto('/settings/calendar');
    await outlookCard(page).getByText('Needs you', { exact: true }).waitFor();
    await outlookCard(page).getByText('Your organisation asks you to sign in again').waitFor();
    await shootAtEachSize(page, 'outlook-needs-you');
    await outlookCard(page).getByRole('button', { name: 'Reconnect Outlook' }).click();
    await page.getByRole('heading', { name: 'Approve sign in request' }).waitFor();
    await page.getByRole('button', { name: 'I have approved it' }).click();
    await page.getByText('Outlook connected').waitFor();
    await until(() => outlookOf(product, omar).length === 2);

    await outlookCard(page).getByRole('button', { name: 'Disconnect' }).click();
    const question = page.getByRole('dialog', { name: 'Disconnect Outlook?' });
    await question.getByText('Microsoft lets no app withdraw it there', { exact: false }).waitFor();
    await question.getByRole('button', { name: 'Disconnect' }).click();
    await outlookCard(page).getByText('Not connected').waitFor();
    expect(outlookOf(product, omar)).toEqual([]);
  });
});

/** Settings → Connect Outlook, and at Microsoft the choice of the account: ends on the consent page. */
async function goToConsent(page: Page, person: ProductPerson): Promise<void> {
  await goTo(page, 'Settings');
  await outlookCard(page).getByRole('button', { name: 'Connect Outlook' }).click();
  await page.getByRole('heading', { name: 'Pick an account' }).waitFor();
  await page.getByRole('link', { name: person.microsoft }).click();
  await page.getByRole('heading', { name: 'Permissions requested' }).waitFor();
}

function outlookCard(page: Page): Locator {
  return card(page, 'Outlook');
}

/** What the person sees in their own simulated Outlook. */
function outlookOf({ microsoft }: Product, person: ProductPerson): OutlookEvent[] {
  return microsoft.events(person.microsoft) as unknown as OutlookEvent[];
}
