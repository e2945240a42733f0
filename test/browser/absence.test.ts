import { describe } from 'vitest';
import { shoot, shootAtEachSize, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
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

  test('is known to be ill on days for which somebody plans later, until they can come again', async ({ stage }) => {
    const { company } = stage.product;
    const manager = await company.hire('manager', 'Mark Weber');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const tom = await company.hire('staff', 'Tom King', manager);
    const customer = await company.hire('customer', 'Jane Doe');
    const day = '2027-06-08';
    const { appointmentIds } = await company.confirmedOrder({ customer, staff: [tom], at: `${day}T09:00` });
    const office = await stage.open({ as: manager });
    await office.goto(`/team?week=${day}`);
    await office.getByText('Everybody needed is there').waitFor();

    const page = await stage.open({ as: sarah });
    await page.goto(`/my-day?day=${day}`);
    await page.getByRole('button', { name: 'I’m ill' }).click();
    const sick = page.getByRole('dialog', { name: 'You can’t come for whole days?' });
    await sick.getByLabel('Until').fill('2027-06-10');
    await sick.getByLabel('Why (optional)').fill('Fever');
    await sick.getByRole('button', { name: 'Tell the office' }).click();
    await page.getByText('You said that you can’t come from', { exact: false }).waitFor();
    await shootAtEachSize(page, 'my-day-absent');

    // The board of the manager is told while it is looked at.
    await office.getByText('Can’t come: Fever').nth(2).waitFor();
    await shootAtEachSize(office, 'team-week-absent-days');

    await office.goto(`/appointments/${appointmentIds[0]}`);
    await office.getByRole('button', { name: 'Assign staff' }).click();
    await office.getByRole('combobox', { name: 'Team' }).click();
    await office.getByRole('option', { name: /Sarah Miller.*can’t come from .*: Fever/ }).waitFor();
    await shootAtEachSize(office, 'assign-absent');
    await office.getByRole('option', { name: /Sarah Miller/ }).click();
    await office.getByRole('button', { name: 'Save the team' }).click();
    await office.getByText(/^Sarah Miller can’t come from .*\.$/).waitFor();
    await office.getByText('Sarah Miller can’t come', { exact: true }).waitFor();
    await office.getByRole('button', { name: 'Assign somebody else' }).waitFor();
    await shootAtEachSize(office, 'appointment-absent');
    await office.getByRole('button', { name: 'Assign somebody else' }).click();
    await office.getByRole('dialog').getByRole('button', { name: 'Save the team' }).waitFor();

    await page.getByRole('button', { name: 'I can come again' }).click();
    await shoot(page, 'can-come-again');
    await page.getByRole('button', { name: 'Yes, I can come' }).click();
    await page.getByRole('button', { name: 'I can come again' }).waitFor({ state: 'detached' });
    await office.getByText('Sarah Miller can’t come', { exact: true }).waitFor({ state: 'detached' });
  });
});
