import { describe } from 'vitest';
import { shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead } from '../support/product-company.ts';
import { card } from './steps.ts';

describe('a cleaner who can’t come', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('tells the office, which sees why and that somebody is needed; and can come after all', async ({ stage }) => {
    const { company } = stage.product;
    const manager = await company.hire('manager', 'Mark Weber');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const customer = await company.hire('customer', 'Jane Doe');
    const { appointmentIds } = await company.confirmedOrder({ customer, staff: [sarah], at: daysAhead(2) });
    const page = await stage.open({ as: sarah });
    await page.goto(`/appointments/${appointmentIds[0]}`);
    await page.getByRole('button', { name: 'I can’t come' }).click();
    await page.getByLabel('Why (optional)').fill('Fever');
    await shoot(page, 'cannot-come');
    await page.getByRole('button', { name: 'Tell the office' }).click();
    await page.getByText('Sarah Miller (can’t come)').waitFor();

    const office = await stage.open({ as: manager });
    await office.goto('/');
    await card(office, 'Needs staff').getByText('Sarah Miller (can’t come: Fever)', { exact: false }).waitFor();
    await shoot(office, 'today-needs-staff');
    await office.goto(`/team?week=${daysAhead(2).slice(0, 10)}`);
    await office.getByText('1 person who can’t come').waitFor();
    await office.getByText('Can’t come: Fever').waitFor();
    await shoot(office, 'team-week-absence');

    await page.getByRole('button', { name: 'I can come after all' }).click();
    await page.getByRole('button', { name: 'Yes, I can come' }).click();
    await page.getByRole('button', { name: 'I can’t come' }).waitFor();
    await office.reload();
    await office.getByText('Everybody needed is there').waitFor();
    await office.goto('/');
    await card(office, 'Needs staff').getByText('Everybody needed is there.').waitFor();
  });
});
