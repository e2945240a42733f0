import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { PHONE, shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import type { ProductCompany, ProductPerson } from '../support/product-company.ts';
import { eventsOf, until } from './steps.ts';

/** A week that is ahead whatever today is. */
const MONDAY = '2027-06-07';
const WEEK = `/team?week=${MONDAY}`;

interface Team {
  manager: ProductPerson;
  sarah: ProductPerson;
  tom: ProductPerson;
  jane: ProductPerson;
}

describe('the manager plans the week', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('unassigned and overlapping visits are marked in words', async ({ stage }) => {
    const { company } = stage.product;
    const { manager, sarah, jane } = await hireTeam(company);
    await company.confirmedOrder({ customer: jane, at: `${MONDAY}T09:00` });
    await company.confirmedOrder({ customer: jane, staff: [sarah], at: '2027-06-08T09:00' });
    await company.confirmedOrder({ customer: jane, staff: [sarah], at: '2027-06-08T10:00' });
    const page = await stage.open({ as: manager });
    await page.goto(WEEK);
    await page.getByText('1 visit without anybody').waitFor();
    await page.getByText('1 person in two places at once').waitFor();
    expect(
      await cell(page, 'Sarah Miller', 2)
        .getByText(/^Overlaps with Deep clean – Jane Doe, 10:00/)
        .count(),
    ).toBe(1);
    expect(await cell(page, 'Nobody assigned', 1).getByRole('link').count()).toBe(1);
    await shoot(page, 'team-week');
  });

  test('a visit is dragged to another person and day; the calendars follow', async ({ stage }) => {
    const { product, open } = stage;
    const { company } = product;
    const { manager, sarah, tom, jane } = await hireTeam(company);
    await company.connect(tom);
    await company.connect(sarah);
    await company.confirmedOrder({ customer: jane, staff: [sarah], at: `${MONDAY}T09:00` });
    await until(() => eventsOf(product, sarah).length === 1);
    const page = await open({ as: manager });
    await page.goto(WEEK);
    await cell(page, 'Sarah Miller', 1)
      .getByRole('listitem')
      .dragTo(cell(page, 'Tom King', 3));
    const dialog = page.getByRole('dialog', { name: 'Move Deep clean – Jane Doe' });
    expect(await dialog.getByRole('combobox', { name: 'Who' }).inputValue()).toBe('Tom King');
    expect(await dialog.getByLabel('Day').inputValue()).toBe('2027-06-09');
    await dialog.getByText('Free at that time.').waitFor();
    await shoot(page, 'team-week-move');
    await dialog.getByRole('button', { name: 'Move the visit' }).click();
    await cell(page, 'Tom King', 3).getByRole('link').waitFor();
    await until(() => eventsOf(product, sarah).length === 0 && eventsOf(product, tom).length === 1);
    expect(eventsOf(product, tom)[0]?.start.dateTime).toContain('2027-06-09T09:00');
  });

  test('the same goes by keyboard alone, and on a phone by the Move button', async ({ stage }) => {
    const { company } = stage.product;
    const { manager, sarah, tom, jane } = await hireTeam(company);
    await company.confirmedOrder({ customer: jane, staff: [sarah], at: `${MONDAY}T09:00` });
    await company.confirmedOrder({ customer: jane, staff: [tom], at: '2027-06-08T10:00' });
    const page = await stage.open({ as: manager });
    await page.goto(WEEK);
    await cell(page, 'Sarah Miller', 1).getByRole('button', { name: /^Move/ }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.getByText('over Tom King, Tue 8 Jun', { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Move Deep clean – Jane Doe' });
    await dialog.getByText(/^Not free: has Deep clean 10:00/).waitFor();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await cell(page, 'Tom King', 2).getByText('Overlaps with', { exact: false }).first().waitFor();

    await page.setViewportSize(PHONE);
    await page.goto(WEEK);
    await page.getByText('Tu 8', { exact: true }).click();
    await cell(page, 'Tom King', 1)
      .getByRole('button', { name: /^Move.*09:00/ })
      .click();
    await shoot(page, 'team-week-move');
    await dialog.getByRole('combobox', { name: 'Who' }).click();
    await dialog.getByRole('option', { name: 'Nobody' }).click();
    await dialog.getByRole('button', { name: 'Move the visit' }).click();
    await cell(page, 'Nobody assigned', 1).getByRole('link').waitFor();
    await shoot(page, 'team-week');
  });
});

async function hireTeam(company: ProductCompany): Promise<Team> {
  const manager = await company.hire('manager', 'Mark Weber');
  return {
    manager,
    sarah: await company.hire('staff', 'Sarah Miller', manager),
    tom: await company.hire('staff', 'Tom King', manager),
    jane: await company.hire('customer', 'Jane Doe'),
  };
}

/** A place of the board: 1 is the first day. */
function cell(page: Page, person: string, day: number): Locator {
  return page
    .getByRole('row', { name: new RegExp(`^${person}`) })
    .getByRole('cell')
    .nth(day - 1);
}
