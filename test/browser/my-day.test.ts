import { describe, expect } from 'vitest';
import { DESKTOP, PHONE, shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead } from '../support/product-company.ts';
import { card, mailsTo } from './steps.ts';

/** A Tuesday that is ahead whatever today is. */
const DAY = '2027-06-08';

describe('a cleaner’s day', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('shows the visits in their order with all that is needed there; what is done is said on the spot', async ({
    stage,
  }) => {
    const { company } = stage.product;
    const manager = await company.hire('manager', 'Mark Weber');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const tom = await company.hire('staff', 'Tom King', manager);
    const jane = await company.hire('customer', 'Jane Doe');
    const omar = await company.hire('customer', 'Omar Haddad');
    const wish = { staff: [sarah, tom], notes: 'Ring twice', accessNotes: 'Key safe 4411' };
    await company.confirmedOrder({ ...wish, customer: jane, at: `${DAY}T13:30`, line1: '7 Station Mews' });
    await company.confirmedOrder({ customer: omar, staff: [sarah], at: `${DAY}T09:00` });
    await company.confirmedOrder({ customer: omar, staff: [sarah], at: `${DAY}T15:00` });
    await company.confirmedOrder({ customer: omar, staff: [sarah], at: '2027-06-09T10:00' });
    const yesterday = daysAhead(-1, '10:00');
    await company.confirmedOrder({ customer: omar, staff: [sarah], at: yesterday });
    const page = await stage.open({ as: sarah, viewport: PHONE });
    await page.goto(`/my-day?day=${DAY}`);
    const first = page.getByRole('article', { name: /^09:00 – 11:00/ });
    const second = page.getByRole('article', { name: /^13:30 – 15:30/ });
    await first.waitFor();
    await page.getByText('3 visits, 09:00 – 17:00, 6 h of work').waitFor();
    await page.getByText('2 h 30 min in between').waitFor();
    await page.getByText('Overlaps by 30 min with the visit before').waitFor();
    for (const text of ['Key safe 4411', 'Tom King', 'Ring twice', '7 Station Mews, N1 1AA London']) {
      await second.getByText(text, { exact: true }).waitFor();
    }
    expect(await second.getByRole('link', { name: /^Call Jane Doe/ }).getAttribute('href')).toMatch(/^tel:0207946/);
    await shoot(page, 'my-day');

    await page.getByLabel('Open addresses in').selectOption('OpenStreetMap');
    const way = page.getByRole('link', { name: 'Way there' }).first();
    expect(await way.getAttribute('href')).toMatch(/^https:\/\/www\.openstreetmap\.org\/directions\?from=1%20High/);
    await page.reload();
    expect(await second.getByRole('link', { name: 'OpenStreetMap' }).getAttribute('href')).toBe(
      'https://www.openstreetmap.org/search?query=7%20Station%20Mews%2C%20N1%201AA%20London%2C%20GB',
    );

    await second.getByRole('button', { name: 'I can’t come' }).click();
    await shoot(page, 'my-day-cannot-come');
    await page.getByLabel('Why (optional)').fill('Fever');
    await page.getByRole('button', { name: 'Tell the office' }).click();
    await second.getByText('You can’t come').waitFor();
    await page.getByText('2 visits, 09:00 – 17:00, 4 h of work').waitFor();
    await second.getByRole('button', { name: 'I can come after all' }).waitFor();

    // Nobody says that it is done before it begins, or that they can't come once it is over.
    expect(await page.getByRole('button', { name: 'Mark as completed' }).count()).toBe(0);
    await page.setViewportSize(DESKTOP);
    await shoot(page, 'my-day');

    await page.goto(`/my-day?day=${yesterday.slice(0, 10)}`);
    const past = page.getByRole('article', { name: /^10:00 – 12:00/ });
    await past.getByRole('button', { name: 'Mark as completed' }).waitFor();
    expect(await past.getByRole('button', { name: 'I can’t come' }).count()).toBe(0);
    await past.getByRole('button', { name: 'Mark as completed' }).click();
    await page.getByText('This can’t be undone.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Yes, it is done' }).click();
    await past.getByText('Completed', { exact: true }).waitFor();
  });

  test('is given up as a whole by who is ill, and the manager gets one mail', async ({ stage }) => {
    const { company, outbox } = stage.product;
    const manager = await company.hire('manager', 'Mark Weber');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const jane = await company.hire('customer', 'Jane Doe');
    const visit = (at: string): ReturnType<typeof company.confirmedOrder> =>
      company.confirmedOrder({ customer: jane, staff: [sarah], at });
    await visit(`${DAY}T09:00`);
    await visit(`${DAY}T13:00`);
    await visit('2027-06-09T10:00');
    const page = await stage.open({ as: sarah, viewport: PHONE });
    await page.goto(`/my-day?day=${DAY}`);
    await page.getByRole('article').first().waitFor();
    await page.getByRole('button', { name: 'I’m ill' }).click();
    const dialog = page.getByRole('dialog', { name: 'You can’t come for whole days?' });
    expect(await dialog.getByLabel('From').inputValue()).toBe(DAY);
    await dialog.getByLabel('Until').fill('2027-06-07');
    await dialog.getByRole('button', { name: 'Tell the office' }).click();
    await dialog.getByText('Choose the first day or a later one.').waitFor();
    await dialog.getByLabel('Until').fill('2027-06-09');
    await dialog.getByLabel('Why (optional)').fill('Fever');
    await shoot(page, 'my-day-ill');
    await dialog.getByRole('button', { name: 'Tell the office' }).click();
    await page.getByText('The office knows that you can’t come to your 3 visits.').waitFor();
    await page.getByText('Nothing that you have to go to.').waitFor();

    // Mails wait a little for what else is said.
    const arrived = async (): Promise<number> => (await mailsTo(outbox, manager.email)).length;
    await expect.poll(arrived, { timeout: 180_000, interval: 250 }).toBe(1);
    const [mail] = await mailsTo(outbox, manager.email);
    expect(mail?.subject).toBe('Sarah Miller cannot come to 3 visits');
    const office = await stage.open({ as: manager });
    const [, place = ''] = /Find somebody else:\r?\n(\S+)/.exec(mail?.text ?? '') ?? [];
    await office.goto(place);
    // Three visits, and the two days themselves.
    await office.getByText('Can’t come: Fever').nth(4).waitFor();
    await shoot(office, 'team-week-ill');
    await office.goto('/settings/calendar');
    await card(office, 'E-mail').getByRole('switch', { name: 'Tell me when somebody of my team can’t come' }).waitFor();
    await shoot(office, 'settings-mails-manager');
  });

  test('goes from day to day by keyboard and by buttons, and shows the week', async ({ stage }) => {
    const { company } = stage.product;
    const sarah = await company.hire('staff', 'Sarah Miller');
    const jane = await company.hire('customer', 'Jane Doe');
    const { appointmentIds } = await company.confirmedOrder({ customer: jane, staff: [sarah], at: `${DAY}T09:00` });
    await company.confirmedOrder({ customer: jane, staff: [sarah], at: '2027-06-10T14:00' });
    const page = await stage.open({ as: sarah });
    await page.goto('/');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My day' }).click();
    await page.getByRole('heading', { level: 2, name: /^Today, / }).waitFor();
    await page.getByText('You have no visits today').waitFor();
    await page.goto(`/my-day?day=${DAY}`);
    const day = (name: RegExp): Promise<void> => page.getByRole('heading', { level: 2, name }).waitFor();
    await page.getByRole('article').waitFor();
    await page.keyboard.press('ArrowRight');
    await day(/^Wednesday,? 9 June 2027$/);
    await page.getByText('You have no visits on this day').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await day(/^Monday,? 7 June 2027$/);
    await page.getByRole('button', { name: 'Day after' }).click();
    await day(/^Tuesday,? 8 June 2027$/);

    await page.getByText('Week', { exact: true }).click();
    await page.getByRole('heading', { level: 2, name: /^Mon,? 7 Jun – Sun,? 13 Jun 2027$/ }).waitFor();
    await page.getByText('Deep clean – Jane Doe').nth(1).waitFor();
    await shoot(page, 'my-week');
    await page.setViewportSize(PHONE);
    await page.getByText('Deep clean – Jane Doe').nth(1).waitFor();
    await shoot(page, 'my-week');
    await page.getByText('Deep clean – Jane Doe').first().click();
    await page.waitForURL(`**/appointments/${appointmentIds[0]}`);
    await page.goBack();
    await page.getByRole('button', { name: 'Week before' }).focus();
    await page.keyboard.press('Home');
    await page.getByText('You have no visits in this week').waitFor();
    await page.getByText('Day', { exact: true }).click();
    await day(/^Today, /);
  });

  test('is told by the clock of the reader, and the other clock where it differs', async ({ stage }) => {
    const { company } = stage.product;
    const sarah = await company.hire('staff', 'Sarah Miller');
    const jane = await company.hire('customer', 'Jane Doe');
    await company.confirmedOrder({ customer: jane, staff: [sarah], at: daysAhead(1, '12:00') });
    const page = await stage.open({ as: sarah, timezoneId: 'Europe/Paris' });
    await page.goto(`/my-day?day=${daysAhead(1).slice(0, 10)}`);
    await page.getByRole('article', { name: /^13:00 – 15:00/ }).waitFor();
    await page.getByText('12:00 – 14:00 there (London time)').waitFor();
    await page.getByText('Times are on your clock: Europe/Paris time', { exact: false }).waitFor();
    // Every other page tells the same.
    await page.goto('/');
    await page.getByText(/13:00 – 15:00 \(12:00 – 14:00 London time\)/).waitFor();
    await page.goto('/appointments');
    await page.getByText('12:00 – 14:00 London time', { exact: true }).waitFor();
    await page.goto('/appointments?view=calendar');
    await page.getByText('Deep clean – Jane Doe (12:00 – 14:00 London time)', { exact: false }).waitFor();
    await shoot(page, 'calendar-from-this-week');
    await page.setViewportSize(PHONE);
    await page.reload();
    await page.getByText('Deep clean – Jane Doe (12:00 – 14:00 London time)', { exact: false }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    await shoot(page, 'agenda-from-today');
  });
});
